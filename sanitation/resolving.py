"""Which community or grid the cells of an imported row mean."""

from django.core.exceptions import ValidationError

from portal.imports.resolving import Resolver
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import below
from portal.text import clean_text
from residents.resolving import only

COMMUNITY_LABEL = "社区（村）"
GRID_LABEL = "网格（小组）"


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
