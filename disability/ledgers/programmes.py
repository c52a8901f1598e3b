"""The ledgers of programmes: what is offered, who is enrolled, in which groups, what happened."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from disability.enums.programmes import WORKING_WEEK
from disability.forms.programmes import (
    EnrolmentForm,
    GroupMembershipForm,
    IncidentForm,
    PartOfProgrammeForm,
    PlacementForm,
    ProgrammeForm,
)
from disability.ledgers.enrolled import (
    SECTION,
    AboutEnrolled,
    by_whole_name,
    enrolled_columns,
    programme_column,
)
from disability.models import (
    DisabilityFile,
    Enrolment,
    GroupMembership,
    Incident,
    InterestGroup,
    Placement,
    Programme,
    ProgrammeClosure,
)
from disability.services.programmes import store_enrolment
from portal.ledgers import MORE, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.ledgers.declare import Action
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.ledgers.about import (
    AboutResident,
    LastingAboutResident,
    person_columns,
    unit_column,
)
from residents.resolving import OPTIONAL_RESIDENT


@register
class ProgrammeLedger(Spells, Ledger):
    slug, title, icon = "programmes", "活动项目", "heart-handshake"
    section, quick = SECTION, False
    model = Programme
    description = (
        "阳光之家、温馨护理站、残疾人之家等场所里的托养和活动项目，写明收什么人、哪几天开放。"
    )
    order = ("kind", "name", "pk")
    select_related = ("facility",)
    columns = (
        column(Programme, "name", width=24),
        "kind",
        Column(
            "所在场所",
            reader(Programme, "facility.name"),
            field="facility",
            sort="facility__name",
            width=24,
        ),
        "starts_on",
        column(Programme, "ends_on", listed=False),
        column(Programme, "youngest", width=10, listed=False),
        column(Programme, "oldest", width=10, listed=False),
        column(Programme, "categories", width=18),
        column(Programme, "capacity", width=10),
        column(Programme, "weekdays", width=20, listed=False),
        column(Programme, "hours", sort="", width=20),
        column(Programme, "head", sort=""),
        column(Programme, "tasks", sort="", width=36, listed=False),
        unit_column(Programme),
    )
    form_class = ProgrammeForm
    form_layout = (
        ("name", "kind"),
        ("facility", "capacity"),
        ("starts_on", "ends_on"),
        ("youngest", "oldest"),
        "categories",
        "weekdays",
        ("hours", "head"),
        "tasks",
    )
    preset = {"weekdays": WORKING_WEEK}
    filters = ("kind",)
    search = ("name", "head")
    search_hint = "项目名称或负责人"
    identity = ("name",)
    footer = ("disability.programmes", "disability.enrolled")
    related = (
        ("enrolments", "programme"),
        ("interest-groups", "programme"),
        ("incidents", "programme"),
        ("programme-closures", "programme"),
    )

    def label_of(self, record):
        return record.name

    def hint_of(self, record):
        return f"{record.get_kind_display()} · {record.unit}"

    def actions(self, record, user):
        """The pages of the programme; who only looks finds the same grids without their buttons."""
        pages = [
            ("点名", "programme-attendance"),
            ("服药登记", "programme-medication"),
            ("课表执行", "programme-timetable"),
        ]
        if access_of(user).may(self.edit_permission, record.unit_id):
            pages.append(("批量入托", "programme-enrol"))
        return [Action(label, reverse(name, args=[record.pk])) for label, name in pages]


@register
class ProgrammeClosureLedger(Spells, Ledger):
    slug, title, icon = "programme-closures", "停开安排", "calendar-event"
    section, quick = SECTION, False
    model = ProgrammeClosure
    description = "放假、维修等停开的日子；这些天不点名。"
    select_related = ("programme",)
    columns = (
        programme_column(ProgrammeClosure),
        "starts_on",
        "ends_on",
        column(ProgrammeClosure, "reason", sort="", width=24),
        unit_column(ProgrammeClosure),
    )
    form_class = PartOfProgrammeForm
    form_layout = ("programme", ("starts_on", "ends_on"), "reason")
    search = ("programme__name", "reason")
    search_hint = "项目名称或原因"
    identity = ("programme", "starts_on")


@register
class EnrolmentLedger(LastingAboutResident):
    slug, title, icon = "enrolments", "入托登记", "user-circle"
    section, quick = SECTION, False
    model = Enrolment
    description = "谁从哪天起在哪个项目，离开的填离托日期和原因；监护人取自残疾人档案。"
    select_related = ("resident", "programme")
    columns = (
        programme_column(Enrolment),
        *person_columns(Enrolment),
        "starts_on",
        "ends_on",
        column(Enrolment, "end_reason"),
        Column("监护人", lambda row: row.guardian, width=16),
        column(Enrolment, "dose_times", width=12, listed=False),
        column(Enrolment, "note", sort="", width=24, listed=False),
        unit_column(Enrolment),
    )
    form_class = EnrolmentForm
    form_layout = (
        ("programme", "resident"),
        "starts_on",
        "dose_times",
        ("ends_on", "end_reason"),
        "note",
    )
    form_folds = {"ends_on": "离托"}
    filters = ("end_reason",)
    identity = ("programme", "resident", "starts_on")
    kept_for_next = ("starts_on",)
    footer = ("disability.enrolled", "disability.enrolments", "disability.exits")
    related = (("group-memberships", "enrolment"),)

    def readable(self, rows):
        files = DisabilityFile.objects.kept().filter(
            resident=OuterRef("resident"), closed_on__isnull=True
        )
        guardian = files.exclude(guardian_name="").order_by("-opened_on")
        return (
            super().readable(rows).annotate(guardian=Subquery(guardian.values("guardian_name")[:1]))
        )

    def hint_of(self, record):
        until = f"至{record.ends_on}" if record.ends_on else "起"
        return f"{record.starts_on}{until} · {record.unit}"

    def save(self, form, *, by):
        return store_enrolment(form.save(commit=False), by=by)

    def save_many(self, drafts, *, by):
        """Just as save(): a new enrolment has no group to leave."""
        return super().save_many(drafts, by=by)


@register
class InterestGroupLedger(Spells, Ledger):
    slug, title, icon = "interest-groups", "兴趣小组", "brush"
    section, quick = SECTION, False
    model = InterestGroup
    description = "项目里的腰鼓队、舞蹈队、图画小组等。"
    select_related = ("programme",)
    columns = (
        programme_column(InterestGroup),
        column(InterestGroup, "name", width=18),
        "kind",
        column(InterestGroup, "leader", sort=""),
        "starts_on",
        "ends_on",
        unit_column(InterestGroup),
    )
    form_class = PartOfProgrammeForm
    form_layout = (("programme", "name"), ("kind", "leader"), ("starts_on", "ends_on"))
    filters = ("kind",)
    search_hint = "小组或项目名称"
    identity = ("programme", "name")
    footer = ("disability.interest_groups", "disability.group_members")
    related = (("group-memberships", "group"),)

    def found(self, rows, text):
        return by_whole_name(rows, text, "programme__name", "name")


@register
class GroupMembershipLedger(Spells, AboutEnrolled):
    slug, title, icon = "group-memberships", "小组组员", "users"
    model = GroupMembership
    description = "入托人员从哪天起在哪个兴趣小组；离托的同时离组。"
    select_related = ("enrolment__resident", "enrolment__programme", "group__programme")
    columns = (
        Column("兴趣小组", lambda row: str(row.group), field="group", sort="group__name", width=24),
        *enrolled_columns(GroupMembership),
        "starts_on",
        "ends_on",
        unit_column(GroupMembership),
    )
    form_class = GroupMembershipForm
    form_layout = (("group", "enrolment"), ("starts_on", "ends_on"))
    sheet = Sheet(
        "小组组员登记表", common=("group", "starts_on"), each={"enrolment": 30}, margin=("备注",)
    )
    identity = ("group", "enrolment", "starts_on")
    footer = ("disability.group_members",)


@register
class IncidentLedger(AboutResident):
    slug, title, icon = "incidents", "安全事件", "alert-triangle"
    section, quick = SECTION, False
    model = Incident
    description = "项目里的走失、跌倒、冲突、发病等，一事一条；没有发生的时段总结写“未发生”。"
    select_related = ("resident", "programme")
    resolvers = {"resident": OPTIONAL_RESIDENT}
    columns = (
        "occurred_on",
        programme_column(Incident),
        *person_columns(Incident),
        "kind",
        "severity",
        column(Incident, "content", sort="", width=36),
        column(Incident, "handling", sort="", width=30, listed=False),
        column(Incident, "family_told", listed=False),
        "closed_on",
        column(Incident, "highlight", sort="", width=10, listed=False),
        unit_column(Incident),
    )
    form_class = IncidentForm
    form_layout = (
        ("programme", "resident"),
        ("occurred_on", "kind", "severity"),
        "content",
        "handling",
        ("closed_on", "family_told"),
        "highlight",
    )
    form_folds = {"highlight": MORE}
    today = "occurred_on"
    filters = ("kind", "severity")
    identity = ("programme", "occurred_on", "kind", "resident")
    footer = ("disability.incidents", "disability.incidents_open")


@register
class PlacementLedger(LastingAboutResident):
    slug, title, icon = "placements", "机构安置", "building-community"
    section, quick = SECTION, False
    model = Placement
    description = "住进养护院、托养机构的残疾人，从哪天到哪天、费用由谁出。"
    select_related = ("resident", "provider")
    columns = (
        *person_columns(Placement),
        Column(
            "服务机构",
            reader(Placement, "provider.name"),
            field="provider",
            sort="provider__name",
            width=24,
        ),
        column(Placement, "institution", sort="", width=24),
        "kind",
        "starts_on",
        "ends_on",
        column(Placement, "funding", sort="", listed=False),
        column(Placement, "monthly_fee", listed=False),
        column(Placement, "note", sort="", width=24, listed=False),
        column(Placement, "highlight", sort="", width=10, listed=False),
        unit_column(Placement),
    )
    form_class = PlacementForm
    form_layout = (
        ("resident", "kind"),
        ("provider", "institution"),
        ("starts_on", "ends_on"),
        ("funding", "monthly_fee"),
        "note",
        "highlight",
    )
    form_folds = {"funding": MORE}
    filters = ("kind",)
    identity = ("resident", "starts_on")
    footer = ("disability.placements", "disability.placed_persons")
