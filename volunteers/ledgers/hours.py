"""服务记录: the register of who served when and for how long, and what may be done with a record."""

from django.urls import reverse

from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.columns import reader
from portal.ledgers.offers import offers_on
from portal.ledgers.sheets import Sheet
from portal.scope import Denied, access_of
from residents.ledgers.about import unit_column
from volunteers.enums.hours import HoursState
from volunteers.forms.hours import ServiceFileForm, ServiceForm
from volunteers.ledgers.about import AboutVolunteer, activity_columns, volunteer_columns
from volunteers.ledgers.hours_columns import clock, hours_of, leaves_next_day
from volunteers.ledgers.sections import HOURS as SECTION
from volunteers.models import ServiceRecord
from volunteers.resolving_activities import ACTIVITY_OF_VOLUNTEERS
from volunteers.selectors.hours import is_over, what_of
from volunteers.services.corrections import MAY_BE_WRONG
from volunteers.services.hours import KEPT, record_later, restored
from volunteers.workflow import APPROVE, EDIT, HOURS

LOOKS = {
    HoursState.OPEN: "info",
    HoursState.RECORDED: "warn",
    HoursState.CONFIRMED: "info",
    HoursState.POSTED: "info",
    HoursState.COUNTED: "good",
    HoursState.REFUSED: "bad",
    HoursState.REVOKED: "bad",
}
FREE = (HoursState.OPEN, HoursState.RECORDED)
GOES = (*FREE, HoursState.REFUSED)


@register
class ServiceLedger(AboutVolunteer):
    slug, title, icon, section = "service-records", "服务记录", "clock", SECTION
    quick = True
    model = ServiceRecord
    description = (
        "一人一次服务一条：签到签退的自动进来，事后补记的在这里登记；确认、公示期满后才计入时长。"
    )
    select_related = (
        *("volunteer__resident", "activity__type", "shift", "posting"),
        *("approved_by", "confirmed_by"),
    )
    columns = (
        "occurred_on",
        *volunteer_columns(ServiceRecord),
        *activity_columns(ServiceRecord, read=what_of),
        Column("班次", reader(ServiceRecord, "shift.name"), listed=False),
        Column("签到时间", lambda r: clock(r.came_at), field="came", sort="came_at", width=10),
        Column("签退时间", lambda r: clock(r.left_at), field="left", sort="left_at", width=10),
        Column("签退在次日", leaves_next_day, field="next_day", width=10, listed=False),
        column(ServiceRecord, "pause_minutes", width=10, listed=False),
        Column("服务时长（小时）", hours_of, field="hours", sort="minutes", width=12, numeric=True),
        column(ServiceRecord, "minutes", width=12, listed=False),
        column(ServiceRecord, "what", sort="", width=26, listed=False),
        column(ServiceRecord, "manner", width=12, listed=False),
        column(ServiceRecord, "reason", sort="", width=20, listed=False),
        column(ServiceRecord, "recorder", sort="", width=12, listed=False),
        column(ServiceRecord, "state", width=12, look=lambda r: {"badge": LOOKS[r.state]}),
        column(ServiceRecord, "approved_by", sort="", width=12, listed=False),
        column(ServiceRecord, "confirmed_by", sort="", width=12, listed=False),
        column(ServiceRecord, "confirmed_on", field="", listed=False),
        column(ServiceRecord, "counted_on", field="counted", listed=False),
        column(ServiceRecord, "void_reason", field="", sort="", width=24, listed=False),
        unit_column(ServiceRecord),
    )
    form_class = ServiceForm
    form_layout = (
        ("activity", "volunteer"),
        ("occurred_on", "came", "left"),
        ("hours", "pause_minutes", "next_day"),
        "reason",
        "what",
        ("recorder", "minutes"),
        "grid",
        "highlight",
    )
    form_folds = {"recorder": MORE}
    sheet = Sheet(
        "志愿服务登记表",
        common=("activity", "occurred_on", "reason", "recorder"),
        each={"volunteer": 24, "came": 12, "left": 12, "hours": 12, "what": 26},
        margin=("签名",),
    )
    own_name = "recorder"
    kept_for_next = ("occurred_on",)
    filters = ("state", "manner")
    identity = ("volunteer", "activity", "occurred_on")
    resolvers = {**AboutVolunteer.resolvers, "activity": ACTIVITY_OF_VOLUNTEERS}
    related = (("hours-corrections", "service"),)
    footer = ("volunteers.attendance", "volunteers.hours", "volunteers.hours_waiting")

    def label_of(self, record):
        return f"{record.volunteer} {record.occurred_on} {what_of(record)}"

    def form_of_file(self, form_class):
        """An old register may know the hours alone, that they were counted long ago on paper, and in which
        manner these were recorded."""
        return type("ServiceFileForm", (ServiceFileForm, form_class), {})

    def save(self, form, *, by):
        return record_later(form.save(commit=False), by=by)

    def kept_by(self, record):
        if record.trainee_log_id:
            return "这条记录由实习日志计入，请在实习日志中修改。"
        if record.state in FREE:
            return ""
        return KEPT.format(state=record.get_state_display().removeprefix("已"))

    def check_deletable(self, record):
        if record.state not in GOES:
            told = record.get_state_display()
            raise Denied(f"“{told}”的服务记录不能删除；有误的，请登记更正申请，或不予认定、撤销。")
        super().check_deletable(record)

    def restore(self, record, *, by):
        restored(record)
        super().restore(record, by=by)

    def list_actions(self, user):
        return posting_entry(user)

    def actions(self, record, user):
        found = [
            Action(step.label, reverse("service-step", args=[record.pk, name]))
            for name, step in steps_open_to(record, user).items()
        ]
        asked = record.state in MAY_BE_WRONG and access_of(user).may(EDIT, record.unit_id)
        if asked:
            url = f"{reverse('ledger-add', args=['hours-corrections'])}?service={record.pk}"
            found.append(Action("申请更正", url))
        return found


def posting_entry(user) -> list[Action]:
    if not access_of(user).may(EDIT):
        return []
    return [Action("编制公示", reverse("hours-posting-new"))]


def steps_open_to(record, user) -> dict:
    """The steps of one record that the user may take now; postings take theirs together."""
    access = access_of(user)
    steps = {
        name: step
        for name, step in HOURS.steps_from(record.state).items()
        if name not in ("post", "count") and access.may(step.who or EDIT, record.unit_id)
    }
    if "approve" in steps and (record.approved_by_id or not is_over(record)):
        del steps["approve"]
    return steps


@offers_on("shifts")
def attendance_of_shift(record, user):
    if not access_of(user).may(EDIT, record.unit_id):
        return []
    return [Action("签到", reverse("shift-attendance", args=[record.pk]))]


@offers_on("volunteer-activities")
def hours_of_activity(record, user):
    access = access_of(user)
    if not (access.may(EDIT, record.unit_id) or access.may(APPROVE, record.unit_id)):
        return []
    found = [Action("认定时长", reverse("activity-hours", args=[record.pk]))]
    if access.may(EDIT, record.unit_id):
        many = f"{reverse('ledger-add-many', args=['service-records'])}?activity={record.pk}"
        found.append(Action("补记服务", f"{many}&occurred_on={record.starts_on}"))
    return found


@offers_on("volunteers")
def hours_of_person(record, user):
    if not access_of(user).may("volunteers.view", record.unit_id):
        return []
    return [Action("时长与星级", reverse("volunteer-hours", args=[record.pk]))]
