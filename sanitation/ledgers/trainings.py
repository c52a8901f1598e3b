"""Trainings of cleaners: the share of activities that sanitation work counts, and who took part."""

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from portal.ledgers import MORE, Action, Column, column, register
from portal.scope import access_of
from residents.enums import ActivityKind
from residents.ledgers.about import unit_column
from residents.ledgers.facts import ActivityLedger
from residents.models import Activity
from sanitation.forms.cleaners import AttendanceForm
from sanitation.ledgers.cleaners import OfCleanerLedger, cleaner_columns
from sanitation.ledgers.sections import PLACES
from sanitation.ledgers.shared import OURS, OurShare
from sanitation.models import CleanerAttendance
from sanitation.resolving import CLEANER, TRAINING, TRAINING_LABEL
from sanitation.services.cleaners import moved

HIDDEN = "街道组织的培训"  # its record is the street's own


def training_of(attendance) -> str:
    """The title, of a training in sight; who reads about their own cleaners may not see the street's."""
    if not hasattr(attendance, "training_title"):  # read otherwise than by the ledger
        rows = Activity.objects.filter(pk=attendance.activity_id)
        attendance.training_title = rows.values_list("title", flat=True).first()
    return attendance.training_title or HIDDEN


@register
class TrainingLedger(OurShare, ActivityLedger):
    slug, title, icon, section = "cleaner-trainings", "保洁员培训", "school", PLACES
    description = (
        "垃圾分类、入户宣传等保洁员培训；与“活动”是同一份记录。参加的人在培训页面勾选登记。"
    )
    where = OURS & Q(kind=ActivityKind.TRAINING)
    preset = {"domains": ["sanitation"], "kind": ActivityKind.TRAINING}
    columns = (
        "occurred_on",
        column(Activity, "title", label="培训名称", width=32),
        column(Activity, "place", sort=""),
        column(Activity, "speaker", sort="", width=20),
        column(Activity, "hours", sort="", width=8),
        "participants",
        column(Activity, "organisers", sort="", width=28, listed=False),
        column(Activity, "content", sort="", width=40, listed=False),
        column(Activity, "domains", width=16, listed=False),
        column(Activity, "highlight", sort="", width=10, listed=False),
        unit_column(Activity),
    )
    form_layout = (
        ("title", "occurred_on"),
        ("place", "speaker"),
        ("participants", "hours"),
        "content",
        ("organisers", "domains"),
        "highlight",
    )
    form_folds = {"organisers": MORE}
    filters = ()
    search = ("title", "place", "speaker")
    search_hint = "培训名称、地点或主讲人"
    footer = ("sanitation.cleaner_trainings", "sanitation.cleaner_training_times")
    related = (("cleaner-attendance", "activity"),)

    def save(self, form, *, by):
        record = super().save(form, by=by)
        moved(record)
        return record

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        return [Action("登记参训保洁员", reverse("cleaner-training-attend", args=[record.pk]))]


@register
class AttendanceLedger(OfCleanerLedger):
    slug, title, icon, section = "cleaner-attendance", "保洁员参训", "clipboard-check", PLACES
    model = CleanerAttendance
    description = "哪位保洁员参加了哪次培训；一次培训的许多人，在培训页面一次勾选。"
    columns = (
        *cleaner_columns(CleanerAttendance),
        column(CleanerAttendance, "occurred_on", field=""),
        Column(TRAINING_LABEL, training_of, field="activity", width=32),
        column(CleanerAttendance, "passed", width=10),
        unit_column(CleanerAttendance),
    )
    form_class = AttendanceForm
    form_layout = ("activity", ("cleaner", "passed"))
    resolvers = {"cleaner": CLEANER, "activity": TRAINING}
    filters = ("passed",)
    identity = ("cleaner", "activity")
    footer = ("sanitation.cleaner_training_times", "sanitation.cleaners_trained_rate")

    def readable(self, rows):
        title = Activity.objects.filter(pk=OuterRef("activity_id")).values("title")[:1]
        return super().readable(rows).annotate(training_title=Subquery(title))

    def label_of(self, record):
        return f"{record.cleaner} {training_of(record)}"

    def concealed(self, record):
        hidden = getattr(record, "training_title", "") is None
        return (("activity",), HIDDEN) if hidden else ((), "")
