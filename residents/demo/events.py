"""Deaths, departures and moves between communities within the demo year."""

from datetime import date, timedelta

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.enums import Relation, SpellEnd
from residents.models import Household, Membership, ResidencySpell, Resident

FIRST, LAST = date(YEAR, 1, 5), date(YEAR, 12, 20)
DEATHS, DEPARTURES, MOVES = 160, 240, 70


def add_events(world: World) -> None:
    """End spells and memberships; movers get new ones, and are known to both communities.

    ``world.shared["settled"]`` are those who were there before the first records and stayed.
    """
    members = list(world.shared["members"])
    world.random.shuffle(members)
    lone = {home.pk for home, _, relation, _ in members if relation == Relation.HEAD}
    lone -= {home.pk for home, _, relation, _ in members if relation != Relation.HEAD}
    gone = set()
    elders = [m for m in members if _age(m[1]) > 68 and (m[2] != Relation.HEAD or m[0].pk in lone)]
    leavers = [
        m for m in members if 19 < _age(m[1]) < 35 and m[2] in (Relation.SON, Relation.DAUGHTER)
    ]
    for chosen, number, why in (
        (elders, DEATHS, SpellEnd.DIED),
        (leavers, DEPARTURES, SpellEnd.MOVED),
    ):
        for _, person, _, since in chosen[: world.many(number)]:
            _leave(person, max(world.day(FIRST, LAST), since), why)
            gone.add(person.pk)
    _move_households(world, members, gone)
    world.shared["gone"] = gone
    world.shared["settled"] = [
        entry
        for entry in world.shared["people"]
        if entry[0].pk not in gone and entry[2] < date(YEAR - 1, 1, 1)
    ]


def _age(person) -> int:
    return YEAR - person.born_on.year


def _leave(person, day, why) -> None:
    open_spells = ResidencySpell.objects.filter(resident=person, ends_on__isnull=True)
    open_spells.update(ends_on=day, ended_by=why)
    Membership.objects.filter(resident=person, ends_on__isnull=True).update(ends_on=day)


def _move_households(world: World, members, gone) -> None:
    families: dict[int, list] = {}
    for member in members:
        families.setdefault(member[0].pk, []).append(member)
    whole = [
        family
        for family in families.values()
        if len(family) > 1 and all(m[1].pk not in gone and m[3] < FIRST for m in family)
    ]
    spells, memberships = [], []
    for number, family in enumerate(whole[: world.many(MOVES)], start=1):
        old = family[0][0]
        index = next(i for i, u in enumerate(world.communities) if u.pk == old.unit_id)
        unit = world.communities[(index + 3) % len(world.communities)]
        day = world.day(FIRST, LAST)
        home = Household.objects.create(
            unit=unit,
            unit_ids=[unit.pk],
            number=f"迁-{number:03d}",
            address=f"{unit.name}滨河路{number % 90 + 1}号",
            grid=world.grids[unit.pk][0],
            recorded_at=typed_at(day),
        )
        for _, person, relation, _ in family:
            _leave(person, day - timedelta(days=1), SpellEnd.MOVED)
            Resident.objects.filter(pk=person.pk).update(
                unit=unit,
                unit_ids=[old.unit_id, unit.pk],
                address=home.address,
                grid=home.grid,
            )
            spells.append(_at(ResidencySpell, unit, person, day))
            entry = _at(Membership, unit, person, day)
            entry.household, entry.relation = home, relation
            memberships.append(entry)
            gone.add(person.pk)
    load(ResidencySpell, spells)
    load(Membership, memberships)


def _at(model, unit, person, day):
    return model(unit=unit, resident=person, starts_on=day, recorded_at=typed_at(day))
