"""The ledgers of what happens in a programme day by day."""

from django.urls import reverse

from disability.forms.programme_days import (
    EnrolledForm,
    SessionForm,
    TimetableForm,
)
from disability.ledgers.enrolled import (
    SECTION,
    AboutEnrolled,
    by_whole_name,
    enrolled_columns,
    programme_column,
)
from disability.models import (
    Attendance,
    FamilyContact,
    MedicationLog,
    ProgrammeSession,
    TimetableSlot,
)
from portal.ledgers import MORE, Column, Ledger, column, register
from portal.ledgers.declare import Action
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.ledgers.about import unit_column


def clock_column(model, name):
    """A time of the day without its seconds."""
    label = str(model._meta.get_field(name).verbose_name)
    return Column(label, lambda row: f"{getattr(row, name):%H:%M}", field=name, sort=name, width=10)


def group_column(model):
    return Column(
        "兴趣小组",
        lambda row: str(row.group) if row.group else None,
        field="group",
        sort="group__name",
        width=20,
    )


@register
class AttendanceLedger(AboutEnrolled):
    slug, title, icon = "attendance", "出勤", "clipboard-check"
    model = Attendance
    description = "一人一天一条；成批点名请在活动项目的页面上打开“点名”。"
    columns = (
        "occurred_on",
        *enrolled_columns(Attendance),
        "mark",
        unit_column(Attendance),
    )
    form_class = EnrolledForm
    form_layout = ("enrolment", ("occurred_on", "mark"))
    filters = ("mark",)
    today = "occurred_on"
    identity = ("enrolment", "occurred_on")
    footer = (
        "disability.attendance_days",
        "disability.attendance_expected",
        "disability.attendance_rate",
    )


@register
class TimetableLedger(Spells, Ledger):
    slug, title, icon = "timetable", "课程表", "calendar-stats"
    section, quick = SECTION, False
    model = TimetableSlot
    description = "每周哪天几点上什么课；与实际开展的活动对照，看哪些课没有上。"
    order = ("programme", "weekday", "begins", "pk")
    select_related = ("programme", "group__programme")
    columns = (
        programme_column(TimetableSlot),
        "weekday",
        clock_column(TimetableSlot, "begins"),
        clock_column(TimetableSlot, "ends"),
        column(TimetableSlot, "topic", sort="", width=24),
        "kind",
        group_column(TimetableSlot),
        column(TimetableSlot, "teacher", sort="", listed=False),
        "starts_on",
        column(TimetableSlot, "ends_on", listed=False),
        unit_column(TimetableSlot),
    )
    form_class = TimetableForm
    form_layout = (
        "programme",
        ("weekday", "begins", "ends"),
        ("topic", "kind"),
        ("group", "teacher"),
        ("starts_on", "ends_on"),
    )
    filters = ("weekday", "kind")
    search_hint = "内容或项目名称"
    identity = ("programme", "weekday", "begins", "topic")

    def found(self, rows, text):
        return by_whole_name(rows, text, "programme__name", "topic")

    def label_of(self, record):
        return f"{record.programme.name} {record}"

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        known = f"?slot={record.pk}&programme={record.programme_id}"
        return [Action("登记这节课", reverse("ledger-add", args=["programme-sessions"]) + known)]


@register
class SessionLedger(Ledger):
    slug, title, icon = "programme-sessions", "项目活动", "calendar"
    section, quick = SECTION, False
    model = ProgrammeSession
    description = "实际开展的课和活动；选课程表中的课，内容和时长自动带出，人数取当天出勤。"
    select_related = ("programme", "group__programme", "slot")
    columns = (
        "occurred_on",
        programme_column(ProgrammeSession),
        column(ProgrammeSession, "title", width=24),
        "kind",
        group_column(ProgrammeSession),
        column(ProgrammeSession, "minutes", width=10),
        column(ProgrammeSession, "people", width=10),
        column(ProgrammeSession, "teacher", sort="", listed=False),
        column(ProgrammeSession, "content", sort="", width=36, listed=False),
        column(ProgrammeSession, "highlight", sort="", width=10, listed=False),
        unit_column(ProgrammeSession),
    )
    form_class = SessionForm
    form_layout = (
        ("programme", "occurred_on"),
        "slot",
        ("title", "kind", "group"),
        ("people", "minutes", "teacher"),
        "content",
        "highlight",
    )
    form_folds = {"content": MORE}
    today = "occurred_on"
    kept_for_next = ("occurred_on",)
    filters = ("kind",)
    search = ("title", "programme__name")
    search_hint = "活动内容或项目名称"
    identity = ("programme", "occurred_on", "title", "group")
    footer = ("disability.sessions_held", "disability.session_participants")


@register
class MedicationLedger(AboutEnrolled):
    slug, title, icon = "medication", "服药记录", "first-aid-kit"
    model = MedicationLog
    description = "一人一个时段一条；成批登记请在活动项目的页面上打开“服药”。药品名称加密保存。"
    columns = (
        "occurred_on",
        *enrolled_columns(MedicationLog),
        "time",
        "result",
        column(MedicationLog, "given_by", sort=""),
        unit_column(MedicationLog),
    )
    form_class = EnrolledForm
    form_layout = ("enrolment", ("occurred_on", "time", "result"), ("given_by", "medicine"))
    form_folds = {"given_by": MORE}
    filters = ("time", "result")
    own_name, today = "given_by", "occurred_on"
    identity = ("enrolment", "occurred_on", "time")
    unmaskable = ("medicine",)
    footer = (
        "disability.medication_due",
        "disability.medication_taken",
        "disability.medication_rate",
    )


@register
class FamilyContactLedger(AboutEnrolled):
    slug, title, icon = "family-contacts", "家属联系", "phone"
    model = FamilyContact
    description = "项目工作人员与入托人员家属的联系；上门走访居民本人的记在“走访”里，不重复登记。"
    columns = (
        "occurred_on",
        *enrolled_columns(FamilyContact),
        "mode",
        column(FamilyContact, "relative", sort=""),
        column(FamilyContact, "staff", sort=""),
        column(FamilyContact, "content", sort="", width=40),
        unit_column(FamilyContact),
    )
    form_class = EnrolledForm
    form_layout = (("enrolment", "occurred_on"), ("mode", "relative", "staff"), "content")
    filters = ("mode",)
    own_name, today = "staff", "occurred_on"
    kept_for_next = ("occurred_on", "mode")
    identity = ("enrolment", "occurred_on", "mode")
    footer = ("disability.family_contacts",)
