"""Which community or grid the cells of an imported row mean."""

from collections import defaultdict

from django.core.exceptions import ValidationError

from portal.days import parse_date
from portal.imports.resolving import Resolver
from portal.ledgers.fields import sent_id
from portal.ledgers.shares import ours
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import below
from portal.text import clean_name, clean_text
from residents.enums import ActivityKind
from residents.models import Activity, Household
from residents.resolving import only, sole
from sanitation.enums.inspections import InspectionKind
from sanitation.models import (
    Cleaner,
    DemoSite,
    Inspection,
    InspectionPoint,
    RatingRound,
    Rubric,
    RubricFault,
)

COMMUNITY_LABEL = "社区（村）"
GRID_LABEL = "网格（小组）"
CLEANER_LABEL = "姓名"
TRAINING_LABEL = "培训名称"
SITE_LABEL = "示范点"
ROUND_LABEL, ROUND_DAY_LABEL = "评比名称", "评比日期"
HOME_LABEL = "户编号"


def find_community(cells, user, unit):
    """The unit itself, or one below it, by name; a blank cell of a community's own file means itself."""
    name = clean_text(cells.get(COMMUNITY_LABEL) or "")
    if not name:
        return unit if unit.kind == UnitKind.COMMUNITY else None
    return sole(
        _communities_of(unit).get(name, []),
        "本单位没有这个名称的社区（村），请核对名称。",
        "有几个社区（村）都叫这个名称，请先更名。",
    )


def _communities_of(unit) -> dict[str, list[Unit]]:
    """By name, read once per unit object, so once per file."""
    known = getattr(unit, "_communities", None)
    if known is None:
        known = unit._communities = defaultdict(list)
        rows = Unit.objects.filter(pk__in=below([unit.pk]), kind=UnitKind.COMMUNITY)
        for community in rows.order_by("pk"):
            known[community.name].append(community)
    return known


def find_grid(cells, user, unit):
    """A grid of the community named in the same row; what is wrong with that is said at its own cell."""
    name = clean_text(cells.get(GRID_LABEL) or "")
    if not name:
        return None
    try:
        community = find_community(cells, user, unit)
    except ValidationError:
        return None
    if community is None:
        raise ValidationError("请写明网格（小组）所在的社区（村）。")
    rows = Unit.objects.filter(kind=UnitKind.GRID, parent=community, name=name)
    return only(
        rows,
        "这个社区（村）没有这个名称的网格（小组），请核对名称。",
        "这个社区（村）有几个网格（小组）都叫这个名称，请先更名。",
    )


COMMUNITY = Resolver((COMMUNITY_LABEL,), find_community)
GRID = Resolver((GRID_LABEL,), find_grid, beside=(COMMUNITY_LABEL,))


def find_cleaner(cells, user, unit):
    """By name in the community named in the same row, or in the whole unit where none is; those on
    their post before those who left."""
    name = clean_name(cells.get(CLEANER_LABEL) or "")
    if not name:
        raise ValidationError("请填写保洁员姓名。")
    community = find_community(cells, user, unit)
    rows = Cleaner.objects.visible_to(user).filter(name=name)
    rows = rows.filter(community__in=[community.pk] if community else below([unit.pk]))
    still = rows.filter(ends_on=None)
    return only(
        still if still.exists() else rows,
        "没有这个姓名的保洁员，请先登记保洁员，并核对社区（村）。",
        "有同名的保洁员，请写明社区（村），或选择是哪一位。",
    )


CLEANER = Resolver((COMMUNITY_LABEL, CLEANER_LABEL), find_cleaner, names=CLEANER_LABEL)


def find_training(cells, user, unit):
    """A training of the unit by its name; who keeps sanitation alone sees no other activities."""
    title = clean_text(cells.get(TRAINING_LABEL) or "")
    if not title:
        return None
    rows = Activity.objects.kept().filter(ours("sanitation"), kind=ActivityKind.TRAINING)
    return only(
        rows.filter(unit=unit, title=title),
        "本单位没有这个名称的培训，请先登记培训。",
        "有几次培训都叫这个名称，请在培训名称中写明以便区分。",
    )


TRAINING = Resolver((TRAINING_LABEL,), find_training)


def find_site(cells, user, unit):
    """By name in the community named in the same row, or in the whole unit where none is; those that
    stand before those given up."""
    name = clean_text(cells.get(SITE_LABEL) or "")
    if not name:
        return None
    community = find_community(cells, user, unit)
    rows = DemoSite.objects.visible_to(user).filter(name=name)
    rows = rows.filter(community__in=[community.pk] if community else below([unit.pk]))
    still = rows.filter(ends_on=None)
    return only(
        still if still.exists() else rows,
        "没有这个名称的示范点，请先登记示范点，并核对社区（村）。",
        "有几个示范点都叫这个名称，请写明社区（村）。",
    )


def find_round(cells, user, unit):
    """A round of the site, by its name and, where there are several, its day."""
    site = find_site(cells, user, unit)
    title = clean_text(cells.get(ROUND_LABEL) or "")
    if site is None or not title:
        return None
    rows = RatingRound.objects.kept().filter(site=site, title=title)
    if day := clean_text(cells.get(ROUND_DAY_LABEL) or ""):
        rows = rows.filter(occurred_on=parse_date(day))
    return only(
        rows,
        "这个示范点没有这个名称的评比，请先登记评比。",
        "这个示范点有几次评比都叫这个名称，请写明评比日期。",
    )


