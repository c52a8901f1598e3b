"""What is due in enforcement: actions of which nothing is told, items to be looked at again."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.worklists import Group, Worklist, adding, register, stepping
from sanitation.enums.enforcement import Handling
from sanitation.models import EnforcementAction, EnforcementItem

PATIENCE = timedelta(days=7)  # for who was ordered to mend something
REMEMBERED = timedelta(days=180)


def without_items(units):
    """Actions of the last half year with nothing that they dealt with."""
    items = EnforcementItem.objects.kept().filter(action=OuterRef("pk"))
    rows = EnforcementAction.objects.kept().filter(
        ~Exists(items),
        unit__in=units,
        occurred_on__gte=timezone.localdate() - REMEMBERED,
    )
    return rows.order_by("occurred_on", "pk")


def to_look_at(units):
    """Ordered a week ago or more and not looked at again, the longest ago first."""
    rows = EnforcementItem.objects.kept().filter(
        unit__in=units,
        handling=Handling.ORDERED,
        rechecked_on__isnull=True,
        occurred_on__lte=timezone.localdate() - PATIENCE,
    )
    return rows.select_related("action").order_by("occurred_on", "pk")


def days_since(row) -> str:
    return f"已 {(timezone.localdate() - row.occurred_on).days} 天"


register(
    Worklist(
        "sanitation.enforcement_without_items",
        "整治出动没有登记处理的事项",
        "sanitation.edit",
        without_items,
        ledger="enforcement-actions",
        text=lambda row: row.title,
        due=lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=adding("登记事项", "enforcement-items", action="pk"),
    ),
    Worklist(
        "sanitation.enforcement_recheck",
        "责令整改的整治事项待复查",
        "sanitation.edit",
        to_look_at,
        ledger="enforcement-items",
        text=lambda row: f"{row.get_kind_display()}：{row.target or row.road or row.action.title}",
        due=days_since,
        group=Group.MEND,
        act=stepping("复查", "enforcement-recheck"),
    ),
)
