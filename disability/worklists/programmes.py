"""What is due in programmes."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from disability.models import Incident
from disability.selectors.programmes import over_age
from portal.worklists import Worklist, register

AHEAD = timedelta(days=90)


def soon_over_age(units):
    """In a programme, and older than it takes now or within three months."""
    today = timezone.localdate()
    rows = over_age(units, today + AHEAD).filter(starts_on__lte=today)
    return rows.select_related("resident", "programme").order_by("too_old_from", "pk")


def over_age_since(enrolment) -> str:
    passed = enrolment.too_old_from <= timezone.localdate()
    return f"{enrolment.too_old_from}{'起已超龄' if passed else '起超龄'}"


def open_incidents(units):
    rows = Incident.objects.kept().filter(unit__in=units, closed_on__isnull=True)
    return rows.select_related("programme").order_by(F("occurred_on"), "pk")


register(
    Worklist(
        "disability.over_age",
        "项目中已超龄或三个月内超龄的人",
        "disability.view",
        soon_over_age,
        ledger="enrolments",
        text=lambda row: f"{row.resident.name}：{row.programme.name}收 {row.programme.ages}",
        due=over_age_since,
    ),
    Worklist(
        "disability.open_incidents",
        "安全事件尚未了结",
        "disability.view",
        open_incidents,
        ledger="incidents",
        text=lambda row: f"{row.programme.name}：{row.get_kind_display()}",
        due=lambda row: f"{row.occurred_on}",
    ),
)
