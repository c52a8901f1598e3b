"""How far the tasks of a plan have come."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from portal.figures import Figure, engine, figures
from portal.numbers import format_number, percent, trimmed
from portal.office.models import WorkPlan, WorkTask
from portal.periods import Period


@dataclass(frozen=True)
class Progress:
    """``done`` is the figure's value so far, "" for a task without one; ``share`` of the target."""

    task: WorkTask
    target: str
    done: str = ""
    share: str = ""
    figure: Figure | None = None
    period: Period | None = None


def progress_of(plan: WorkPlan, *, seen: Callable[[Figure], bool]) -> list[Progress]:
    """One line a task, in the order of their days; figures that are not ``seen`` are left out."""
    tasks = plan.tasks.filter(deleted_at__isnull=True).order_by("due_on", "pk")
    return [_progress(task, seen) for task in tasks]


def _progress(task, seen) -> Progress:
    target = "" if task.target is None else f"{format_number(trimmed(task.target))}{task.measure}"
    figure = figures.get(task.figure)
    today = timezone.localdate()
    if figure is None or not seen(figure) or task.starts_on > today:
        return Progress(task, target)
    period = Period(task.starts_on, min(task.due_on, today))
    reading = engine.read(figure.code, [task.unit_id], period)
    share = "" if reading.value is None else percent(reading.value, task.target)
    return Progress(task, target, reading.full, share, figure, period)
