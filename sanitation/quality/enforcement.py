"""What is wrong or missing in enforcement."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from sanitation.enums.enforcement import WITH_AREA, Handling, TargetKind
from sanitation.models import EnforcementAction, EnforcementItem
from sanitation.quality.base import rule

MONTH = timedelta(days=30)
# Cleared by the size of what was built or put up, so the size is always asked for in reports.
TOLD_BY_SIZE = (TargetKind.WINDOW_SHOP, TargetKind.SIGNBOARD, TargetKind.ILLEGAL_BUILDING)


def without_items(units):
    items = EnforcementItem.objects.kept().filter(action=OuterRef("pk"))
    return kept(EnforcementAction, units).filter(~Exists(items))


def without_people(units):
    return kept(EnforcementAction, units).filter(Q(people__isnull=True) | Q(people=0))


def outside_operation(units):
    """The operation got other days, or the action did."""
    outside = Q(occurred_on__lt=F("operation__starts_on")) | Q(
        occurred_on__gt=F("operation__ends_on")
    )
    return kept(EnforcementAction, units).filter(outside)


def area_of_uncounted(units):
    return kept(EnforcementItem, units).filter(area__gt=0).exclude(kind__in=WITH_AREA)


def without_area(units):
    return kept(EnforcementItem, units).filter(kind__in=TOLD_BY_SIZE, area__isnull=True)


def fined_without_document(units):
    return kept(EnforcementItem, units).filter(handling=Handling.FINED, document="")


def not_rechecked(units):
    return kept(EnforcementItem, units).filter(
        handling=Handling.ORDERED,
        rechecked_on__isnull=True,
        occurred_on__lt=timezone.localdate() - MONTH,
    )


register(
    rule(
        "enforcement_items", "整治出动没有登记处理的事项", "总结中户数、块数和面积会少。",
        "enforcement-actions", without_items, Severity.MIDDLE,
    ),
    rule(
        "enforcement_people", "整治出动没有登记出动人员", "出动人次会少。",
        "enforcement-actions", without_people, field="people",
    ),
    rule(
        "enforcement_outside", "整治出动不在整治行动的日期内", "请核对行动日期，或修改整治行动的起止日期。",
        "enforcement-actions", outside_operation, Severity.HIGH,
    ),
    rule(
        "enforcement_area_of_uncounted", "按家、按辆计的对象填了面积", "流动摊点和车辆没有面积，整治面积会多。",
        "enforcement-items", area_of_uncounted, Severity.HIGH, field="area",
    ),
    rule(
        "enforcement_without_area", "门窗店、招牌、搭建没有面积", "面积和平均面积算不全。",
        "enforcement-items", without_area, field="area",
    ),
    rule(
        "enforcement_document", "处罚没有文书号", "处罚应当有决定书，请补填文书号。",
        "enforcement-items", fined_without_document, field="document",
    ),
    rule(
        "enforcement_recheck", "责令整改一个月没有复查", "没有复查，不知道是否整改到位。",
        "enforcement-items", not_rechecked, Severity.MIDDLE,
    ),
)  # fmt: skip
