"""What the worker does for summaries; each task is named here and does its work in a service."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from portal.models import Unit
from portal.scope import NOBODY, Scope


def everywhere(name: str) -> Scope:
    """The scope of a job that looks for its work in all units."""
    units = Unit.objects.values_list("pk", flat=True)
    return Scope(frozenset(units), NOBODY.above, f"job:{name}")


@app.task(name="bulk-summary", pass_context=False)
def bulk_summary(item: int) -> None:
    """One summary of a run."""
    from reports.services import bulk

    bulk.work(item, everywhere("bulk-summary"))


def waiting() -> set[int]:
    """The items that have a job nobody took yet."""
    jobs = ProcrastinateJob.objects.filter(task_name=bulk_summary.name, status="todo")
    return set(jobs.values_list("args__item", flat=True))


def queue(items: Iterable[int]) -> None:
    """A job for each item that has none waiting; they appear with the transaction that asks for them."""
    known = waiting()
    fresh = [item for item in items if item not in known]
    if fresh and not defer(*fresh):
        for item in fresh:
            defer(item)


def defer(*items: int) -> bool:
    """Whether they were queued; none of them is where another transaction queued one this moment."""
    deferrers = [bulk_summary.configure(queueing_lock=f"bulk-summary-{item}") for item in items]
    jobs = [each.make_new_job(item=item) for each, item in zip(deferrers, items, strict=True)]
    try:
        with transaction.atomic():
            deferrers[0].job_manager.batch_defer_jobs(jobs)
    except AlreadyEnqueued:
        return False
    return True
