"""What is due for households that asked for help, and for those served."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from portal.worklists import Group, Worklist, editing, register, stepping
from volunteers.enums.help import HelpState
from volunteers.models import HelpRequest, Served

ARRANGE_WITHIN = timedelta(days=3)
RATE_WITHIN = timedelta(days=30)  # whom to ask how it was; later nobody remembers


def to_arrange(units):
    """Asked, and no shift yet: the longest first."""
    rows = HelpRequest.objects.kept().filter(unit__in=units, state=HelpState.OPEN)
    return rows.select_related("resident").order_by("occurred_on", "pk")


def to_settle(units):
    """The shift is over, and nobody said whether the household was served."""
    rows = HelpRequest.objects.kept().filter(
        unit__in=units, state=HelpState.ARRANGED, shift__ends_at__lt=timezone.now()
    )
    return rows.select_related("resident", "shift").order_by("shift__ends_at", "pk")


def to_rate(units):
    """Served within the last month, and not asked for their rating."""
    rows = Served.objects.kept().filter(
        unit__in=units,
        satisfaction__isnull=True,
        occurred_on__gte=timezone.localdate() - RATE_WITHIN,
    )
    return rows.select_related("resident").order_by(F("occurred_on").asc(), "pk")


def asked(request) -> str:
    return f"{request.resident.name}：{request.get_service_display()}"


def waiting(request) -> str:
    today = timezone.localdate()
    if request.wanted_on and request.wanted_on < today:
        return f"希望 {request.wanted_on}，已过"
    late = today - request.occurred_on > ARRANGE_WITHIN
    return f"{request.occurred_on} 提出{'，已超过 3 天' if late else ''}"


register(
    Worklist(
        "volunteers.help_open",
        "待安排的服务需求",
        "served.edit",
        to_arrange,
        "help-requests",
        asked,
        waiting,
        day="wanted_on",
        act=stepping("安排", "help-arrange"),
    ),
    Worklist(
        "volunteers.help_arranged",
        "已过班次、待登记结果的服务需求",
        "served.edit",
        to_settle,
        "help-requests",
        asked,
        lambda request: f"班次 {timezone.localdate(request.shift.ends_at)}",
        group=Group.MEND,
        act=stepping("登记结果", "help-done"),
    ),
    Worklist(
        "volunteers.served_unrated",
        "待回访满意度的服务对象",
        "served.edit",
        to_rate,
        "served",
        lambda served: f"{served.resident.name}：{served.get_service_display()}",
        lambda served: f"{served.occurred_on} 服务",
        group=Group.MEND,
        act=editing("登记满意度"),
    ),
)
