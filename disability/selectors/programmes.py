"""Who is in programmes that no longer fit them."""

from datetime import date

from django.db.models import DateField, Exists, F, Func, OuterRef, Q

from disability.models import DisabilityFile, Enrolment


class TooOldFrom(Func):
    """The birthday on which a person is older than the programme's oldest."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(years => 1 + "
    output_field = DateField()

    def __init__(self):
        super().__init__(F("resident__born_on"), F("programme__oldest"))


def over_age(units, day: date):
    """Enrolments in force on the day of people above the programme's greatest age; ``too_old_from``
    is when they passed it."""
    rows = Enrolment.objects.in_force(day).filter(
        unit__in=units, programme__oldest__isnull=False, resident__born_on__isnull=False
    )
    return rows.annotate(too_old_from=TooOldFrom()).filter(too_old_from__lte=day)


def of_other_category(units, day: date):
    """Enrolments in force of people whose open file lists none of the kinds admitted."""
    files = DisabilityFile.objects.kept().filter(
        resident=OuterRef("resident"), closed_on__isnull=True
    )
    rows = Enrolment.objects.in_force(day).filter(unit__in=units)
    fits = Q(programme__categories=[])
    for digit in "123456":
        codes = [f"{digit}{level}" for level in "1234"]
        fits |= Q(programme__categories__contains=[digit]) & Exists(
            files.filter(components__overlap=codes)
        )
    return rows.filter(Exists(files)).exclude(fits)


def enrolled_between(programme, first: date, last: date):
    """Its enrolments of which at least one day lies within, by name."""
    rows = programme.enrolments.kept().filter(starts_on__lte=last).exclude(ends_on__lt=first)
    return rows.select_related("resident").order_by("resident__pinyin", "resident_id", "starts_on")


def closures_between(programme, first: date, last: date) -> list:
    rows = programme.closures.kept()
    return list(rows.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on"))


def opening_days(programme, first: date, last: date) -> list[date]:
    """The days on which it is open, closures left out."""
    return programme.opening_days(first, last, closures_between(programme, first, last))


def planned_and_held(programme, first: date, last: date) -> list[tuple]:
    """(lesson of the timetable, [(day, its session or None)]) for the days on which it was due."""
    days = opening_days(programme, first, last)
    slots = programme.timetable.kept().filter(starts_on__lte=last).exclude(ends_on__lt=first)
    slots = list(slots.select_related("group").order_by("weekday", "begins", "pk"))
    sessions = programme.sessions.kept().filter(slot__in=slots, occurred_on__range=(first, last))
    held = {(session.slot_id, session.occurred_on): session for session in sessions}
    return [
        (
            slot,
            [
                (day, held.get((slot.pk, day)))
                for day in days
                if str(day.isoweekday()) == slot.weekday
                and slot.starts_on <= day
                and (slot.ends_on is None or day <= slot.ends_on)
            ],
        )
        for slot in slots
    ]
