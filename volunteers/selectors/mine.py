"""What a volunteer sees of their own by their link: every selector begins from the volunteer.

The scope is the volunteer's unit; these filters are what keeps each of them to their own rows.
"""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from portal.marks import Holder
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.enums.certificates import CertificateState
from volunteers.enums.hours import CorrectionState, HoursState
from volunteers.models import (
    HoursCorrection,
    ServiceCertificate,
    ServiceRecord,
    Shift,
    SignUp,
    Volunteer,
)
from volunteers.models.hours import VOID
from volunteers.selectors.hours import counted_minutes
from volunteers.selectors.shifts import open_shifts, standing, with_numbers
from volunteers.selectors.stars import next_star, present_star

ON_THE_WAY = (HoursState.RECORDED, HoursState.CONFIRMED, HoursState.POSTED)
CORRECTABLE = (*ON_THE_WAY, HoursState.COUNTED, HoursState.REFUSED)


def volunteer_of(holder: Holder) -> Volunteer | None:
    """Whose link it is."""
    rows = Volunteer.objects.kept().filter(pk=holder.key, unit=holder.unit_id)
    return rows.select_related("unit__parent__parent", "resident").first()


# --- shifts ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Coming:
    """A shift that the volunteer signed up for; ``place`` in the waiting list, 0 with a place."""

    sign_up: SignUp
    place: int

    shift = property(lambda self: self.sign_up.shift)
    is_cancelled = property(
        lambda self: self.sign_up.shift.activity.state == ActivityState.CANCELLED
    )


def coming(volunteer: Volunteer) -> list[Coming]:
    """What they signed up for and is not over, the next one first."""
    rows = standing().filter(
        volunteer=volunteer,
        shift__deleted_at__isnull=True,
        shift__activity__deleted_at__isnull=True,
        shift__ends_at__gte=timezone.now(),
    )
    ordered = rows.select_related("shift__activity").order_by("shift__starts_at", "pk")
    return [Coming(row, place_of(row)) for row in ordered]


def place_of(row: SignUp) -> int:
    """Which one it is of those who wait; 0 where it does not wait."""
    if row.state != SignUpState.WAITING:
        return 0
    waiting = standing().filter(shift=row.shift_id, state=SignUpState.WAITING)
    sooner = Q(signed_at__lt=row.signed_at) | Q(signed_at=row.signed_at, pk__lt=row.pk)
    return waiting.filter(sooner).count() + 1


def offered(volunteer: Volunteer) -> QuerySet:
    """The open shifts of their unit, but for those that they signed up for."""
    taken = standing().filter(volunteer=volunteer).values("shift")
    return open_shifts(volunteer.unit, timezone.localdate()).exclude(pk__in=taken)


def sign_up_for(volunteer: Volunteer, shift: Shift) -> SignUp | None:
    return standing().filter(volunteer=volunteer, shift=shift).first()


def shift_for(volunteer: Volunteer, pk: int) -> Shift | None:
    """A shift of their unit that is open to them or for which they signed up."""
    taken = standing().filter(volunteer=volunteer, shift=pk).values("shift")
    rows = with_numbers(shifts_of(volunteer)).filter(pk=pk)
    found = rows.first()
    if found is None:
        return None
    opened = open_shifts(volunteer.unit, timezone.localdate()).filter(pk=pk)
    return found if opened.exists() or taken.exists() else None


def shifts_of(volunteer: Volunteer) -> QuerySet:
    """All shifts of their unit: whoever stands before the poster may check in."""
    rows = Shift.objects.kept().filter(unit=volunteer.unit_id, activity__deleted_at__isnull=True)
    return rows.exclude(activity__state=ActivityState.CANCELLED).select_related(
        "activity__type", "activity__org", "unit"
    )


# --- hours ----------------------------------------------------------------------------------------
def services(volunteer: Volunteer) -> QuerySet:
    """Their records, the newest first, each with its corrections (``asked``), the newest first."""
    asked = HoursCorrection.objects.kept().order_by("-pk")
    rows = ServiceRecord.objects.kept().filter(volunteer=volunteer)
    rows = rows.prefetch_related(Prefetch("corrections", asked, to_attr="asked"))
    return rows.select_related("activity", "shift", "posting").order_by("-occurred_on", "-pk")


def presence(volunteer: Volunteer, shift: Shift) -> ServiceRecord | None:
    """Their last coming to the shift, unless it was refused."""
    return services(volunteer).filter(shift=shift).exclude(state__in=VOID).order_by("-pk").first()


def on_the_way(volunteer: Volunteer) -> int:
    """Minutes that are recorded and do not count yet."""
    rows = services(volunteer).filter(state__in=ON_THE_WAY).order_by()
    return sum(rows.exclude(minutes=None).values_list("minutes", flat=True))


def open_correction(record: ServiceRecord):
    return record.corrections.kept().filter(state=CorrectionState.OPEN).first()


@dataclass(frozen=True)
class Standing:
    """What they have served so far; ``lacking`` minutes to the ``next`` star."""

    counted: int
    on_the_way: int
    star: object
    next: object
    lacking: int


def standing_of(volunteer: Volunteer) -> Standing:
    ahead, lacking = next_star(volunteer) or (None, 0)
    return Standing(
        counted_minutes(volunteer), on_the_way(volunteer), present_star(volunteer), ahead, lacking
    )


# --- certificates ---------------------------------------------------------------------------------
def certificates_waiting(volunteer: Volunteer) -> QuerySet:
    return certificates(volunteer).filter(state=CertificateState.REQUESTED)


def certificates(volunteer: Volunteer) -> QuerySet:
    rows = ServiceCertificate.objects.kept().filter(volunteer=volunteer)
    return rows.order_by("-occurred_on", "-pk")
