"""志愿活动, announced and held: one form for both, the shared fact written along with it."""

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django_filters import ModelChoiceFilter

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.ledgers.services import refuse_if_referred
from portal.scope import Denied, access_of
from residents.ledgers.about import unit_column
from volunteers.enums.activities import ActivityState as S
from volunteers.forms.activities import VolunteerActivityForm, activity_of_file
from volunteers.ledgers.sections import ACTIVITIES
from volunteers.models import VolunteerActivity, VolunteerActivityType
from volunteers.selectors.activities import page_of
from volunteers.selectors.shifts import SIGNED, standing
from volunteers.services import activities as service
from volunteers.workflow import ACTIVITY

LOOKS = {S.PLANNED: "neutral", S.RECRUITING: "info", S.HELD: "good", S.CANCELLED: "warn"}
SIGNED_UP = Subquery(
    standing()
    .filter(SIGNED, shift__activity=OuterRef("pk"))
    .order_by()
    .values("shift__activity")
    .annotate(people=Count("pk"))
    .values("people")
)


def fact_column(name: str, **options):
    """What only the shared fact knows; "" while the activity lies ahead."""
    label = str(
        VolunteerActivity._meta.get_field("activity")
        .related_model._meta.get_field(name)
        .verbose_name
    )
    read = reader(VolunteerActivity, f"activity.{name}")
    return Column(label, read, field=name, **options)


@register
class VolunteerActivityLedger(Ledger):
    slug, title, icon, section = "volunteer-activities", "志愿活动", "heart-handshake", ACTIVITIES
    model = VolunteerActivity
    description = (
        "日期已过的登记即为已举办，同时计入“活动”，卫生清理也计入环境卫生，都不必再登记；"
        "日期在后的是招募中的活动，可安排班次、报名和发布招募公告。"
    )
    date, order = "starts_on", ("-starts_on", "-pk")
    select_related = ("type", "project", "org", "activity")
    columns = (
        "starts_on",
        column(VolunteerActivity, "title", width=30),
        Column("类型", reader(VolunteerActivity, "type.name"), field="type", sort="type__ordinal"),
        Column(
            "状态",
            reader(VolunteerActivity, "state"),
            sort="state",
            width=10,
            look=lambda row: {"badge": LOOKS[row.state]},
        ),
        column(VolunteerActivity, "place", sort="", width=20),
        column(VolunteerActivity, "leader", sort="", width=12),
        Column(
            "组织者", reader(VolunteerActivity, "org.name"), field="org", width=24, listed=False
        ),
        column(VolunteerActivity, "needed", width=10, numeric=True),
        Column("已报名", lambda row: row.signed_up, sort="signed_up", width=8, numeric=True),
        fact_column("participants", sort="activity__participants", width=10, numeric=True),
        column(VolunteerActivity, "ends_on", listed=False),
        column(VolunteerActivity, "leader_phone", sort="", listed=False),
        column(VolunteerActivity, "serves", sort="", width=18, listed=False),
        column(VolunteerActivity, "content", sort="", width=36, listed=False),
        Column(
            "所属项目",
            reader(VolunteerActivity, "project.name"),
            field="project",
            width=24,
            listed=False,
        ),
        column(VolunteerActivity, "risks", sort="", width=28, listed=False),
        column(VolunteerActivity, "insurance", sort="", width=20, listed=False),
        column(VolunteerActivity, "also", width=16, listed=False),
        fact_column("consultations", width=10, numeric=True, listed=False),
        fact_column("theme_day", listed=False),
        column(VolunteerActivity, "is_public", sort="", width=10, listed=False),
        column(VolunteerActivity, "cancelled_for", sort="", width=18, listed=False),
        column(VolunteerActivity, "highlight", sort="", width=10, listed=False),
        unit_column(VolunteerActivity),
    )
    form_class = VolunteerActivityForm
    form_layout = (
        ("title", "type"),
        ("starts_on", "ends_on"),
        ("place", "org"),
        ("leader", "leader_phone"),
        ("needed", "participants"),
        ("serves", "project"),
        "content",
        ("risks", "insurance"),
        "also",
        ("consultations", "theme_day"),
        ("is_public", "highlight"),
        "cancelled_for",
    )
    form_folds = {"risks": "风险告知和保险", "also": MORE}
    kept_for_next = ("type", "org")
    preset = {"is_public": True}
    filters = ("state",)
    more_filters = {
        # Named otherwise than the figures' category, which is asked by code.
        "of_type": ModelChoiceFilter(
            field_name="type",
            label="类型",
            queryset=VolunteerActivityType.objects.all(),
            empty_label="全部",
        ),
    }
    search = ("title", "place", "leader", "project__name", "org__name")
    search_hint = "活动名称、地点、负责人、项目或组织者"
    identity = ("title", "starts_on")
    footer = (
        "volunteers.activities",
        "volunteers.activity_participants",
        "volunteers.people_wanted",
        "volunteers.signed_up",
    )
    related = (
        ("service-records", "activity"),
        ("served", "activity"),
        ("recruitment-notices", "activity"),
        ("volunteer-publicity", "activity"),
    )
    detail_template = "volunteers/activity.html"

    def readable(self, rows):
        return super().readable(rows).annotate(signed_up=SIGNED_UP)

    def label_of(self, record):
        return record.title

    def hint_of(self, record):
        return f"{record.starts_on} · {record.type} · {record.unit}"

    def form_of_file(self, form_class):
        return activity_of_file(form_class)

    def save(self, form, *, by):
        return service.store(form.save(commit=False), held=form.held, told=form.told, by=by)

    def actions(self, record, user):
        """The steps from here; shifts and the notice on paper while it is not over."""
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        steps = [
            Action(step.label, reverse("volunteer-activity-step", args=[record.pk, name]))
            for name, step in ACTIVITY.steps_from(record.state).items()
        ]
        if record.state == S.CANCELLED:
            return steps
        more = [Action("安排班次", reverse("volunteer-shifts-add", args=[record.pk]))]
        if record.state != S.HELD:
            notice = reverse("volunteer-activity-notice", args=[record.pk])
            more.append(Action("打印招募公告", notice))
        return [*steps, *more]

    def page(self, record, request):
        return page_of(record, request.user)

    def check_deletable(self, record):
        """Nobody may still be signed up, and nothing may refer to its shifts or to the shared fact."""
        people = standing().filter(shift__activity=record).count()
        if people:
            raise Denied(f"还有 {people} 人报名，请先取消活动或取消他们的报名。")
        super().check_deletable(record)
        for shift in record.shifts.kept():
            shift.carries = ("sign_ups",)  # withdrawn ones go to the bin along
            refuse_if_referred(shift)
        if record.activity is not None:
            record.activity.carries = ("volunteering",)
            refuse_if_referred(record.activity)

    def recycle(self, record, *, version, by):
        service.recycle(record, version=version, by=by)

    def restore(self, record, *, by):
        record.validate_constraints()
        service.restore(record, by=by)

    def kept_by(self, record):
        return ""
