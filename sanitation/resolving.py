"""Which community or grid the cells of an imported row mean."""

from django.core.exceptions import ValidationError

from portal.imports.resolving import Resolver
from portal.ledgers.shares import ours
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import below
from portal.text import clean_name, clean_text
from residents.enums import ActivityKind
from residents.models import Activity
from residents.resolving import only
from sanitation.models import Cleaner

COMMUNITY_LABEL = "社区（村）"
GRID_LABEL = "网格（小组）"
CLEANER_LABEL = "姓名"
TRAINING_LABEL = "培训名称"


def find_community(cells, user, unit):
    """The unit itself, or one below it, by name; a blank cell of a community's own file means itself."""
    name = clean_text(cells.get(COMMUNITY_LABEL) or "")
    if not name:
        return unit if unit.kind == UnitKind.COMMUNITY else None
    rows = Unit.objects.filter(pk__in=below([unit.pk]), kind=UnitKind.COMMUNITY, name=name)
    return only(
        rows,
        "本单位没有这个名称的社区（村），请核对名称。",
        "有几个社区（村）都叫这个名称，请先更名。",
    )


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
