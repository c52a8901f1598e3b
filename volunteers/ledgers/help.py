"""服务需求: a household asks for help, and the request becomes a shift."""

from django.urls import reverse

from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.columns import reader
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column
from volunteers.enums.help import HelpState
from volunteers.forms.help import HelpRequestForm
from volunteers.ledgers.sections import SERVED
from volunteers.models import HelpRequest
from volunteers.selectors.help import step_url, whom_url
from volunteers.workflow import EDIT, HELP

TONES = {
    HelpState.OPEN: ("warn", "clock"),
    HelpState.ARRANGED: ("info", "calendar"),
    HelpState.DONE: ("good", "circle-check"),
    HelpState.DECLINED: ("neutral", "hand-stop"),
}


def look(asked) -> dict:
    tone, icon = TONES[asked.state]
    return {"badge": tone, "icon": icon}


@register
class HelpRequestLedger(AboutResident):
    """For those who hold ``served.view``: a leader sees of a request what its errand takes, on the page of
    the activity."""

    slug, title, icon, section = "help-requests", "服务需求", "heart-handshake", SERVED
    view_permission, edit_permission = "served.view", "served.edit"
    model = HelpRequest
    description = "居民提出的帮扶需求；安排到一个班次，做完后登记已服务，自动计入服务对象。"
    select_related = ("resident", "shift__activity")
    columns = (
        column(HelpRequest, "occurred_on", label="提出日期"),
        *person_columns(HelpRequest),
        "service",
        column(HelpRequest, "needs", sort="", width=32),
        "wanted_on",
        column(HelpRequest, "state", look=look),
        Column("安排的活动", reader(HelpRequest, "shift.activity.title"), width=24),
        Column("活动时间", reader(HelpRequest, "shift.starts_at"), width=18, listed=False),
        column(HelpRequest, "decided_on", listed=False),
        column(HelpRequest, "declined_for", sort="", width=20, listed=False),
        unit_column(HelpRequest),
    )
    form_class = HelpRequestForm
    form_layout = (
        ("resident", "occurred_on"),
        ("service", "wanted_on"),
        "needs",
        "highlight",
    )
    form_folds = {"highlight": MORE}
    today = "occurred_on"
    filters = ("state", "service")
    identity = ("resident", "occurred_on", "service")
    related = (("served", "request"),)
    footer = ("volunteers.help_requests", "volunteers.help_done", "volunteers.help_open")

    def actions(self, record, user):
        access, found = access_of(user), []
        for name, step in HELP.steps_from(record.state).items():
            permission = EDIT if name == "done" else self.edit_permission
            if access.may(permission, record.unit_id):
                label = "另行安排" if name == "arrange" and record.shift_id else step.label
                found.append(Action(label, step_url(name, record)))
        if record.shift_id:
            found.append(Action("服务名单", whom_url(record.shift.activity)))
        return found

    def list_actions(self, user):
        return [Action("服务对象", reverse("ledger-list", args=["served"]))]
