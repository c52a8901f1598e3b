"""What the worker does for summaries; each task is named here and does its work in a service."""

from collections.abc import Iterable

from procrastinate.contrib.django import app

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


def queue(items: Iterable[int]) -> None:
    """A job for each item; they appear with the transaction that asks for them."""
    bulk_summary.batch_defer(*({"item": item} for item in items))
