"""What the page of an activity shows beyond its fields: its shifts and who signed up for them."""

from django.db.models import Prefetch
from django.urls import reverse

from portal.ledgers.registry import ledgers
from portal.scope import access_of
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.models import VolunteerActivity
from volunteers.models.hours import VOID
from volunteers.selectors.shifts import lacking_skill, standing, told_time, with_numbers
from volunteers.workflow import EDIT

SHOWN_SHIFTS = 60


def recruit_path(unit) -> str:
    """The public page on which the unit seeks volunteers; notices carry it."""
    return reverse("public-recruit", args=[unit.code])


def came_to(activity: VolunteerActivity) -> int:
    """How many volunteers came, by the records of service that stand."""
    rows = activity.services.kept().exclude(state__in=VOID)
    return rows.values("volunteer").distinct().count()


def page_of(activity: VolunteerActivity, user) -> dict:
    """The first shifts with their numbers and people, and how many there are; few queries, however many.
    Phones are masked, and told only to who keeps the activity."""
    may = access_of(user).may(EDIT, activity.unit_id)
    people = standing().select_related("volunteer__resident")
    people = people.order_by("state", "signed_at", "pk")
    shifts = with_numbers(activity.shifts.kept()).select_related("activity", "unit")
    shifts = shifts.prefetch_related(Prefetch("sign_ups", people, to_attr="people"))
    open_ = may and activity.state != ActivityState.CANCELLED
    shown = list(shifts[: SHOWN_SHIFTS + 1])
    is_cut = len(shown) > SHOWN_SHIFTS
    return {
        "shifts": [_told(shift, may, open_) for shift in shown[:SHOWN_SHIFTS]],
        "shift_count": activity.shifts.kept().count() if is_cut else len(shown),
        "shifts_url": reverse("volunteer-shifts-add", args=[activity.pk]) if open_ else "",
        "all_shifts_url": ledgers["shifts"].url() if is_cut else "",
    }


def _told(shift, may: bool, open_: bool) -> dict:
    ledger, rows = ledgers["shifts"], ledgers["sign-ups"]
    return {
        "name": shift.name or "班次",
        "url": ledger.url("detail", shift),
        "time": told_time(shift),
        "place": shift.place,
        "skill": shift.get_skill_display(),
        "capacity": shift.capacity,
        "signed": shift.signed,
        "waiting": shift.waiting,
        "came": shift.came,
        "lacking": max(shift.capacity - shift.signed, 0),
        "sign_up_url": reverse("volunteer-shift-sign-up", args=[shift.pk]) if open_ else "",
        "people": [
            {
                "name": row.volunteer.called,
                "url": rows.url("detail", row),
                "phone": row.volunteer.shown_phone if may else "",
                "waits": row.state == SignUpState.WAITING,
                "has_skill": bool(shift.skill) and not lacking_skill(shift, row.volunteer),
                "by_self": row.by_self,
            }
            for row in shift.people
        ],
    }
