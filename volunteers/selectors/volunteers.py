"""Volunteers: who is one on a day, and finding them by one typed text."""

from datetime import date

from django.db.models import Q, QuerySet

from portal.crypto import keyed_hash
from portal.width import to_halfwidth
from residents.ages import aged
from residents.models import Resident
from residents.selectors import FOUR, MOBILE, NUMBER, search_outside, search_residents
from volunteers.models import Volunteer, VolunteerOrg
from volunteers.models.volunteers import OF_AGE


def in_force(day: date) -> Q:
    """Signed up by the day, and not left by it: from ``left_on`` on nobody is a volunteer."""
    return Q(joined_on__lte=day) & (Q(left_on__isnull=True) | Q(left_on__gt=day))


def active_on(day: date, rows: QuerySet | None = None) -> QuerySet:
    """Those of ``rows``, of all that the scope sees by default, who are volunteers on the day."""
    rows = Volunteer.objects.all() if rows is None else rows
    return rows.kept().filter(in_force(day))


def search_volunteers(rows: QuerySet, text: str) -> QuerySet:
    """By the volunteer's number, by name, pinyin or initials, by a phone or its last four. IDs are not
    asked: team leaders search here, who know none."""
    typed = to_halfwidth(text).strip()
    if not typed:
        return rows.none()
    number = Q(serial_number__iexact=typed) | Q(serial_number__endswith=f"-{typed.upper()}")
    return rows.filter(number | _by_person(typed))


def _by_person(typed: str) -> Q:
    compact = typed.lower().replace(" ", "").replace("-", "")
    own = Q(resident=None)
    if FOUR.match(compact):
        tail = keyed_hash(compact, "phone4")
        return Q(resident__phone_tail_hash=tail) | own & Q(phone_tail_hash=tail)
    if MOBILE.match(compact):
        tail = keyed_hash(compact[-4:], "phone4")
        by_register = Q(resident__phone_hash=keyed_hash(compact, "phone"))
        return by_register | own & Q(phone_tail_hash=tail)
    if NUMBER.match(compact) and any(sign.isdigit() for sign in compact):
        return Q(pk__in=[])
    people = search_residents(Resident.objects.all(), typed)
    outside = search_outside(Volunteer.objects.filter(resident=None), typed)
    return Q(resident__in=people) | Q(pk__in=outside.values("pk"))


def of_ages(day: date, youngest: int, oldest: int | None) -> Q:
    """Volunteers of these ages on the day, by the register or by their own record."""
    by_register = aged(day, youngest, oldest)
    return by_register | Q(resident=None) & aged(day, youngest, oldest, "born_on")


def without_guardian(units, day: date) -> QuerySet:
    """Volunteers of the units under age on the day whose guardian's consent is not recorded whole."""
    missing = Q(guardian_agreed_on=None) | Q(guardian_name="")
    rows = active_on(day).filter(unit__in=units)
    return rows.filter(of_ages(day, 0, OF_AGE - 1), missing)


def orgs_on(day: date, rows: QuerySet) -> QuerySet:
    """The organisations of ``rows`` that existed on the day; the day of ending is the last one."""
    return rows.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=day), founded_on__lte=day, deleted_at=None
    )


def orgs_below(org: VolunteerOrg) -> set[int]:
    """The keys of the organisation and of all below it that the scope sees."""
    found, newest = {org.pk}, {org.pk}
    while newest:
        children = VolunteerOrg.objects.kept().filter(parent__in=newest)
        newest = set(children.values_list("pk", flat=True)) - found
        found |= newest
    return found
