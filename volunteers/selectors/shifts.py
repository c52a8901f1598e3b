"""What is known of shifts and of those who signed up for them."""

from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from residents.ages import years_before
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.enums.volunteers import Skill
from volunteers.models import Shift, SignUp, Volunteer, VolunteerInsurance
from volunteers.models.hours import VOID
from volunteers.models.volunteers import YOUNGEST

SEEKING = (ActivityState.RECRUITING, ActivityState.HELD)  # the later shifts of one that has begun
SIGNED, WAITING = Q(state=SignUpState.SIGNED), Q(state=SignUpState.WAITING)


def standing() -> QuerySet:
    """The sign-ups that count: neither withdrawn nor in the recycle bin."""
    return SignUp.objects.kept().exclude(state=SignUpState.CANCELLED)


def with_numbers(shifts: QuerySet) -> QuerySet:
    """The shifts with how many have a place (``signed``), how many wait (``waiting``), how many came."""
    kept = Q(sign_ups__deleted_at__isnull=True)
    came = Q(services__deleted_at__isnull=True) & ~Q(services__state__in=VOID)
    return shifts.annotate(
        signed=Count(
            "sign_ups", filter=kept & Q(sign_ups__state=SignUpState.SIGNED), distinct=True
        ),
        waiting=Count(
            "sign_ups", filter=kept & Q(sign_ups__state=SignUpState.WAITING), distinct=True
        ),
        came=Count("services__volunteer", filter=came, distinct=True),
    )


def open_shifts(unit, day: date) -> QuerySet:
    """The shifts of the unit from that day on for which anybody may sign up on a public page, with their
    numbers: of activities that seek volunteers openly, not begun yet where the day is today."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    rows = Shift.objects.kept().filter(
        unit=unit,
        starts_at__gte=max(begin, timezone.now()) if day == timezone.localdate() else begin,
        activity__deleted_at__isnull=True,
        activity__state__in=SEEKING,
        activity__is_public=True,
    )
    related = rows.select_related("activity__type", "activity__org", "unit")
    return with_numbers(related).order_by("starts_at", "pk")


def same_person(volunteer: Volunteer, path: str = "volunteer") -> Q:
    """Whoever this is, be it under another number or in another unit within sight."""
    same = Q(**{path: volunteer})
    if volunteer.resident_id:
        same |= Q(**{f"{path}__resident": volunteer.resident_id})
    elif volunteer.number_hash:
        same |= Q(**{f"{path}__number_hash": volunteer.number_hash})
    return same


def overlapping(shift: Shift, volunteer: Volunteer) -> QuerySet:
    """The person's sign-ups for other shifts at the same time; an activity called off is none."""
    rows = standing().filter(
        same_person(volunteer),
        shift__deleted_at__isnull=True,
        shift__starts_at__lt=shift.ends_at,
        shift__ends_at__gt=shift.starts_at,
    )
    rows = rows.exclude(shift=shift.pk).exclude(shift__activity__state=ActivityState.CANCELLED)
    return rows.select_related("shift__activity", "volunteer__resident").order_by("pk")


def signable(shift: Shift) -> QuerySet:
    """The volunteers of the unit who could sign up: in the register on the day, old enough, free, insured
    where there is a risk, and not signed up yet. The service has the last word."""
    day = timezone.localdate(shift.starts_at)
    rows = Volunteer.objects.kept().filter(unit=shift.unit_id, joined_on__lte=day)
    rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gt=day))
    born_after = years_before(day, YOUNGEST)
    rows = rows.exclude(resident__born_on__gt=born_after).exclude(born_on__gt=born_after)
    taken = standing().filter(
        shift__deleted_at__isnull=True,
        shift__starts_at__lt=shift.ends_at,
        shift__ends_at__gt=shift.starts_at,
    )
    taken = taken.exclude(shift__activity__state=ActivityState.CANCELLED)
    rows = rows.exclude(pk__in=taken.values("volunteer"))
    if shift.activity.type.is_risky:
        rows = rows.filter(pk__in=VolunteerInsurance.objects.in_force(day).values("volunteer"))
    return rows.select_related("resident").order_by("serial_number", "pk")


def insured_on(volunteer: Volunteer, day: date) -> bool:
    """Whether any insurance of the person is in force on the day."""
    return VolunteerInsurance.objects.in_force(day).filter(same_person(volunteer)).exists()


def lacking_skill(shift: Shift, volunteer: Volunteer) -> str:
    """The skill that the shift asks for and the volunteer did not name; "" where nothing is lacking."""
    if not shift.skill or shift.skill in volunteer.skills:
        return ""
    return str(Skill(shift.skill).label)


def told_time(shift: Shift) -> str:
    """2026-03-05 09:00–11:00; the second day stands where the shift ends on another one."""
    begins, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%Y-%m-%d %H:%M}–{until}"


def too_few(shifts: QuerySet) -> QuerySet:
    """Those with places left."""
    return with_numbers(shifts).filter(signed__lt=F("capacity"))


def close_at_hand(units, first: datetime, last: datetime) -> QuerySet:
    """The shifts of the units that begin within these moments and are not called off."""
    rows = Shift.objects.kept().filter(unit__in=units, starts_at__range=(first, last))
    rows = rows.exclude(activity__state=ActivityState.CANCELLED)
    return rows.select_related("activity", "unit").order_by("starts_at", "pk")


MOST_AT_HAND = 300  # names that a phone keeps


def volunteers_at_hand(units, shifts) -> list[tuple[int, str]]:
    """(key, name) for a phone: who signed up for these shifts, then the rest of the register."""
    signed = standing().filter(shift__in=shifts.order_by()).values("volunteer")
    rows = Volunteer.objects.kept().filter(unit__in=units, left_on__isnull=True)
    rows = rows.select_related("resident")
    first = list(rows.filter(pk__in=signed)[:MOST_AT_HAND])
    rest = rows.exclude(pk__in=signed).order_by("-pk")[: MOST_AT_HAND - len(first)]
    return [(each.pk, f"{each}（已报名）") for each in first] + [
        (each.pk, str(each)) for each in rest
    ]
