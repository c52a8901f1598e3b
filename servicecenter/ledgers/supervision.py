"""The ledger 督办."""

from django.urls import reverse

from portal.ledgers import Action, column, register
from portal.ledgers.presenting import detail_groups
from portal.scope import access_of
from residents.ledgers.about import unit_column
from servicecenter.forms.supervision import SupervisionForm
from servicecenter.ledgers.about_case import AboutCase, case_columns, told_steps
from servicecenter.models import Supervision
from servicecenter.services import loops


@register
class SupervisionLedger(AboutCase):
    slug, title, icon = "supervisions", "督办", "alert-triangle"
    model = Supervision
    description = (
        "自动和手工督办，从发出、催办、升级到答复、销号；临期未派办、超期、差评、停钟过久、"
        "办结未回复的每天自动发出，原因消除后自动销号。"
    )
    columns = (
        "occurred_on",
        *case_columns(Supervision),
        "trigger",
        "level",
        column(Supervision, "state", width=10),
        column(Supervision, "target", sort="", width=16),
        column(Supervision, "asked_by", sort="", listed=False),
        column(Supervision, "ask", sort="", width=30, listed=False),
        "reply_by",
        column(Supervision, "urges", width=8),
        "replied_on",
        column(Supervision, "replied_by", sort="", listed=False),
        column(Supervision, "reply", sort="", width=30, listed=False),
        column(Supervision, "closed_on", listed=False),
        column(Supervision, "closing", sort="", width=24, listed=False),
        unit_column(Supervision),
    )
    form_class = SupervisionForm
    form_layout = (
        ("case", "occurred_on"),
        ("trigger", "level", "target"),
        ("asked_by", "reply_by"),
        "ask",
        ("replied_on", "replied_by"),
        "reply",
        ("closed_on", "urges"),
        "closing",
    )
    form_folds = {"replied_on": "补录答复", "closed_on": "补录销号"}
    own_name, today = "asked_by", "occurred_on"
    filters = ("state", "trigger", "level")
    identity = ("case", "trigger", "occurred_on")
    footer = (
        "servicecenter.supervisions",
        "servicecenter.supervisions_answered",
        "servicecenter.supervisions_open",
    )
    select_related = ("case__item__item", "case__handler", "case__station", "case__agent")

    def list_actions(self, user):
        if not access_of(user).may("cases.supervise"):
            return ()
        return (Action("快到期和超期办件", reverse("cases-at-risk")),)

    def kept_by(self, record):
        return "督办按步骤办理：答复、催办、升级、销号，不能直接修改或删除。"

    def actions(self, record, user):
        return [
            Action(step.label, reverse("supervision-step", args=[record.pk, name]))
            for name, step in loops.steps_open_to(record, user).items()
        ]

    def page(self, record, request):
        own, origin = detail_groups(self, record, request.user)
        own["items"].insert(0, {"label": "督办状态", "value": record.get_state_display()})
        groups = [own]
        if steps := told_steps(record):
            groups.append({"title": "督办过程", "items": steps})
        return {"fields": [*groups, origin]}
