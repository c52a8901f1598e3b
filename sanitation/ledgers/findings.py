"""What inspections found, as a ledger; on the phone it is recorded in ``views/field.py``."""

from django.core.exceptions import ValidationError

from portal.days import parse_date
from portal.imports.resolving import Resolver
from portal.ledgers import MORE, Column, column, register
from portal.ledgers.columns import reader
from portal.numbers import trimmed
from portal.text import clean_text
from residents.ledgers.about import unit_column
from residents.resolving import only
from sanitation.enums.inspections import InspectionKind
from sanitation.forms.findings import FindingForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import Finding, Inspection, InspectionPoint, RubricFault
from sanitation.resolving import COMMUNITY_LABEL, GRID, find_community
from sanitation.services import findings as service
from sanitation.services.past import check_may_add

DAY, KIND, ITEM, FAULT, POINT = "检查日期", "检查方式", "评分项目", "扣分情形", "检查点位"
INSPECTION_LABELS = (COMMUNITY_LABEL, DAY, KIND)


def find_inspection(cells, user, unit):
    """By community, day and, where there are several, kind."""
    community, day = find_community(cells, user, unit), clean_text(cells.get(DAY, ""))
    if community is None or not day:
        raise ValidationError("请填社区（村）和检查日期，才知道是哪一次检查。")
    rows = Inspection.objects.visible_to(user).filter(
        community=community, occurred_on=parse_date(day)
    )
    if kind := clean_text(cells.get(KIND, "")):
        by_label = {label: value for value, label in InspectionKind.choices}
        rows = rows.filter(kind=by_label.get(kind, ""))
    return only(
        rows,
        "没有这一天的这种检查，请先登记检查，并核对社区（村）、检查日期和检查方式。",
        "这一天有几次检查，请写明检查方式，或选择是哪一次。",
    )


def inspection_of(cells, user, unit):
    """The inspection beside a cell; what is wrong with it is said at its own cell."""
    try:
        return find_inspection(cells, user, unit)
    except ValidationError:
        return None


def find_fault(cells, user, unit):
    """A fault of the inspection's own edition."""
    title, inspection = clean_text(cells.get(FAULT, "")), inspection_of(cells, user, unit)
    if not title or inspection is None:
        return None
    rows = RubricFault.objects.kept().filter(item__rubric=inspection.rubric_id, title=title)
    if item := clean_text(cells.get(ITEM, "")):
        rows = rows.filter(item__title=item)
    return only(
        rows,
        "这次检查的评分表没有这个扣分情形，请核对项目和情形。",
        "评分表有几个同名的扣分情形，请写明评分项目。",
    )


def find_point(cells, user, unit):
    name = clean_text(cells.get(POINT, ""))
    if not name:
        return None
    community = find_community(cells, user, unit)
    rows = InspectionPoint.objects.visible_to(user).filter(community=community, name=name)
    return only(
        rows, "这个社区（村）没有这个名称的点位，请先登记。", "有几个同名的点位，请先更名。"
    )


class PartLedger(AboutCommunityLedger):
    """What belongs to an inspection, and stands still once that is handed in."""

    resolvers = {"inspection": Resolver(INSPECTION_LABELS, find_inspection)}

    def kept_by(self, record):
        try:
            check_may_add(record.inspection)
        except ValidationError as refusal:
            return refusal.messages[0]
        return ""


@register
class FindingLedger(PartLedger):
    slug, title, icon, section = "findings", "检查发现的问题", "alert-triangle", INSPECTIONS
    quick = False
    model = Finding
    description = (
        "各次检查发现的问题、处数和扣分；现场用手机记，也可在这里补记。提交检查以后不再改。"
    )
    select_related = (
        "community",
        "grid",
        "point",
        "inspection__community",
        "inspection__unit",
        "fault__item",
    )
    columns = (
        column(Finding, "problem", width=18),
        community_column(Finding),
        column(Finding, "occurred_on", width=12),
        Column(
            DAY,
            reader(Finding, "inspection.occurred_on"),
            field="inspection",
            sort="inspection__occurred_on",
            width=12,
            listed=False,
        ),
        Column(KIND, reader(Finding, "inspection.kind"), field="inspection", width=12),
        Column(ITEM, reader(Finding, "fault.item.title"), field="fault", width=28, listed=False),
        Column(FAULT, reader(Finding, "fault.title"), field="fault", width=18),
        column(Finding, "occurrences", width=8),
        Column(
            "扣分",
            lambda finding: trimmed(finding.points),
            sort="points",
            width=8,
            numeric=True,
        ),
        column(Finding, "is_serious", width=10),
        Column(POINT, reader(Finding, "point.name"), field="point", width=18, listed=False),
        grid_column(Finding, listed=False),
        column(Finding, "place", sort="", width=20),
        column(Finding, "household", sort="", width=12, shown=False),
        column(Finding, "description", sort="", width=30, listed=False),
        column(Finding, "highlight", sort="", listed=False),
        unit_column(Finding),
    )
    form_class = FindingForm
    form_layout = (
        "inspection",
        ("fault", "occurrences"),
        ("problem", "is_serious"),
        ("point", "place"),
        "description",
        ("grid", "household"),
        ("occurred_on", "highlight"),
    )
    form_folds = {"grid": MORE}
    kept_for_next = ("inspection",)
    filters = ("problem", "is_serious")
    search = ("place", "description", "fault__title", "point__name", "community__name")
    search_hint = "位置、情况、扣分情形或社区（村）"
    identity = ("inspection", "fault", "problem", "point", "grid", "place", "description")
    resolvers = PartLedger.resolvers | {
        "fault": Resolver((ITEM, FAULT), find_fault, beside=INSPECTION_LABELS),
        "point": Resolver((POINT,), find_point, beside=(COMMUNITY_LABEL,)),
        "grid": GRID,
    }

    def save(self, form, *, by):
        finding = form.save(commit=False)
        if finding._state.adding:
            return service.add(finding.inspection, finding, by=by, past=True)
        return service.change(finding, by=by, past=True)

    def recycle(self, record, *, version, by):
        record.version = version
        service.drop(record, by=by, past=True)