def find_home(cells, user, unit):
    """A household of the community named in the same row, by its number."""
    number = clean_text(cells.get(HOME_LABEL) or "")
    if not number:
        return None
    try:
        community = find_community(cells, user, unit)
    except ValidationError:
        return None  # said at its own cell
    return only(
        Household.objects.visible_to(user).filter(unit=community, number=number),
        "这个社区（村）没有这个户编号，请先登记户，或不填户编号。",
        "这个户编号对应不止一户。",
    )


SITE = Resolver((COMMUNITY_LABEL, SITE_LABEL), find_site)
ROUND = Resolver((COMMUNITY_LABEL, SITE_LABEL, ROUND_LABEL, ROUND_DAY_LABEL), find_round)
HOME = Resolver((HOME_LABEL,), find_home, beside=(COMMUNITY_LABEL,))

RUBRIC_LABEL, EDITION_LABEL, ITEM_LABEL = "检查评分表", "版次", "评分项目"
CHECK_DAY_LABEL, CHECK_KIND_LABEL = "检查日期", "检查方式"
FAULT_LABEL, POINT_LABEL = "扣分情形", "检查点位"
INSPECTION_LABELS = (COMMUNITY_LABEL, CHECK_DAY_LABEL, CHECK_KIND_LABEL)


def find_rubric(cells, user, unit):
    """The edition by name and number; without a number the latest one."""
    name = clean_text(cells.get(RUBRIC_LABEL, ""))
    edition = clean_text(cells.get(EDITION_LABEL, ""))
    if not name:
        return None
    rows = Rubric.objects.visible_to(user).filter(name=name).order_by("-edition")
    if edition:
        rows = rows.filter(edition=sent_id(edition))
    latest = rows.first()
    if latest is None:
        raise ValidationError("没有这个名称和版次的检查评分表，请先登记。")
    return latest


def find_item_of_rubric(cells, user, unit):
    rubric, title = find_rubric(cells, user, unit), clean_text(cells.get(ITEM_LABEL, ""))
    if rubric is None or not title:
        return None
    rows = rubric.items.kept().filter(title=title)
    return only(rows, "这一版评分表没有这个项目，请先登记。", "这一版评分表有几个同名的项目。")


def find_inspection(cells, user, unit):
    """By community, day and, where there are several, kind."""
    community = find_community(cells, user, unit)
    day = clean_text(cells.get(CHECK_DAY_LABEL, ""))
    if community is None or not day:
        raise ValidationError("请填社区（村）和检查日期，才知道是哪一次检查。")
    rows = Inspection.objects.visible_to(user).select_related("community", "rubric")
    rows = rows.filter(community=community, occurred_on=parse_date(day))
    if kind := clean_text(cells.get(CHECK_KIND_LABEL, "")):
        by_label = {label: value for value, label in InspectionKind.choices}
        rows = rows.filter(kind=by_label.get(kind, ""))
    return only(
        rows,
        "没有这一天的这种检查，请先登记检查，并核对社区（村）、检查日期和检查方式。",
        "这一天有几次检查，请写明检查方式，或选择是哪一次。",
    )


def inspection_beside(cells, user, unit):
    """The inspection of the same row; what is wrong with it is said at its own cell."""
    try:
        return find_inspection(cells, user, unit)
    except ValidationError:
        return None


def find_fault(cells, user, unit):
    """A fault of the inspection's own edition."""
    title = clean_text(cells.get(FAULT_LABEL, ""))
    inspection = inspection_beside(cells, user, unit)
    if not title or inspection is None:
        return None
    rows = RubricFault.objects.kept().select_related("item__rubric")
    rows = rows.filter(item__rubric=inspection.rubric_id, title=title)
    if item := clean_text(cells.get(ITEM_LABEL, "")):
        rows = rows.filter(item__title=item)
    return only(
        rows,
        "这次检查的评分表没有这个扣分情形，请核对项目和情形。",
        "评分表有几个同名的扣分情形，请写明评分项目。",
    )


def find_inspected_item(cells, user, unit):
    """An item of the inspection's own edition."""
    title = clean_text(cells.get(ITEM_LABEL, ""))
    inspection = inspection_beside(cells, user, unit)
    if not title or inspection is None or inspection.rubric is None:
        return None
    rows = inspection.rubric.items.kept().filter(title=title)
    return only(rows, "这次检查的评分表没有这个项目，请核对。", "评分表有几个同名的项目。")


def find_point(cells, user, unit):
    name = clean_text(cells.get(POINT_LABEL, ""))
    if not name:
        return None
    community = find_community(cells, user, unit)
    rows = InspectionPoint.objects.visible_to(user).filter(community=community, name=name)
    return only(
        rows, "这个社区（村）没有这个名称的点位，请先登记。", "有几个同名的点位，请先更名。"
    )


RUBRIC = Resolver((RUBRIC_LABEL, EDITION_LABEL), find_rubric)
ITEM_OF_RUBRIC = Resolver((ITEM_LABEL, RUBRIC_LABEL, EDITION_LABEL), find_item_of_rubric)
INSPECTION = Resolver(INSPECTION_LABELS, find_inspection)
FAULT = Resolver((ITEM_LABEL, FAULT_LABEL), find_fault, beside=INSPECTION_LABELS)
INSPECTED_ITEM = Resolver((ITEM_LABEL,), find_inspected_item, beside=INSPECTION_LABELS)
POINT = Resolver((POINT_LABEL,), find_point, beside=(COMMUNITY_LABEL,))
