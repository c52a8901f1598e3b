"""Lists of residents to tick where one text is recorded for many: met lately, cared for, of a building or
a grid. A community is too long for one list, so the page shows one such part at a time."""

from collections import defaultdict

from django.utils import timezone

from portal.ledgers.dealt_with import dealt_with
from portal.ledgers.fields import sent_id
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import current_scope
from residents.models import Building, CareKind, CareTag, Membership, Resident
from residents.people_ticks import Candidate, TickedPeopleField

LATELY, EVERYBODY = "lately", "all"
MOST_LATELY, MOST_LISTED = 60, 500


def people_here(user):
    """The living whom a unit of the user keeps now."""
    people = Resident.objects.visible_to(user).filter(died_on__isnull=True)
    return people.filter(unit__in=current_scope().units)


def choosing_people(ledger, user, narrowed: str):
    """(field, context) as Ledger.choosing_many asks for."""
    groups = _groups(user)
    known = {key for _, options in groups for key, _ in options}
    chosen = narrowed if narrowed in known else LATELY
    people = _people(ledger, user, chosen)
    homes = _homes(people) if chosen.startswith("building:") else {}
    cared = _cared_for(people)
    # (label, choices, the keys of a person), of those ways that would narrow the list.
    ways = [
        (
            "户",
            _by_text(homes),
            lambda person: [str(home[0])] if (home := homes.get(person)) else [],
        ),
        ("关爱类别", _kinds(cared), lambda person: cared.get(person, [])),
    ]
    ways = [way for way in ways if way[1]]

    def offered():
        for person in people:
            _, address = homes.get(person.pk, (0, person.address))
            yield Candidate.of(person, address, *(keys(person.pk) for _, _, keys in ways))

    field = TickedPeopleField(
        user=user,
        label="居民",
        offered=offered,
        narrowed_by=[(label, choices) for label, choices, _ in ways],
    )
    field.error_messages["required"] = "请勾选至少一位居民。"
    told = {"groups": groups, "narrowed": chosen, "cut": len(people) == MOST_LISTED}
    return field, told


def _groups(user) -> list[tuple[str, list[tuple[str, str]]]]:
    """The lists that may be chosen, under headings."""
    kinds = CareKind.objects.filter(is_retired=False).order_by("ordinal", "code")
    buildings = Building.objects.visible_to(user).order_by("name")[:300]
    grids = Unit.objects.filter(kind=UnitKind.GRID, parent__in=current_scope().units)
    grids = grids.valid_on(timezone.localdate()).order_by("code")[:300]
    groups = [
        ("", [(LATELY, "近期办过的居民"), (EVERYBODY, f"全部居民（最多列 {MOST_LISTED} 人）")]),
        ("关爱对象", [(f"care:{kind.pk}", kind.name) for kind in kinds]),
        ("楼栋", [(f"building:{each.pk}", each.name) for each in buildings]),
        ("网格", [(f"grid:{grid.pk}", grid.name) for grid in grids]),
    ]
    return [(title, options) for title, options in groups if options]


def _people(ledger, user, chosen: str) -> list[Resident]:
    if chosen == LATELY:
        here = current_scope().units
        met = dealt_with(ledger, user, MOST_LATELY)
        return [person for person in met if person.unit_id in here and person.died_on is None]
    rows, today = people_here(user), timezone.localdate()
    name, _, key = chosen.partition(":")
    match name:
        case "care":
            tags = CareTag.objects.kept().in_force(today).filter(kind=sent_id(key))
            rows = rows.filter(pk__in=tags.values("resident"))
        case "building":
            living = Membership.objects.kept().in_force(today)
            living = living.filter(household__dwelling__building=sent_id(key))
            rows = rows.filter(pk__in=living.values("resident"))
        case "grid":
            rows = rows.filter(grid=sent_id(key))
    return list(rows.order_by("pinyin", "pk")[:MOST_LISTED])


def _homes(people) -> dict[int, tuple[int, str]]:
    """The household of each person: (key, how it is called)."""
    members = Membership.objects.kept().in_force(timezone.localdate())
    members = members.filter(resident__in=[person.pk for person in people])
    return {
        member.resident_id: (member.household_id, str(member.household))
        for member in members.select_related("household")
    }


def _by_text(homes) -> list[tuple[str, str]]:
    return sorted({(str(key), text) for key, text in homes.values()}, key=lambda pair: pair[1])


def _cared_for(people) -> dict[int, list[str]]:
    tags = CareTag.objects.kept().in_force(timezone.localdate())
    found = defaultdict(list)
    keys = [person.pk for person in people]
    for person, kind in tags.filter(resident__in=keys).values_list("resident", "kind"):
        found[person].append(str(kind))
    return found


def _kinds(cared) -> list[tuple[str, str]]:
    wanted = {int(kind) for kinds in cared.values() for kind in kinds}
    kinds = CareKind.objects.filter(pk__in=wanted).order_by("ordinal", "code") if wanted else ()
    return [(str(kind.pk), kind.name) for kind in kinds]
