"""Three years of life events: births, deaths, moves, marriages, service, absences."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.enums import Relation, Residency, Sex
from residents.events import record_event
from residents.life_events import LifeEventKind
from residents.models import Household, Membership, Resident

# Events of the whole street in the full year; the years around it are lighter, as for all facts.
SHARES = {YEAR - 1: 0.6, YEAR: 1.0, YEAR + 1: 0.4}
DEATHS, DEPARTURES, FAMILIES, ARRIVALS, WEDDINGS, ABSENCES, GRID_MOVES = (
    110, 160, 40, 150, 40, 60, 40,
)  # fmt: skip
LAST_DAY = date(YEAR + 1, 6, 20)
PLACES = ("江北区", "安平县", "临水市", "长宁镇", "外省务工地", "邻市新区")
Kind = LifeEventKind
# Who goes away by the first and, most of them, comes home by the second some months later.
THERE_AND_BACK = (
    (Kind.LEFT_HOME, Kind.CAME_HOME, 8),
    (Kind.ENLISTED, Kind.DISCHARGED, 3),
    (Kind.IMPRISONED, Kind.RELEASED, 1),
    (Kind.MISSING, Kind.FOUND, 1),
)


@dataclass
class Town:
    """The members as they are; who ``moved`` has had an event and is left alone afterwards."""

    world: World
    members: list
    moved: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def days(self, yearly: float):
        """A day for each of about ``yearly`` events a year, over the three years."""
        for year, share in SHARES.items():
            last = min(date(year, 12, 20), LAST_DAY)
            for _ in range(self.world.many(yearly * share)):
                yield self.world.day(date(year, 1, 5), last)

    def still(self, fits):
        """Members, each once, whom nothing happened to yet and who were there before it all."""
        for member in self.members:
            _, person, _, since = member
            if person.pk not in self.moved and since < date(YEAR - 1, 1, 1) and fits(member):
                self.moved.add(person.pk)
                yield member

    def happens(self, person, kind, day, unit=None, **details):
        return record_event(
            person,
            kind,
            on=day,
            by=None,
            unit=unit or person.unit,
            recorded_at=typed_at(day),
            **details,
        )

    def place(self) -> str:
        return self.world.random.choice(PLACES)


def add_events(world: World) -> None:
    """``world.shared["settled"]`` are those who were there before the first records and stayed."""
    members = list(world.shared["members"])
    world.random.shuffle(members)
    town = Town(world, members)
    _births(town)
    _deaths(town)
    _departures(town)
    _families_move(town)
    _arrivals(town)
    _weddings(town)
    _absences(town)
    _grid_moves(town)
    world.shared["gone"] = town.gone
    world.shared["settled"] = [
        entry
        for entry in world.shared["people"]
        if entry[0].pk not in town.gone and entry[2] < date(YEAR - 1, 1, 1)
    ]


def _age(person) -> int:
    return YEAR - person.born_on.year


def _leaves_household(person, day) -> None:
    open_ones = Membership.objects.filter(resident=person, ends_on__isnull=True)
    open_ones.update(ends_on=day - timedelta(days=1))


def _joins(town, home, person, relation, day) -> Membership:
    return Membership.objects.create(
        unit=home.unit,
        household=home,
        resident=person,
        relation=relation,
        starts_on=day,
        recorded_at=typed_at(day),
    )


def _births(town) -> None:
    """Who was born within the years came by it: their spell began on that day."""
    for _, person, _, since in town.members:
        if since == person.born_on and since >= date(YEAR - 1, 1, 1):
            town.happens(person, Kind.BORN, since, document_number=f"B{since:%Y%m%d}")
            town.moved.add(person.pk)


def _deaths(town) -> None:
    lone = {home.pk for home, _, relation, _ in town.members if relation == Relation.HEAD}
    lone -= {home.pk for home, _, relation, _ in town.members if relation != Relation.HEAD}
    elders = town.still(lambda m: _age(m[1]) > 68 and (m[2] != Relation.HEAD or m[0].pk in lone))
    for day, (_, person, _, _) in zip(town.days(DEATHS), elders, strict=False):
        _leaves_household(person, day)
        town.happens(person, Kind.DIED, day, document_number=f"S{day:%Y%m%d}")
        town.gone.add(person.pk)


def _departures(town) -> None:
    young = town.still(lambda m: 19 < _age(m[1]) < 35 and m[2] in (Relation.SON, Relation.DAUGHTER))
    for day, (_, person, _, _) in zip(town.days(DEPARTURES), young, strict=False):
        weds = person.sex == Sex.FEMALE and town.world.random.random() < 0.25
        _leaves_household(person, day)
        kind = Kind.MARRIED_OUT if weds else Kind.MOVED_OUT
        town.happens(person, kind, day, to_place=town.place())
        town.gone.add(person.pk)


def _families_move(town) -> None:
    """Whole households to another community: both know them, each records its side."""
    world, families = town.world, {}
    for member in town.members:
        families.setdefault(member[0].pk, []).append(member)
    whole = (
        family
        for family in families.values()
        if len(family) > 1
        and all(m[1].pk not in town.moved and m[3] < date(YEAR - 1, 1, 1) for m in family)
    )
    moves = zip(town.days(FAMILIES), list(whole), strict=False)
    for number, (day, family) in enumerate(moves, start=1):
        old = family[0][0]
        index = next(i for i, u in enumerate(world.communities) if u.pk == old.unit_id)
        unit = world.communities[(index + 3) % len(world.communities)]
        home = Household.objects.create(
            unit=unit,
            unit_ids=[unit.pk],
            number=f"迁-{number:03d}",
            address=f"{unit.name}滨河路{number % 90 + 1}号",
            grid=world.grids[unit.pk][0],
            recorded_at=typed_at(day),
        )
        for _, person, relation, _ in family:
            _leaves_household(person, day)
            places = {"from_place": old.address, "to_place": home.address}
            town.happens(person, Kind.RELOCATED_OUT, day, unit=old.unit, **places)
            town.happens(
                person,
                Kind.RELOCATED_IN,
                day,
                unit=unit,
                grid=home.grid,
                residency=person.residency,
                **places,
            )
            person.address = home.address
            person.save()
            _joins(town, home, person, relation, day)
            town.moved.add(person.pk)
            town.gone.add(person.pk)


def _newcomer(town, home, day, sex, age, **fields) -> Resident:
    world = town.world
    born = date(YEAR - age, world.random.randrange(1, 13), world.random.randrange(1, 28))
    person = world.shared["namer"].person(home.unit, sex, born, **fields)
    person.address, person.grid = home.address, home.grid
    person.phone = world.shared["namer"].phone()
    person.recorded_at = typed_at(day)
    person.derive()
    return person


def _arrivals(town) -> None:
    """Tenants and relatives from elsewhere; some have been here only for a few weeks."""
    random = town.world.random
    left = {m[0].pk for m in town.members if m[1].pk in town.gone}
    homes = list({m[0].pk: m[0] for m in town.members if m[0].pk not in left}.values())
    coming = []
    for day in town.days(ARRIVALS):
        sex = Sex.MALE if random.random() < 0.5 else Sex.FEMALE
        home = random.choice(homes)
        residency = random.choices(
            [Residency.FLOATING, Residency.LODGING, Residency.HERE], [6, 2, 2]
        )[0]
        person = _newcomer(town, home, day, sex, random.randrange(19, 50), residency=residency)
        coming.append((day, home, person))
    load(Resident, [person for _, _, person in coming])
    for day, home, person in coming:
        town.happens(
            person,
            Kind.MOVED_IN,
            day,
            residency=person.residency,
            grid=home.grid,
            from_place=town.place(),
        )
        _joins(town, home, person, Relation.NOT_KIN, day)


def _weddings(town) -> None:
    """A son of the house marries; the bride moves in."""
    sons = town.still(
        lambda m: m[1].sex == Sex.MALE and 22 < _age(m[1]) < 45 and m[2] == Relation.SON
    )
    for day, (home, son, _, _) in zip(town.days(WEDDINGS), sons, strict=False):
        bride = _newcomer(town, home, day, Sex.FEMALE, max(22, _age(son) - 1))
        load(Resident, [bride])
        town.happens(son, Kind.MARRIED, day)
        town.happens(bride, Kind.MARRIED_IN, day, grid=home.grid, from_place=town.place())
        _joins(town, home, bride, Relation.DAUGHTER_IN_LAW, day)


def _absences(town) -> None:
    random = town.world.random
    adults = town.still(lambda m: 18 < _age(m[1]) < 50 and m[1].residency == Residency.HERE)
    for day, (_, person, _, _) in zip(town.days(ABSENCES), adults, strict=False):
        away, home, _ = random.choices(THERE_AND_BACK, [share for _, _, share in THERE_AND_BACK])[0]
        town.happens(person, away, day, to_place=town.place())
        back = day + timedelta(days=random.randrange(60, 400))
        if back <= LAST_DAY and random.random() < 0.8:
            town.happens(person, home, back)


def _grid_moves(town) -> None:
    for day, (home, person, _, _) in zip(
        town.days(GRID_MOVES), town.still(lambda m: _age(m[1]) > 25), strict=False
    ):
        others = [g for g in town.world.grids[home.unit_id] if g.pk != person.grid_id]
        town.happens(
            person,
            Kind.RELOCATED,
            day,
            grid=town.world.random.choice(others),
            from_place=person.address,
        )
