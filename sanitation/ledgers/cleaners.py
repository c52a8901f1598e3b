"""保洁员: who they are, their leaves, the grids that they answer for."""

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from portal.ledgers import MORE, Action, Column, Doubt, Sheet, column, register
from portal.ledgers.columns import reader
from portal.ledgers.presenting import detail_groups
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.ages import age_on
from residents.ledgers.about import unit_column
from residents.selectors import search_outside
from sanitation.forms.cleaners import CleanerForm, OfCleanerForm, of_a_survey
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import PLACES
from sanitation.models import Cleaner, CleanerLeave, GridAssignment
from sanitation.resolving import CLEANER, CLEANER_LABEL, COMMUNITY_LABEL, GRID
from sanitation.selectors.cleaners import held, in_service
from sanitation.services.cleaners import end_with_post

CLEANER_HINT = "姓名、拼音首字母、证件或电话后四位"
ON_POST, ON_LEAVE, LEFT = "on", "leave", "left"
STANDINGS = {ON_POST: "在岗", ON_LEAVE: "请假", LEFT: "离岗"}
LOOKS = {ON_POST: "good", ON_LEAVE: "warn", LEFT: "neutral"}


def standing(cleaner: Cleaner) -> str:
    """Today's, of a row as the ledger reads it."""
    if cleaner.ends_on and cleaner.ends_on < timezone.localdate():
        return LEFT
    return ON_LEAVE if cleaner.is_away else ON_POST


def of_standing(rows, name, value):
    today = timezone.localdate()
    if value == LEFT:
        return rows.filter(ends_on__lt=today)
    there = rows.filter(in_service(today))
    return there.filter(is_away=True) if value == ON_LEAVE else there


def age_now(cleaner: Cleaner) -> int | None:
    return age_on(cleaner.born_on, timezone.localdate())


@register
class CleanerLedger(Spells, AboutCommunityLedger):
    slug, title, icon, section = "cleaners", "保洁员", "brush", PLACES
    model = Cleaner
    description = "各社区（村）的保洁员：年龄、联系电话、用工和报酬，负责哪个网格，是否在岗。"
    order = ("community__code", "pinyin", "pk")
    columns = (
        column(Cleaner, "name", sort="pinyin", width=12),
        community_column(Cleaner),
        column(Cleaner, "sex", width=6),
        Column("年龄", age_now, sort="born_on", numeric=True, width=6),
        column(Cleaner, "born_on", listed=False),
        column(Cleaner, "id_kind", sort="", listed=False),
        Column(
            "证件号码",
            lambda c: c.masked_number,
            field="number",
            width=22,
            masked=True,
            sealed="number",
            listed=False,
        ),
        Column(
            "联系电话",
            lambda c: c.masked_phone,
            field="phone",
            width=16,
            masked=True,
            sealed="phone",
        ),
        column(Cleaner, "employment", width=12),
        Column("负责网格", lambda c: "、".join(c.grids_now), width=20),
        Column(
            "现状",
            lambda c: STANDINGS[standing(c)],
            width=8,
            look=lambda c: {"badge": LOOKS[standing(c)]},
        ),
        "starts_on",
        column(Cleaner, "ends_on", listed=False),
        column(Cleaner, "pay", listed=False),
        column(Cleaner, "tools", sort="", width=24, listed=False),
        column(Cleaner, "note", sort="", width=24, listed=False),
        unit_column(Cleaner),
    )
    form_class = CleanerForm
    form_layout = (
        ("name", "community"),
        ("id_kind", "number"),
        ("sex", "born_on"),
        ("phone", "employment"),
        ("starts_on", "pay"),
        "tools",
        ("ends_on", "note"),
    )
    form_folds = {"tools": MORE}
    kept_for_next = ("community", "employment", "starts_on")
    filters = ("sex", "employment")
    more_filters = {
        "standing": django_filters.ChoiceFilter(
            label="现状", choices=list(STANDINGS.items()), method=of_standing, empty_label="全部"
        )
    }
    search = ("name",)
    search_hint = CLEANER_HINT
    identity = ("name", "community")
    footer = (
        "sanitation.cleaners",
        "sanitation.cleaners_on_leave",
        "sanitation.cleaners_trained",
    )
    related = (
        ("grid-assignments", "cleaner"),
        ("cleaner-leaves", "cleaner"),
        ("cleaner-attendance", "cleaner"),
    )
    detail_template = "sanitation/cleaner.html"
    unmaskable = ("number", "phone")
    has_portrait = True

    def readable(self, rows):
        today = timezone.localdate()
        theirs = {"cleaner": OuterRef("pk")}
        grids = held(today).filter(**theirs).order_by("grid__code")
        leaves = CleanerLeave.objects.in_force(today).filter(**theirs)
        return (
            super()
            .readable(rows)
            .annotate(grids_now=ArraySubquery(grids.values("grid__name")), is_away=Exists(leaves))
        )

    def found(self, rows, text):
        return search_outside(rows, text)

    def hint_of(self, record):
        return f"{record.community}{' · 已离岗' if record.ends_on else ''}"

    def doubts(self, record, said):
        if said.number and record.number_hash and said.number_hash != record.number_hash:
            yield Doubt(
                "number",
                "这个社区（村）的同名保洁员登记的是另一个证件号码；不是同一人的，请在台账中单独登记。",
                "是同一人，改为这个号码",
            )

    def form_of_file(self, form_class):
        return of_a_survey(form_class)

    def save(self, form, *, by):
        record = super().save(form, by=by)
        if record.ends_on:
            end_with_post(record, by=by)
        return record

    def actions(self, record, user):
        if record.ends_on or not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        return [Action("办理离岗", reverse("cleaner-leave-post", args=[record.pk]))]

    def page(self, record, request):
        today = timezone.localdate()
        groups = detail_groups(self, record, request.user)
        if not record.ends_on:
            label = str(Cleaner._meta.get_field("ends_on").verbose_name)
            groups[0]["unfilled"] = [each for each in groups[0]["unfilled"] if each != label]
        leave = CleanerLeave.objects.in_force(today).filter(cleaner=record).first()
        return {
            "fields": groups,
            "age": age_now(record),
            "grids": record.grids_now,
            "leave": leave,
            "standing": STANDINGS[standing(record)],
            "look": LOOKS[standing(record)],
        }


