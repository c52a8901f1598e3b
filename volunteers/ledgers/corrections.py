"""时长更正申请: what volunteers say is wrong in their records, and what was answered."""

from django.urls import reverse

from portal.days import parse_date
from portal.imports.resolving import Resolver
from portal.ledgers import Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.scope import Denied
from portal.text import clean_text
from residents.ledgers.about import unit_column
from residents.resolving import only
from volunteers.enums.hours import CorrectionState
from volunteers.forms.hours import CorrectionForm
from volunteers.ledgers.hours_columns import volunteer_columns
from volunteers.ledgers.sections import HOURS as SECTION
from volunteers.models import HoursCorrection, ServiceRecord, Volunteer
from volunteers.resolving import find_volunteer
from volunteers.selectors.hours import told_span, what_of
from volunteers.selectors.volunteers import search_volunteers
from volunteers.services.corrections import fixed, may_answer, store_asked
from volunteers.workflow import CORRECTION

LOOKS = {
    CorrectionState.OPEN: "warn",
    CorrectionState.ACCEPTED: "good",
    CorrectionState.REFUSED: "neutral",
}

RECORD_LABELS = ("志愿者编号", "姓名", "服务日期", "活动名称")


def find_service(cells, user, unit):
    """The record of the volunteer on the day, in the activity where the file names one."""
    volunteer = find_volunteer(cells, user, unit)
    rows = ServiceRecord.objects.visible_to(user).filter(
        volunteer=volunteer, occurred_on=parse_date(cells.get("服务日期") or "")
    )
    if title := clean_text(cells.get("活动名称") or ""):
        rows = rows.filter(activity__title=title)
    return only(
        rows,
        "没有这位志愿者当天的服务记录，请先登记。",
        "这位志愿者当天有几条服务记录，请在页面上选择。",
    )


@register
class CorrectionLedger(Ledger):
    slug, title, icon, section = "hours-corrections", "时长更正申请", "pencil", SECTION
    quick = False
    model = HoursCorrection
    description = (
        "志愿者认为服务记录有误的，由本人在网上提出，或由工作人员代为登记；更正后重新确认和公示。"
    )
    select_related = ("service__volunteer__resident", "service__activity", "service__trainee_log")
    columns = (
        "occurred_on",
        *volunteer_columns(HoursCorrection, "service.volunteer", "service"),
        Column(
            "服务日期",
            reader(HoursCorrection, "service.occurred_on"),
            field="service",
            sort="service__occurred_on",
        ),
        Column("活动名称", lambda c: what_of(c.service), field="service", width=26),
        column(HoursCorrection, "wanted_minutes", width=14),
        column(HoursCorrection, "claim", sort="", width=36),
        column(HoursCorrection, "by_self", field="", width=12, listed=False),
        column(
            HoursCorrection,
            "state",
            field="",
            width=10,
            look=lambda c: {"badge": LOOKS[c.state]},
        ),
        column(HoursCorrection, "answered_on", field="", listed=False),
        column(HoursCorrection, "answer", field="", sort="", width=30, listed=False),
        unit_column(HoursCorrection),
    )
    form_class = CorrectionForm
    form_layout = ("service", ("occurred_on", "wanted_minutes"), "claim")
    today = "occurred_on"
    filters = ("state",)
    search_hint = "志愿者姓名、拼音首字母、编号或电话"
    identity = ("service", "occurred_on")
    resolvers = {"service": Resolver(RECORD_LABELS, find_service, names="姓名")}
    footer = ("volunteers.corrections", "volunteers.corrections_answered")

    def found(self, rows, text):
        people = search_volunteers(Volunteer.objects.all(), text)
        return rows.filter(service__volunteer__in=people)

    def label_of(self, record):
        return f"{record.service.volunteer} {told_span(record.service)}"

    def save(self, form, *, by):
        return store_asked(form.save(commit=False), by=by)

    def kept_by(self, record):
        return fixed(record)

    def check_deletable(self, record):
        if record.state != CorrectionState.OPEN:
            raise Denied("已答复的更正申请不能删除。")
        if reason := fixed(record):
            raise Denied(reason)
        super().check_deletable(record)

    def actions(self, record, user):
        return [
            Action(step.label, reverse("correction-step", args=[record.pk, name]))
            for name, step in CORRECTION.steps_from(record.state).items()
            if may_answer(record, name, user)
        ]
