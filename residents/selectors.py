"""Finding people: what was typed is classified first, then one column is asked (STACK, search)."""

import re
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portal.crypto import keyed_hash
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import access_of, current_scope
from portal.text import SEPARATOR, SEPARATORS
from portal.width import to_halfwidth
from residents.models import CareTag, Membership, ResidencySpell, Resident, Visit

MOST_AT_HAND = 300  # names that a phone keeps
LATIN = re.compile(r"^[a-z]+$")
FOUR = re.compile(r"^(\d{4}|\d{3}x)$")
MOBILE = re.compile(r"^1\d{10}$")
DOTS = re.compile(f"[{re.escape(SEPARATORS)}]")
BLANK_IN_NAME = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")  # 张 三
NUMBER = re.compile(r"^[0-9a-z]{8,20}$")


def headless(households) -> dict[int, date]:
    """Of these households those with members and no head: the first day of that, by household."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADLESS, [list(households)])
        return dict(cursor.fetchall())


_HEADLESS = """
SELECT household_id, lower(headless) FROM (
  SELECT household_id, range_agg(daterange(starts_on, ends_on, '[]'))
    - coalesce(
        range_agg(daterange(starts_on, ends_on, '[]')) FILTER (WHERE relation = '02'), '{}'
      ) AS headless
  FROM residents_membership WHERE household_id = ANY (%s) AND deleted_at IS NULL
  GROUP BY household_id
) AS homes WHERE NOT isempty(headless)
"""


def members_without_head(members) -> Iterator[tuple[Membership, str]]:
    """(member, message) for one of these memberships of each household that lacks a head."""
    members = list(members)
    for home, since in headless({member.household_id for member in members}).items():
        member = next(m for m in members if m.household_id == home)
        yield member, f"户“{member.household.number}”从 {since} 起有成员，却没有户主。"


def street_above(unit: Unit) -> Unit:
    """The street office that a unit belongs to; of a higher unit, itself."""
    while unit.kind in (UnitKind.COMMUNITY, UnitKind.GRID):
        unit = unit.parent
    return unit


ABSORBED = 50  # merged records of one search; more would be of a prefix that tells nothing


def with_merged(rows: QuerySet, condition: Q) -> QuerySet:
    """The residents of ``rows`` that meet the condition, themselves or by a record merged into them.

    The merged ones are read first: with them as a subquery no index would serve the condition.
    """
    merged = Resident.objects.filter(condition, merged_into__isnull=False)
    survivors = list(merged.values_list("merged_into", flat=True)[:ABSORBED])
    return rows.filter(condition | Q(pk__in=survivors) if survivors else condition)


def known_by_number(user, id_hash: str, *, besides: int | None = None) -> Resident | None:
    """The resident in sight with this number, be it of a record that was merged into them."""
    rows = with_merged(Resident.objects.visible_to(user), Q(id_hash=id_hash))
    return rows.exclude(pk=besides).select_related("unit").first()


def here() -> Q:
    """Whom a unit of the present scope keeps now: the phone and address of somebody who moved away
    answer no search of the former unit."""
    return Q(unit__in=current_scope().units)


def search_residents(rows: QuerySet, text: str) -> QuerySet:
    """Residents of ``rows`` by name, pinyin, initials, ID or phone (whole or last four)."""
    typed = to_halfwidth(text).strip().lower()
    compact = typed.replace(" ", "").replace("-", "")
    if not compact:
        return rows.none()
    if FOUR.match(compact):
        tail = compact.upper()
        return with_merged(
            rows,
            Q(id_tail_hash=keyed_hash(tail, "id4"))
            | (here() & Q(phone_tail_hash=keyed_hash(tail, "phone4"))),
        )
    if MOBILE.match(compact):
        return with_merged(rows, here() & Q(phone_hash=keyed_hash(compact, "phone")))
    if NUMBER.match(compact) and any(character.isdigit() for character in compact):
        number = compact.upper()
        return with_merged(
            rows,
            Q(id_hash=keyed_hash(number, "id"))
            | (here() & Q(phone_hash=keyed_hash(number, "phone"))),
        )
    if LATIN.match(compact):
        return with_merged(rows, _in("residents_by_sound(%s, %s)", compact, typed))
    words = text.strip()
    name = DOTS.sub(SEPARATOR, BLANK_IN_NAME.sub("", words))
    return with_merged(rows, _in("residents_by_words(%s, %s)", name, words))


def search_households(rows: QuerySet, text: str) -> QuerySet:
    """Households of ``rows`` whose number begins so or whose address holds it."""
    return rows.filter(_in("residents_homes_by_words(%s)", text))


def _in(function: str, *words: str) -> Q:
    """The rows whose keys a function of the wall gives: it searches through indexes, which LIKE under the
    policies cannot, and knows the present scope."""
    return Q(pk__in=RawSQL(f"SELECT {function}", words))  # noqa: S611  # nosec B611 names of our own


def extended_in(fact, besides: str = "") -> str:
    """The ledger of the department that extends the shared fact one-to-one, and so keeps it; "" where none
    does. A fact in the bin is kept by what went there with it. ``besides`` is the related name of an
    extension that does not count."""
    for relation in fact._meta.related_objects:
        other = relation.related_model
        extends = relation.one_to_one and hasattr(other, "deleted_at")
        if not extends or relation.get_accessor_name() == besides:
            continue
        rows = other._default_manager.filter(**{relation.field.name: fact})
        if fact.deleted_at is None:
            rows = rows.filter(deleted_at__isnull=True)
        if rows.exists():
            return getattr(other, "kept_in", str(other._meta.verbose_name))
    return ""


def search_outside(rows: QuerySet, text: str, also: str = "") -> QuerySet:
    """OutsidePersons of ``rows`` by name, pinyin, initials, number (whole or its last four) or the
    last four of the phone; a phone typed whole is found by its last four. ``also`` is a further
    column where the words may stand."""
    typed = to_halfwidth(text).strip().lower()
    compact = typed.replace(" ", "").replace("-", "")
    if not compact:
        return rows.none()
    by_name = Q(name__icontains=text.strip())
    if FOUR.match(compact):
        tail = compact.upper()
        return rows.filter(
            Q(number_tail_hash=keyed_hash(tail, "id4"))
            | Q(phone_tail_hash=keyed_hash(tail, "phone4"))
            | by_name
        )
    if MOBILE.match(compact):
        return rows.filter(phone_tail_hash=keyed_hash(compact[-4:], "phone4"))
    if NUMBER.match(compact) and any(sign.isdigit() for sign in compact):
        return rows.filter(number_hash=keyed_hash(compact.upper(), "id"))
    if LATIN.match(compact):
        sounds = Q(pinyin__startswith=compact) | Q(name_keys__contains=f"|{compact}")
        return rows.filter(sounds | by_name)
    return rows.filter(by_name | Q(**{f"{also}__contains": text.strip()}) if also else by_name)


def at_hand(user, permission: str) -> list[Resident]:
    """The residents whom a phone names without network: those with a care tag, whoever was visited longest
    ago first, then others of the user's own unit by name. Their names and addresses are all it needs."""
    access, today = access_of(user), timezone.localdate()
    lives = ResidencySpell.objects.in_force(today).filter(resident=OuterRef("pk"))
    people = Resident.objects.kept().filter(Exists(lives), unit__in=access.units(permission))
    tagged = Exists(CareTag.objects.in_force(today).filter(resident=OuterRef("pk")))
    last = Visit.objects.kept().filter(resident=OuterRef("pk")).order_by().values("resident")
    visited = last.annotate(last=Max("occurred_on")).values("last")
    cared = people.filter(tagged).annotate(last_visit=Subquery(visited))
    first = list(
        cared.order_by(F("last_visit").asc(nulls_first=True), "pinyin", "pk")[:MOST_AT_HAND]
    )
    rest = people.filter(~tagged, unit=access.home).order_by("pinyin", "pk")
    return first + list(rest[: MOST_AT_HAND - len(first)])
