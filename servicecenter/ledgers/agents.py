"""代办队伍: agents with their grids."""

from portal.ledgers import Ledger, column, register
from portal.ledgers.forms import LedgerForm
from portal.office.ledgers.base import Spells, parent, unit
from servicecenter.forms.agents import AgentForm
from servicecenter.models import Agent, AgentGrid

TEAM = "代办队伍与大厅"


@register
class AgentLedger(Spells, Ledger):
    slug, title, icon, section = "agents", "代办员", "users", TEAM
    quick = False
    model = Agent
    description = "代办员和承办人，写明公开电话和服务时间；代办员负责哪些网格另行登记。"
    order = ("kind", "name", "pk")
    select_related = ("station",)
    columns = (
        column(Agent, "name", width=14),
        "kind",
        parent(Agent, "station", "所在站所", "name"),
        column(Agent, "phone", sort="", width=18),
        column(Agent, "hours", sort="", width=24),
        "starts_on",
        "ends_on",
        unit(Agent),
    )
    form_class = AgentForm
    form_layout = (
        ("name", "kind"),
        ("station", "user"),
        ("phone", "hours"),
        ("starts_on", "ends_on"),
    )
    preset = {"kind": "agent"}
    filters = ("kind",)
    search = ("name", "phone")
    search_hint = "姓名或电话"
    identity = ("name", "kind", "starts_on")
    footer = (
        "servicecenter.agents",
        "servicecenter.handlers",
        "servicecenter.grid_coverage",
    )
    related = (("agent-grids", "agent"),)


@register
class AgentGridLedger(Spells, Ledger):
    slug, title, icon, section = "agent-grids", "代办员网格", "map", TEAM
    quick = False
    model = AgentGrid
    description = "哪位代办员从哪天起负责哪个网格。"
    order = ("grid__code", "-starts_on", "pk")
    select_related = ("agent", "grid")
    columns = (
        parent(AgentGrid, "agent", "代办员", "name"),
        column(AgentGrid, "grid", width=16),
        "starts_on",
        "ends_on",
        unit(AgentGrid),
    )
    form_class = LedgerForm
    form_layout = (("agent", "grid"), ("starts_on", "ends_on"))
    search = ("agent__name", "grid__name")
    search_hint = "姓名或网格"
    identity = ("agent", "grid", "starts_on")
    footer = ("servicecenter.grids_covered", "servicecenter.grid_coverage")
