"""What is due in programmes."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from disability.models import Attendance, Incident, Programme
from disability.selectors.programmes import enrolled_between, opening_days, over_age
from portal.worklists import Act, Group, Worklist, editing, register

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


def not_called(units):
    """Programmes with somebody enrolled on their last opening day, on which no roll was called."""
    today = timezone.localdate()
    rows = Programme.objects.in_force(today).filter(unit__in=units)
    missing = [row.pk for row in rows if _misses_roll(row, last_opening_day(row))]
    return Programme.objects.filter(pk__in=missing).order_by("name", "pk")


def last_opening_day(programme):
    """The newest day before today on which it was open, looked for over two weeks; else None."""
    yesterday = timezone.localdate() - timedelta(days=1)
    days = opening_days(programme, yesterday - timedelta(days=13), yesterday)
    return days[-1] if days else None


def _misses_roll(programme, day) -> bool:
    if day is None or not enrolled_between(programme, day, day).exists():
        return False
    called = Attendance.objects.kept().filter(enrolment__programme=programme, occurred_on=day)
    return not called.exists()


def roll_of(programme) -> str:
    page = reverse("programme-attendance", args=[programme.pk])
    return f"{page}?day={last_opening_day(programme)}"


register(
    Worklist(
        "disability.not_called",
        "活动项目最近一个开放日没有点名",
        "disability.view",
        not_called,
        ledger="programmes",
        text=lambda programme: programme.name,
        due=lambda programme: f"{last_opening_day(programme)}",
        address=roll_of,
        group=Group.MEND,
        act=Act("点名", roll_of),
    ),
    Worklist(
        "disability.over_age",
        "项目中已超龄或三个月内超龄的人",
        "disability.view",
        soon_over_age,
        ledger="enrolments",
        text=lambda row: f"{row.resident.name}：{row.programme.name}收 {row.programme.ages}",
        due=over_age_since,
        day="too_old_from",
        act=editing("办理退出"),
    ),
    Worklist(
        "disability.open_incidents",
        "安全事件尚未了结",
        "disability.view",
        open_incidents,
        ledger="incidents",
        text=lambda row: f"{row.programme.name}：{row.get_kind_display()}",
        due=lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("了结"),
    ),
)
