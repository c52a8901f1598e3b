"""Dating anew what lies outside the scope of whoever stored a notice, or was reckoned meanwhile."""

from procrastinate.contrib.django import app

from portal.models import Unit, WorkNotice
from portal.scope import NOBODY, Scope, scope
from portal.workcalendar.dependents import dependents
from portal.workcalendar.holding import wait_for_reckoners

AT_ONCE = 200  # records dated anew in one transaction
BY = "后台任务"


@app.task(name="redate", pass_context=False)
def redate(notice: int) -> dict[str, int]:
    """Date anew, in all units, whatever still goes by the calendar before the notice."""
    wait_for_reckoners()
    done = {}
    for dependent in dependents:
        done[dependent.code] = 0
        while True:
            with scope(_everywhere()):
                found = WorkNotice.objects.get(pk=notice)
                units = Unit.objects.values_list("pk", flat=True)
                moved = dependent.redate(found, list(units), by=BY, most=AT_ONCE)
            done[dependent.code] += moved
            if not moved:
                break
    return done


def _everywhere() -> Scope:
    units = Unit.objects.values_list("pk", flat=True)
    return Scope(frozenset(units), NOBODY.above, "job:redate")


def defer(notice: WorkNotice) -> None:
    """Queue it; the job appears with the transaction that stores the notice."""
    redate.defer(notice=notice.pk)
