"""Ages (周岁) as of a day: computed from the birth date, never stored."""

from datetime import date

from django.db.models import Case, CharField, Q, Value, When

# (from this age, to this age, code, label); the last one is open.
GROUPS = (
    (0, 6, "0-6", "0—6 岁"),
    (7, 17, "7-17", "7—17 岁"),
    (18, 59, "18-59", "18—59 岁"),
    (60, 79, "60-79", "60—79 岁"),
    (80, None, "80+", "80 岁及以上"),
)
UNKNOWN = "unknown"
AGE_GROUPS = {code: label for _, _, code, label in GROUPS} | {UNKNOWN: "出生日期不详"}


def years_before(day: date, years: int) -> date:
    """The latest birth date of those who are ``years`` old or older on ``day``. A child of
    29 February completes its year on 1 March, where there is no 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_on(born_on: date | None, day: date) -> int | None:
    """Whole years (周岁) on ``day``; None without a birth date."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def aged(day: date, youngest: int, oldest: int | None = None, path="resident__born_on") -> Q:
    """Born so as to be of these ages, both included, on ``day``."""
    born = Q(**{f"{path}__lte": years_before(day, youngest)})
    if oldest is not None:
        born &= Q(**{f"{path}__gt": years_before(day, oldest + 1)})
    return born


def age_group(day: date, path="resident__born_on") -> Case:
    """The code of the group that a row's person is in on ``day``."""
    return Case(
        *(When(aged(day, young, old, path), then=Value(code)) for young, old, code, _ in GROUPS),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )
