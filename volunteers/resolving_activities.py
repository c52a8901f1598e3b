"""Which activity of volunteers, shift or project the cells of an imported row mean; none is created."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.days import parse_date
from portal.imports.resolving import Resolver, Unresolved
from portal.text import clean_text
from volunteers.models import Shift, VolunteerActivity

SHOWN = 20
ACTIVITY_LABELS = ("活动名称", "活动日期")


def find_activity(cells, user, unit):
    """By title; where several have it, by the day too."""
    title = clean_text(cells.get("活动名称") or "")
    if not title:
        return None
    rows = VolunteerActivity.objects.visible_to(user).filter(unit=unit, title=title)
    if day := clean_text(cells.get("活动日期") or ""):
        rows = rows.filter(starts_on=parse_date(day))
    found = list(rows.order_by("starts_on", "pk")[:SHOWN])
    if not found:
        raise ValidationError("没有这个名称（和日期）的志愿活动，请先登记志愿活动。")
    if len(found) > 1:
        raise Unresolved("有几次志愿活动都叫这个名称，请填写活动日期。", found)
    return found[0]


def find_shift(cells, user, unit):
    """By activity and name; one that is alone needs no name."""
    activity = find_activity(cells, user, unit)
    if activity is None:
        return None
    name = clean_text(cells.get("班次") or "")
    rows = Shift.objects.kept().filter(activity=activity)
    found = list((rows.filter(name=name) if name else rows).order_by("starts_at", "pk")[:SHOWN])
    if begins := clean_text(cells.get("开始") or ""):
        found = [each for each in found if f"{timezone.localtime(each.starts_at):%H:%M}" == begins]
    if not found:
        raise ValidationError("这次活动没有这个班次，请先登记班次。")
    if len(found) > 1:
        raise Unresolved("这次活动有几个这样的班次，请写明班次名称。", found)
    return found[0]


ACTIVITY_OF_VOLUNTEERS = Resolver(ACTIVITY_LABELS, find_activity)
SHIFT = Resolver((*ACTIVITY_LABELS, "班次", "开始"), find_shift)