def cleaner_columns(model):
    """姓名 and 社区（村） of the cleaner that a row is about; imported, they find the cleaner."""
    return (
        Column(
            CLEANER_LABEL,
            reader(model, "cleaner.name"),
            field="cleaner",
            sort="cleaner__pinyin",
            width=12,
        ),
        Column(
            COMMUNITY_LABEL,
            reader(model, "community"),
            field="cleaner",
            sort="community__code",
            width=16,
        ),
    )


class OfCleanerLedger(AboutCommunityLedger):
    """Rows of a cleaner; the community is the cleaner's."""

    form_class = OfCleanerForm
    select_related = ("community", "cleaner")
    resolvers = {"cleaner": CLEANER, "grid": GRID}
    quick = False
    search = ("cleaner__name",)
    search_hint = CLEANER_HINT

    def found(self, rows, text):
        return rows.filter(cleaner__in=search_outside(Cleaner.objects.all(), text))


@register
class LeaveLedger(Spells, OfCleanerLedger):
    slug, title, icon, section = "cleaner-leaves", "保洁员请假", "calendar", PLACES
    model = CleanerLeave
    description = "保洁员请假的起止日期和顶岗人；没有顶岗人的，网格当天就没有人保洁。"
    columns = (
        *cleaner_columns(CleanerLeave),
        "kind",
        "starts_on",
        "ends_on",
        column(CleanerLeave, "substitute", sort="", width=12),
        unit_column(CleanerLeave),
    )
    form_layout = (("cleaner", "kind"), ("starts_on", "ends_on"), "substitute")
    filters = ("kind",)
    identity = ("cleaner", "starts_on")
    footer = ("sanitation.cleaners_on_leave", "sanitation.cleaner_leaves")


@register
class AssignmentLedger(Spells, OfCleanerLedger):
    slug, title, icon, section = "grid-assignments", "保洁网格责任", "map-pin", PLACES
    model = GridAssignment
    description = "哪位保洁员从哪天起负责哪个网格（小组）；一个网格可以有几位。"
    select_related = ("community", "cleaner", "grid")
    columns = (
        *cleaner_columns(GridAssignment),
        grid_column(GridAssignment, sort="grid__code"),
        column(GridAssignment, "duty", sort="", width=32),
        "starts_on",
        "ends_on",
        unit_column(GridAssignment),
    )
    form_layout = (("cleaner", "grid"), "duty", ("starts_on", "ends_on"))
    identity = ("cleaner", "grid", "starts_on")
    footer = (
        "sanitation.grids",
        "sanitation.grids_covered",
        "sanitation.grid_coverage",
        "sanitation.grids_uncovered",
    )
    sheet = Sheet(
        "保洁网格责任登记表",
        common=("starts_on",),
        each={"cleaner": 30, "grid": 30, "duty": 40},
    )
    kept_for_next = ("starts_on",)

    def list_actions(self, user):
        return [Action("网格责任一览", reverse("sanitation-grids"))]
