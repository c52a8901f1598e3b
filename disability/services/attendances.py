"""Workers who took part in a training, noted in one go."""

from django.db import transaction

from disability.models import RehabWorker, WorkerAttendance


@transaction.atomic
def note_attendances(training, workers, *, hours, result, by) -> tuple[int, int]:
    """Note that each of the workers took part, in the worker's own unit: (noted now, noted before)."""
    known = set(
        WorkerAttendance.objects.kept()
        .filter(activity=training, worker__in=workers)
        .values_list("worker", flat=True)
    )
    fresh = [worker for worker in workers if worker.pk not in known]
    for worker in fresh:
        WorkerAttendance.objects.create(
            unit_id=worker.unit_id,
            activity=training,
            worker=worker,
            occurred_on=training.occurred_on,
            hours=hours,
            result=result,
            recorded_by=by,
        )
    return len(fresh), len(workers) - len(fresh)


def in_office(units, day):
    """The workers of these units who are in office on the day, by unit, role and name."""
    rows = RehabWorker.objects.kept().filter(unit__in=units, starts_on__lte=day)
    rows = rows.exclude(ends_on__lt=day).select_related("unit")
    return rows.order_by("unit__code", "role", "person", "pk")
