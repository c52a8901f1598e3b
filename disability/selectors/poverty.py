"""The poverty category of a person: the care tags in force that tell of it, never a copy of them."""

from django.db.models import Case, OuterRef, Prefetch, Subquery, Value, When
from django.db.models.functions import Coalesce

from portal.figures.categories import DerivedCategory
from residents.models import CareTag

NOT_POOR = "none"
# Care kinds by code, the most needy first.
POVERTY = {
    "extreme_poverty": "特困",
    "minimum_living": "低保",
    "marginal": "低保边缘",
    "rigid_spending": "刚性支出困难",
    "relapse_watch": "防止返贫监测",
    "other_hardship": "其他困难",
}


def poor_on(day):
    """The tags of poverty in force on the day."""
    return CareTag.objects.in_force(day).filter(kind__code__in=POVERTY)


def with_poverty(path: str, day) -> Prefetch:
    """For a list of records: the residents at ``path`` come with their ``poverty_tags``."""
    return Prefetch(
        f"{path}__care_tags", poor_on(day).select_related("kind"), to_attr="poverty_tags"
    )


def poverty_of(resident) -> list[str]:
    """The categories by name, the neediest first, of a resident read ``with_poverty``."""
    named = {tag.kind.code: tag.kind.name for tag in getattr(resident, "poverty_tags", ())}
    return [named[code] for code in POVERTY if code in named]


def _neediest(period):
    """The one category under which the row's resident counts, be there several tags."""
    tags = poor_on(period.end).filter(resident=OuterRef("resident"), unit=OuterRef("unit"))
    order = Case(*(When(kind__code=code, then=place) for place, code in enumerate(POVERTY)))
    first = tags.order_by(order).values("kind__code")[:1]
    return Coalesce(Subquery(first), Value(NOT_POOR))


POVERTY_CATEGORY = DerivedCategory(
    "困难类别", "_poverty", POVERTY | {NOT_POOR: "无困难认定"}, expression=_neediest
)
