"""A street with communities and grids, people of every role, and records scattered by a seed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from portal.models import Unit, UnitChange, User
from portal.models.units import UnitKind
from portal.roles import Role
from residents.enums import ApplicationState, VisitMode
from residents.workflow import UNDECIDED
from servicecenter.enums.cases import CaseState
from tests import factories
from tests.conftest import (
    acting_as,
    as_command,
    new_community,
    new_district,
    new_street,
    new_user,
)
from tests.factories import (
    cases,
    sanitation_cleaners,
    sanitation_inspect,
    sanitation_market,
    sanitation_rectification,
    sanitation_sites,
    sanitation_waste,
    volunteer_activities,
)

OF_STREET = {
    Role.SANITATION_INSPECTOR,
    Role.STREET_SECTION,
    Role.STREET_SUPERVISOR,
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
}


@dataclass(frozen=True)
class Town:
    """``former`` was merged into the first of ``communities``; that one has two ``grids``."""

    street: Unit
    communities: list[Unit]
    former: Unit
    grids: list[Unit]
    users: dict[str, User]

    @property
    def supervisor(self) -> User:
        return self.users[Role.STREET_SUPERVISOR]


def new_town() -> Town:
    street = new_street(new_district())
    first = new_community(street)
    with as_command():
        communities = [first, *(_community(street, number) for number in (2, 3))]
        former = _community(street, 9, name="旧街社区", valid_to=date(2025, 3, 31))
        UnitChange.objects.create(
            unit=former, successor=first, kind=UnitChange.Kind.MERGE, effective_on=date(2025, 4, 1)
        )
        grids = [
            Unit.objects.create(
                kind=UnitKind.GRID,
                code=f"{first.code}{number:03d}",
                name=f"第{number}网格",
                parent=first,
            )
            for number in (1, 2)
        ]
    users = {role: new_user(role, street if role in OF_STREET else first) for role in Role}
    return Town(street, communities, former, grids, users)


def _community(street, number, name="", **fields):
    return Unit.objects.create(
        kind=UnitKind.COMMUNITY,
        code=f"440103001{number:03d}",
        name=name or f"第{number}社区",
        parent=street,
        **fields,
    )


def scatter(town: Town, seed: int, count: int = 40) -> None:
    """``count`` records of many kinds, of this year and the last, some in grids, some seen by two units."""
    chance = random.Random(seed)
    with acting_as(town.street):
        places = [*town.communities, town.former, town.street]
        people = [_person(chance, town, chance.choice(places)) for _ in range(count // 2)]
        for number in range(count):
            _record(chance, town, chance.choice(people), number, seed)


def _day(chance) -> date:
    return timezone.localdate() - timedelta(days=chance.randrange(0, 640))


def _grid(chance, town, unit) -> dict:
    grids = [*town.grids, None] if unit == town.communities[0] else [None]
    return {"grid": chance.choice(grids)}


def _person(chance, town, unit):
    person = factories.resident(
        unit,
        born_on=date(chance.randrange(1930, 2020), 5, 17),
        since=_day(chance),
        **_grid(chance, town, unit),
    )
    if chance.random() < 0.6:
        factories.disability_file(person, opened_on=_day(chance))
    return person


def _record(chance, town, person, number, seed) -> None:
    day, unit = _day(chance), person.unit
    grid = _grid(chance, town, unit)
    match number % 8:
        case 0 | 1:
            seen_by = chance.choice([unit, unit, town.communities[1], town.street])
            mode = chance.choice(VisitMode.values)
            factories.visit(person, day, unit=seen_by, mode=mode, domains=["disability"])
        case 2:
            factories.assistance(person, day, amount=chance.randrange(0, 900))
        case 3:
            factories.activity(
                unit, day, participants=chance.randrange(0, 90), domains=["disability"]
            )
        case 4:
            factories.handout(unit, chance.randrange(1, 300), day)
        case 5:
            state = chance.choice(ApplicationState.values)
            decided = None if state in UNDECIDED else day
            factories.application(person, day, state=state, decided_on=decided)
        case 6:
            state = chance.choice([CaseState.REGISTERED, CaseState.ACCEPTED, CaseState.REPLIED])
            cases.case(unit, state, resident=person, occurred_on=day, days=0, **grid)
        case 7:
            sanitation_rectification.order(
                town.street, unit, f"整改〔{day.year}〕{seed}-{number}号", occurred_on=day, **grid
            )


def one_of_each(unit) -> None:
    """A row or two in nearly every ledger of a community, most of them of 2025."""
    with acting_as(unit):
        person = factories.resident(unit, "陈静")
        home = factories.household(unit, f"8-{person.pk}")
        factories.member(home, person)
        factories.life_event(person)
        factories.consent(person)
        factories.certificate(person)
        factories.disability_file(person)
        rows = factories.subsidies_of(person)
        rows["job-infos"] = factories.job_info(unit)
        factories.job_push(rows["job-infos"], person)
        factories.diary(unit, person)
        factories.consultation(person)
        factories.problem(unit, resident=person)
        factories.participation(factories.activity(unit), person)
        rows |= factories.office.one_of_each(unit)
        factories.conditions.one_of_each(person)
        factories.devices.one_of_each(person)
        factories.programmes.one_of_each(person)
        factories.rehabilitation_of(person, rows["partners"])
        factories.catalogue.one_of_each(unit)
        factories.cases.one_of_each(person)
        factories.redress.one_of_each(person)
        volunteer_activities.one_of_each(unit, "桥头")
        factories.placements.one_of_each(unit)
        sanitation_market.one_of_each(person)
        sanitation_waste.one_of_each(unit)
        sanitation_cleaners.one_of_each(unit)
        sanitation_sites.one_of_each(unit)
        sanitation_rectification.one_of_each(unit, "桥头")
        sanitation_inspect.one_of_each(unit)
