"""Due dates are set here, and set anew when the calendar changes."""

from portal.models import WorkNotice
from portal.workcalendar.dependents import Change
from portal.workcalendar.holding import hold_calendar
from portal.workdays import calendar
from servicecenter.models import Case, CaseRedating
from servicecenter.selectors.clock import TICKING, due_of, open_cases


def set_due(case):
    """Reckon the day on which the case is due, and store it where the case is stored; the new value.

    None while its clock stands or before it is accepted. Call it within the transaction of the act,
    when its pauses are stored. Raises StaleRecord where somebody else changed the case.
    """
    hold_calendar()
    due = due_of(case, calendar(fresh=True))
    if due != case.due_on:
        case.due_on = due
        if case.pk:
            case.save(update_fields=["due_on"])
    return due


def changes(by, units) -> list[Change]:
    """The open cases of the units that would be due on another day if ``by`` were the calendar."""
    rows = open_cases(units).select_related("unit", "item__item").prefetch_related("pauses")
    return [
        Change(case.number, case.unit.name, case.item.item.name, case.due_on, due)
        for case in rows.order_by("unit__code", "number_year", "number_serial")
        if (due := due_of(case, by)) != case.due_on
    ]


def redate(notice: WorkNotice, units, by: str, most: int | None = None) -> int:
    """Date anew the open cases of the units that the calendar moves, at most ``most``; how many.

    Each leaves a ``CaseRedating``. The rows are locked in the order of their keys, so that two who
    date anew do not wait for each other.
    """
    hold_calendar()
    known = calendar(fresh=True)
    rows = open_cases(units).prefetch_related("pauses")
    moved = [case.pk for case in rows.order_by("pk") if due_of(case, known) != case.due_on]
    done = 0
    for pk in moved[:most]:
        case = Case.objects.select_for_update().get(pk=pk)
        if case.state not in TICKING:  # somebody closed or stopped it just now
            continue
        before, after = case.due_on, set_due(case)
        if after is not None and after != before:
            CaseRedating.objects.create(
                unit_id=case.unit_id, case=case, notice=notice, before=before, after=after, by=by
            )
            done += 1
    return done
