"""服务大厅 and its windows."""

from portal.ledgers import Ledger, column, register
from portal.office.ledgers.base import Spells, parent, unit
from servicecenter.ledgers.agents import TEAM
from servicecenter.models import Hall, HallWindow
from servicecenter.services.catalogue import MANAGE


@register
class HallLedger(Ledger):
    slug, title, icon, section = "halls", "服务大厅", "building-community", TEAM
    edit_permission = MANAGE  # residents read it on the public pages as soon as it is stored
    quick = False
    model = Hall
    description = "本单位的服务大厅：机构代字是办件编号的开头，电话印在每张单据上。"
    date, order = "", ("unit__code", "pk")
    columns = (
        column(Hall, "name", width=24),
        "code_word",
        column(Hall, "address", sort="", width=24),
        column(Hall, "hours", sort="", width=24),
        column(Hall, "phone", sort="", width=16),
        column(Hall, "complaint_phone", sort="", width=16),
        unit(Hall),
    )
    form_layout = (("name", "code_word"), "address", "hours", ("phone", "complaint_phone"))
    search = ("name", "code_word")
    search_hint = "名称或代字"
    identity = ("name",)
    footer = ("servicecenter.windows",)
    related = (("hall-windows", "hall"),)


@register
class HallWindowLedger(Spells, Ledger):
    slug, title, icon, section = "hall-windows", "服务窗口", "table", TEAM
    quick = False
    model = HallWindow
    description = "大厅的窗口，各受理什么业务、由谁值守、谁是 B 岗。"
    order = ("hall", "name", "pk")
    select_related = ("hall", "agent", "backup")
    columns = (
        parent(HallWindow, "hall", "服务大厅", "name"),
        column(HallWindow, "name", width=18),
        column(HallWindow, "services", sort="", width=36),
        parent(HallWindow, "agent", "窗口人员", "name"),
        parent(HallWindow, "backup", "B 岗", "name"),
        "starts_on",
        "ends_on",
        unit(HallWindow),
    )
    form_layout = (
        ("hall", "name"),
        "services",
        ("agent", "backup"),
        ("starts_on", "ends_on"),
    )
    search = ("name", "services")
    search_hint = "窗口或业务"
    identity = ("hall", "name", "starts_on")
    footer = ("servicecenter.windows",)
