"""Editions of service items that run out, with none to follow."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.worklists import Worklist, register, stepping
from servicecenter.models import ItemVersion

BEFORE_END = timedelta(days=30)


def running_out(units):
    """Within thirty days; what ran out is no longer offered, and its item may have been closed."""
    today = timezone.localdate()
    later = ItemVersion.objects.kept().filter(
        item=OuterRef("item"), starts_on__gt=OuterRef("starts_on")
    )
    rows = ItemVersion.objects.kept().filter(
        ~Exists(later),
        unit__in=units,
        item__deleted_at__isnull=True,
        ends_on__range=(today, today + BEFORE_END),
    )
    return rows.select_related("item").order_by("ends_on", "pk")


register(
    Worklist(
        "servicecenter.versions_running_out",
        "办事事项 30 天内失效",
        "catalogue.manage",
        running_out,
        "item-versions",
        str,
        lambda row: f"{row.ends_on} 失效",
        day="ends_on",
        act=stepping("续新版本", "item-version-renew"),
    )
)
