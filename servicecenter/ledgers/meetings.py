"""例会: one a month, and the issues that it raised."""

from django.core.exceptions import ValidationError

from portal.ledgers import Column, Ledger, column, register
from portal.months import chinese_month, parse_month
from portal.office.ledgers.base import parent, unit
from servicecenter.forms.meetings import IssueForm, MeetingForm
from servicecenter.ledgers.regimes import REGIMES
from servicecenter.models import JointMeeting, MeetingIssue
from servicecenter.services.meetings import store_meeting, store_meetings


def text(name, **options):
    return column(JointMeeting, name, sort="", width=32, listed=False, **options)


@register
class JointMeetingLedger(Ledger):
    slug, title, icon, section = "joint-meetings", "工作例会", "calendar-event", REGIMES
    quick = False
    model = JointMeeting
    description = "每月一次联席例会，按五项内容记录；登记了一个月，全年十二个月就都排好。"
    date, order = "month", ("-month", "pk")
    columns = (
        "month",
        Column("情况", lambda meeting: meeting.state, width=10),
        "held_on",
        column(JointMeeting, "place", sort="", width=20),
        column(JointMeeting, "chair", sort="", width=12),
        column(JointMeeting, "bodies", sort="", width=28, listed=False),
        "attendees",
        *(text(name) for name in ("report", "achievements", "gaps", "causes", "solutions")),
        column(JointMeeting, "not_held_for", sort="", width=20, listed=False),
        unit(JointMeeting),
    )
    form_class = MeetingForm
    form_layout = (
        ("month", "held_on"),
        ("place", "chair", "attendees"),
        "bodies",
        *("report", "achievements", "gaps", "causes", "solutions"),
        "not_held_for",
    )
    search = ("gaps", "solutions", "report")
    search_hint = "会议内容"
    identity = ("month",)
    footer = (
        "servicecenter.meetings_held",
        "servicecenter.meetings_rate",
        "servicecenter.issues_closed_rate",
    )
    related = (("meeting-issues", "meeting"),)

    def label_of(self, record):
        return f"{chinese_month(record.month)}例会"

    def found(self, rows, text):
        """By its month, as an import names it, or by what was said."""
        try:
            return rows.filter(month=parse_month(text.removesuffix("例会")))
        except ValidationError:
            return super().found(rows, text)

    def save(self, form, *, by):
        return store_meeting(form.save(commit=False), by=by)

    def save_many(self, drafts, *, by):
        return store_meetings([meeting for meeting, _ in drafts], by=by)


@register
class MeetingIssueLedger(Ledger):
    slug, title, icon, section = "meeting-issues", "例会议题", "list-check", REGIMES
    quick = False
    model = MeetingIssue
    description = "例会上提出的问题，谁负责、什么时候解决，跟踪到解决为止。"
    select_related = ("meeting",)
    columns = (
        "occurred_on",
        parent(MeetingIssue, "meeting", "例会", "month"),
        column(MeetingIssue, "issue", sort="", width=36),
        column(MeetingIssue, "owner", sort="", width=18),
        "due_on",
        "closed_on",
        column(MeetingIssue, "result", sort="", width=28),
        unit(MeetingIssue),
    )
    form_class = IssueForm
    form_layout = (
        ("meeting", "occurred_on"),
        "issue",
        ("owner", "due_on"),
        ("closed_on", "result"),
    )
    form_folds = {"closed_on": "解决情况"}
    search = ("issue", "owner", "result")
    search_hint = "议题或责任人"
    identity = ("issue", "occurred_on")
    footer = ("servicecenter.issues_raised", "servicecenter.issues_closed_rate")
