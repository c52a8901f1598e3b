"""Why a resident stands in the numbers of two communities, or of none any more."""

from collections import defaultdict
from itertools import pairwise

from django.db.models import F, Q

from portal.crossings import Crossing, CrossingKind, Reason, register
from portal.periods import Period
from portal.telling import month_day
from residents.models import Membership, ResidencySpell, Resident


def explain(people: frozenset[int], period: Period):
    yield from merged(people)
    yield from moved(people, period)
    yield from split(people, period)
    yield from dead(people, period)


def merged(people):
    """Two records of one person were joined: what stood in both stands in one now. The words name nobody:
    whoever reads them need not see the register."""
    joined = Q(merged_into__in=people) | Q(pk__in=people, merged_into__isnull=False)
    rows = Resident.objects.filter(joined).select_related("unit").order_by("pk")
    for absorbed in rows:
        if absorbed.merged_into_id in people:
            words = f"{absorbed.unit}另有同一人的一份档案，已并入"
            yield absorbed.merged_into_id, Reason(CrossingKind.MERGED, words)
        if absorbed.pk in people:
            words = "这份档案已并入同一人的另一份档案"
            yield absorbed.pk, Reason(CrossingKind.MERGED, words)


def moved(people, period):
    """On the register of one unit after the other within the period."""
    spells = (
        ResidencySpell.objects.kept()
        .filter(resident__in=people, starts_on__lte=period.end)
        .exclude(ends_on__lt=period.start)
        .select_related("unit")
        .order_by("resident", "starts_on")
    )
    by_person = defaultdict(list)
    for spell in spells:
        by_person[spell.resident_id].append(spell)
    for person, held in by_person.items():
        for before, after in pairwise(held):
            if before.unit_id != after.unit_id:
                day = f"{after.starts_on.year}年{month_day(after.starts_on)}"
                words = f"{day}由{before.unit}迁到{after.unit}"
                yield person, Reason(CrossingKind.MOVED, words)


def split(people, period):
    """户籍 in a household of one unit, living in one of another, on the period's last day."""
    held = (
        Membership.objects.kept()
        .filter(resident__in=people, starts_on__lte=period.end)
        .exclude(ends_on__lt=period.end)
        .exclude(registered=F("living"))
        .select_related("household__unit")
    )
    homes = defaultdict(dict)
    for row in held:
        homes[row.resident_id]["lives" if row.living else "registered"] = row.household.unit
    for person, found in homes.items():
        if len(found) == 2 and found["lives"] != found["registered"]:
            words = f"户在{found['registered']}，人在{found['lives']}"
            yield person, Reason(CrossingKind.SPLIT, words)


def dead(people, period):
    rows = Resident.objects.filter(pk__in=people, died_on__lte=period.end)
    for person, day in rows.values_list("pk", "died_on"):
        yield person, Reason(CrossingKind.DEAD, f"{day.year}年{month_day(day)}去世")


register(Crossing("residents.resident", explain))
