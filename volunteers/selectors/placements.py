"""Placements: who may still write, what a day holds, and the sums of one person's logs."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from portal.figures import engine
from portal.periods import Period
from volunteers.enums.placements import TaskKind
from volunteers.models import Trainee, TraineeLog

A_DAY, LONG_DAY = 24 * 60, 10 * 60
A_LINE = 30  # characters that a new line takes the room of on paper


def told_minutes(minutes: int) -> str:
    """3 小时 20 分; 45 分; 2 小时."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} 小时" * bool(hours), f"{rest} 分" * bool(rest)) if part
    )


def room_of(text: str) -> int:
    """The characters of a text on paper."""
    return len(text.strip()) + (A_LINE - 1) * text.strip().count("\n")


def placement_of(user) -> Trainee | None:
    """The placement whose person signs in with this account."""
    rows = Trainee.objects.kept().filter(user=user).select_related("unit", "as_volunteer")
    return rows.first()


def is_over(trainee: Trainee, today: date | None = None) -> bool:
    """After its last day, or once appraised, its person only reads."""
    return bool(trainee.appraised_on) or (today or timezone.localdate()) > trainee.ends_on


def minutes_on(trainee_id: int, day: date, besides: int | None = None) -> int:
    """What the person's other logs of the day hold."""
    rows = TraineeLog.objects.kept().filter(trainee=trainee_id, occurred_on=day)
    return sum(rows.exclude(pk=besides).values_list("minutes", flat=True))


def unconfirmed(units) -> QuerySet:
    """Logs that wait for a mentor, the oldest first."""
    rows = TraineeLog.objects.kept().filter(
        unit__in=units, confirmed_on__isnull=True, trainee__deleted_at__isnull=True
    )
    return rows.select_related("trainee", "unit").order_by("occurred_on", "trainee__name", "pk")


def long_days(logs) -> set[tuple[int, date]]:
    """Of these logs the (person, day) that hold more than LONG_DAY in all; one query."""
    wanted = {(log.trainee_id, log.occurred_on) for log in logs}
    rows = TraineeLog.objects.kept().filter(
        trainee__in={who for who, _ in wanted}, occurred_on__in={day for _, day in wanted}
    )
    total = Counter()
    for who, day, minutes in rows.values_list("trainee", "occurred_on", "minutes"):
        total[who, day] += minutes
    return {each for each in wanted if total[each] > LONG_DAY}


def period_of(trainee: Trainee) -> Period:
    return Period(trainee.starts_on, trainee.ends_on)


@dataclass(frozen=True)
class Sums:
    """One placement's figures: the whole, and (task, days, hours) of what was done."""

    days: engine.Reading
    hours: engine.Reading
    waiting: engine.Reading
    tasks: tuple[tuple[str, engine.Reading, engine.Reading], ...]


def sums_of(trainee: Trainee) -> Sums:
    """Read from the figures, so that page, paper and summary tell the same."""
    units, period = {trainee.unit_id}, period_of(trainee)
    who = {"trainee": str(trainee.pk)}
    days, hours, waiting = (
        engine.read(f"volunteers.{code}", units, period, who)
        for code in ("trainee_days", "trainee_hours", "trainee_hours_waiting")
    )
    by_task = [
        engine.cross(f"volunteers.{code}", "trainee", "task", units, period)
        for code in ("trainee_days", "trainee_hours")
    ]
    tasks = tuple(
        (str(label), *(found[str(trainee.pk), str(value)] for found in by_task))
        for value, label in TaskKind.choices
        if by_task[0][str(trainee.pk), str(value)].value
    )
    return Sums(days, hours, waiting, tasks)
