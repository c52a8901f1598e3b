"""Households of a city community: couples, parents with children, three generations, elders alone."""

from datetime import date, timedelta

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.demo.dwellings import Estate
from residents.demo.names import Namer
from residents.enums import (
    Education,
    Employment,
    HouseholdKind,
    MaritalStatus,
    Politics,
    Relation,
    Residency,
    Sex,
    SpellEnd,
)
from residents.models import Household, Membership, ResidencySpell, Resident

HOUSEHOLDS = 11_000
# Share of each kind of household, and who lives in it besides the head.
KINDS = (
    (0.13, "elder", ()),
    (0.10, "adult", ()),
    (0.14, "elder", ("spouse",)),
    (0.12, "adult", ("spouse",)),
    (0.20, "adult", ("spouse", "child")),
    (0.12, "adult", ("spouse", "child", "child")),
    (0.13, "adult", ("spouse", "child", "father", "mother")),
    (0.06, "elder", ("spouse", "grown child")),
)
YEAR_END = date(YEAR, 12, 31)


def add_households(world: World) -> None:
    """Fill ``world.shared['people']``: (resident, unit, first day) for every person made."""
    namer = world.shared["namer"] = Namer(world.random)
    homes, people, members = [], [], []
    estate = Estate(world)
    special = namer.special(world.communities[0])
    for index in range(world.many(HOUSEHOLDS)):
        unit = world.communities[index % len(world.communities)]
        number = index // len(world.communities) + 1
        home = _home(unit, number, estate.flat(unit, number))
        homes.append(home)
        for person, relation, since in _family(world, namer, unit, special, index):
            person.address = home.address
            person.registered_address = home.address
            person.grid = home.grid
            _finish(world, namer, person)
            people.append((person, unit, since))
            members.append((home, person, relation, since))
    estate.store()
    for home in homes:
        home.dwelling_id = home.dwelling.pk
    load(Household, homes)
    load(Resident, (person for person, _, _ in people))
    load(ResidencySpell, (_spell(person, unit, since) for person, unit, since in people))
    load(Membership, (_membership(*member) for member in members))
    world.shared["people"] = people
    world.shared["members"] = members


def _home(unit, number, flat) -> Household:
    building = flat.building
    return Household(
        unit=unit,
        unit_ids=[unit.pk],
        number=f"{building.name.split('号')[1].removesuffix('栋')}-{number:04d}",
        kind=HouseholdKind.FAMILY,
        dwelling=flat,
        address=flat.address,
        grid=building.grid,
        recorded_at=typed_at(date(2024, 1, 10)),
    )


def _finish(world, namer, person) -> None:
    random = world.random
    age = YEAR - person.born_on.year
    if age > 12 and random.random() < 0.9:
        person.phone = namer.phone()
    if person.residency == Residency.HERE and age > 17:
        person.residency = random.choices(
            [Residency.HERE, Residency.AWAY, Residency.LODGING, Residency.FLOATING],
            [78, 7, 8, 7],
        )[0]
    _tell_more(random, person, age)
    person.recorded_at = typed_at(date(2024, 1, 10))
    person.derive()


def _tell_more(random, person, age) -> None:
    """School, work, marriage and politics as fit the age; much stays unknown, as it does."""
    if age < 7:
        person.employment = Employment.PRESCHOOL
        return
    if age < 19:
        person.employment = Employment.STUDENT
        person.education = Education.PRIMARY if age < 13 else Education.JUNIOR
        return
    person.education = random.choices(
        [Education.UNDERGRADUATE, Education.COLLEGE, Education.SENIOR, Education.JUNIOR, ""],
        [3, 3, 4, 4, 3],
    )[0]
    person.politics = random.choices(
        [Politics.MASSES, Politics.PARTY, Politics.YOUTH_LEAGUE if age < 29 else "", ""],
        [12, 2, 2, 3],
    )[0]
    if age > 60:
        person.employment = Employment.RETIRED
        person.contact_name = f"{person.name[0]}小明" if random.random() < 0.3 else ""
    else:
        person.employment = random.choices(
            [Employment.EMPLOYED, Employment.SELF_EMPLOYED, Employment.UNEMPLOYED, ""],
            [10, 4, 1, 2],
        )[0]
    person.marital_status = random.choices(
        [MaritalStatus.MARRIED, MaritalStatus.SINGLE, MaritalStatus.DIVORCED, ""],
        [8, 6 if age < 30 else 1, 1, 3],
    )[0]


def _born(world, youngest, oldest) -> date:
    """A birthday of somebody who is between the ages, in completed years at the year's end."""
    days = world.random.randrange(youngest * 365, oldest * 365 + 300)
    return YEAR_END - timedelta(days=days)


def _family(world, namer, unit, special, index):
    """The people of one household, the head first: (resident, relation, since)."""
    random = world.random
    [(_, head, others)] = random.choices(KINDS, [share for share, _, _ in KINDS])
    moved_in = date(random.randrange(2004, 2024), random.randrange(1, 13), random.randrange(1, 28))
    sex = Sex.MALE if random.random() < 0.68 else Sex.FEMALE
    born = _born(world, 62, 92) if head == "elder" else _born(world, 26, 58)
    if special and index % len(world.communities) == 0:
        first = special.pop()
        yield first, Relation.HEAD, max(moved_in, first.born_on)
        return
    surname = namer.name(sex)[0]
    person = namer.person(unit, sex, born, surname)
    yield person, Relation.HEAD, max(moved_in, born)
    for role in others:
        yield _relative(world, namer, unit, role, sex, born, surname, moved_in)


def _relative(world, namer, unit, role, head_sex, head_born, surname, moved_in):
    random = world.random
    sex = Sex.MALE if random.random() < 0.5 else Sex.FEMALE
    fields = {}
    if role == "spouse":
        sex = Sex.FEMALE if head_sex == Sex.MALE else Sex.MALE
        born = head_born + timedelta(days=random.randrange(-1500, 1500))
        relation, surname = Relation.SPOUSE, ""
    elif role in ("father", "mother"):
        sex = Sex.MALE if role == "father" else Sex.FEMALE
        born = head_born - timedelta(days=365 * random.randrange(22, 33))
        born = max(born, date(1928, 2, 1))
        relation = Relation.FATHER if sex == Sex.MALE else Relation.MOTHER
        surname = surname if sex == Sex.MALE else ""
    else:
        gap = random.randrange(24, 34) if role == "child" else random.randrange(22, 30)
        born = min(head_born + timedelta(days=365 * gap), YEAR_END - timedelta(days=5))
        relation = Relation.SON if sex == Sex.MALE else Relation.DAUGHTER
        if born > date(YEAR, 9, 1) and random.random() < 0.5:
            fields["no_id_reason"] = "新生儿未落户"
            fields["id_kind"] = "none"
    person = namer.person(unit, sex, born, surname, **fields)
    return person, relation, max(moved_in, born)


def _spell(person, unit, since, ends_on=None, ended_by="") -> ResidencySpell:
    ended_by = ended_by or (SpellEnd.OTHER if ends_on else "")
    return ResidencySpell(
        unit=unit,
        resident=person,
        starts_on=since,
        ends_on=ends_on,
        ended_by=ended_by,
        recorded_at=typed_at(since),
    )


def _membership(home, person, relation, since) -> Membership:
    return Membership(
        unit=home.unit,
        household=home,
        resident=person,
        relation=relation,
        starts_on=since,
        recorded_at=typed_at(since),
    )
