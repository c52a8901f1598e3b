"""The demo's programmes and who is enrolled in them, from a chance of their own so that other demo
data stays as it is."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from disability.enums import Category, SelfCare
from disability.enums.programmes import DoseTime, EnrolmentEnd, ProgrammeKind
from disability.models import DisabilityFile, Enrolment, Programme
from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import Unit
from portal.office.models import Facility
from residents.id_numbers import IdKind

OPENED = date(YEAR - 1, 3, 4)
LATER = date(YEAR, 3, 3)


@dataclass
class Place:
    """A programme with its people. ``born`` are the years of birth of whom it takes in the demo,
    ``category`` their disability, any for None; ``size`` is their number at full scale."""

    programme: Programme
    size: int
    category: str | None
    born: range
    takes_medicine: bool = False
    enrolments: list[Enrolment] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.programme.unit


def chance() -> Random:
    return Random(SEED + 31)  # noqa: S311  not a secret


def open_programmes(world: World) -> list[Place]:
    first, second = world.communities[:2]
    homes = {home.unit_id: home for home in Facility.objects.kept().filter(kind="home")}

    def programme(unit, name, kind, **rules):
        return Programme(
            unit=unit,
            name=name,
            kind=kind,
            facility=homes.get(unit.pk),
            starts_on=OPENED,
            head=world.staff(unit),
            recorded_at=typed_at(OPENED),
            **rules,
        )

    places = [
        Place(
            programme(
                first,
                "阳光之家",
                ProgrammeKind.SUNSHINE,
                youngest=16,
                oldest=35,
                categories=[Category.INTELLECTUAL],
                capacity=30,
                hours="8:30—11:30、14:00—16:30",
                tasks="生活技能和简单劳动训练，兴趣小组活动。",
            ),
            20,
            Category.INTELLECTUAL,
            range(YEAR - 29, YEAR - 17),
        ),
        Place(
            programme(
                first,
                "温馨护理站",
                ProgrammeKind.CARE,
                categories=[Category.MENTAL],
                capacity=20,
                hours="8:30—17:00",
                tasks="按时服药、精神科护理、与家长保持联系，学习和户外运动。",
            ),
            12,
            Category.MENTAL,
            range(YEAR - 60, YEAR - 30),
            takes_medicine=True,
        ),
        Place(
            programme(second, "康乐活动室", ProgrammeKind.ROOM, capacity=40, hours="14:00—17:00"),
            10,
            None,
            range(YEAR - 80, YEAR - 20),
        ),
    ]
    load(Programme, [place.programme for place in places])
    world.shared["enrolled"] = set()
    return places


def enrol(world: World, place: Place, random: Random) -> None:
    """People of the place's community, most since it opened, some later, one gone again."""
    size = max(4, world.many(place.size))
    people = _with_file(world, place, size) if place.category else _disabled(world, place)
    rows = []
    for number, person in enumerate(people[:size]):
        starts_on = LATER if number % 5 == 4 else OPENED
        gone = number % 9 == 3
        rows.append(
            Enrolment(
                unit=place.unit,
                programme=place.programme,
                resident=person,
                starts_on=starts_on,
                ends_on=date(YEAR, 9, 30) if gone else None,
                end_reason=EnrolmentEnd.EMPLOYED if gone else "",
                dose_times=_doses(random) if place.takes_medicine else [],
                recorded_at=typed_at(starts_on),
            )
        )
        world.shared["enrolled"].add(person.pk)
    place.enrolments = load(Enrolment, rows)


def _doses(random: Random) -> list[str]:
    return random.choice(([DoseTime.MORNING], [DoseTime.MORNING, DoseTime.NOON]))


def _disabled(world: World, place: Place) -> list:
    return [
        person
        for person, unit in world.shared["disabled"]
        if unit == place.unit and person.born_on.year in place.born
    ]


def _with_file(world: World, place: Place, size: int) -> list:
    """People of the fitting age without a file, who are given one of the place's category: by chance
    alone too few of a community have it."""
    known = {person.pk for person, _ in world.shared["disabled"]}
    people = [
        person
        for person, unit, _ in world.shared["settled"]
        if unit == place.unit
        and person.pk not in known
        and person.id_kind == IdKind.CITIZEN
        and person.born_on.year in place.born
    ][:size]
    opened = date(YEAR - 1, 1, 10)
    load(
        DisabilityFile,
        [
            DisabilityFile(
                unit=place.unit,
                resident=person,
                components=[f"{place.category}{2 + number % 2}"],
                self_care=SelfCare.PARTIAL,
                cause="先天性",
                guardian_name=f"{person.name[0]}玉珍",
                guardian_relation="母亲",
                opened_on=opened,
                recorded_at=typed_at(opened),
            )
            for number, person in enumerate(people)
        ],
    )
    world.shared["disabled"] += [(person, place.unit) for person in people]
    return people
