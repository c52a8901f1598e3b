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
