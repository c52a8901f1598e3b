"""What would count twice: a second target for the same days, a group beside its whole community.

Each function takes an unsaved or stored row and tells what stands against it, by form field. It looks at
the rows about the community, whoever keeps them: the street and the community may both record.
"""

from django.db.models import Q

from portal.periods import Period
from sanitation.models import BuybackTarget, FeeCollection, SortingState

QUARTER, HALF = 3, 6


def fee_span(standard, day) -> Period:
    """The days for which a household pays once: the calendar year, unless the standard's ``per`` names
    a half-year, quarter or month."""
    per = standard.per if standard else ""
    if "半年" in per:
        return _months(day, HALF)
    if "季" in per:
        return _months(day, QUARTER)
    if "月" in per:
        return Period.month_of(day)
    return Period.year_of(day)


def _months(day, count: int) -> Period:
    letter = "H" if count == HALF else "Q"
    return Period.parse(f"{day.year}{letter}{(day.month - 1) // count + 1}")


def _others(record):
    return type(record).objects.kept().filter(community=record.community_id).exclude(pk=record.pk)


def _overlapping(record):
    """Others about the community that share a day with this one."""
    rows = _others(record).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=record.starts_on))
    return rows.filter(starts_on__lte=record.ends_on) if record.ends_on else rows


def faults_of_target(target: BuybackTarget) -> dict[str, str]:
    other = _overlapping(target).first()
    if other is None:
        return {}
    span = f"{other.starts_on}至{other.ends_on}"
    return {"starts_on": f"这个社区（村）{span}已有回购任务，日期不能重叠；请改那一条。"}


def faults_of_sorting(state: SortingState) -> dict[str, str]:
    other = _overlapping(state).filter(grid=state.grid_id).first()
    if other is None:
        return {}
    message = (
        f"这里从{other.starts_on}起已登记落实情况；有变化的，先给那一条填截止日期，再登记新的。"
    )
    return {"starts_on": message}


def faults_of_collection(collection: FeeCollection) -> dict[str, str]:
    """A community is collected in as a whole or group by group, each once for the days that one payment
    is for: then the sum of all rows counts every household once."""
    span = fee_span(collection.standard, collection.occurred_on)
    others = _others(collection).filter(
        standard=collection.standard_id, occurred_on__range=(span.start, span.end)
    )
    where = f"这个社区（村）{span.label}"
    if collection.grid_id is None:
        if others.filter(grid__isnull=True).exists():
            return {"community": f"{where}已登记过收缴；后来又收到的，请改那一条的户数和金额。"}
        if others.exists():
            return {
                "grid": f"{where}已按小组登记收缴，全社区的数由各小组相加；"
                "请选小组，或先删除各小组的记录。"
            }
        return {}
    if others.filter(grid=collection.grid_id).exists():
        return {"grid": f"这个小组{span.label}已登记过收缴；后来又收到的，请改那一条。"}
    if others.filter(grid__isnull=True).exists():
        return {
            "grid": f"{where}已按整个社区登记收缴，小组的户数已在其中；"
            "要分小组登记的，请先删除整个社区的那一条。"
        }
    return {}
