"""Demo cases: two years of requests that went their ways, and those that stand in every state today."""

from datetime import date, timedelta

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.models import keep_serial
from portal.office.models import Station
from servicecenter.demo.case_ways import Way, closed, recent
from servicecenter.enums.agents import AgentKind
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import OutsiderKind
from servicecenter.models import (
    Case,
    CaseHandOver,
    CaseMaterial,
    CasePause,
    CaseStep,
    Hall,
    ItemVersion,
    Outsider,
)
from servicecenter.services.numbers import SERIES, CaseNumber

A_YEAR = 60  # cases of a community in a year at full size
FIRMS = (
    ("{name}便民超市", OutsiderKind.BUSINESS),
    ("{name}养老服务有限公司", OutsiderKind.COMPANY),
    ("{name}业主委员会", OutsiderKind.SOCIETY),
)
# How far those of the last weeks went; every state is among them.
RECENT = (
    *(S.REGISTERED, S.SUPPLEMENT, S.ACCEPTED, S.ASSIGNED, S.HANDLING, S.HANDLING, S.SENT_UP),
    *(S.AT_STREET, S.PAUSED, S.DECIDED, S.REPLIED, S.REFUSED, S.CANCELLED, S.ARCHIVED),
)


def build(world: World) -> None:
    versions = list(
        ItemVersion.objects.kept()
        .filter(unit__in=[world.street, *world.communities])
        .select_related("item")
        .prefetch_related("materials")
        .order_by("pk")
    )
    ways = []
    for index, unit in enumerate(world.communities):
        if Hall.objects.kept().filter(unit=unit).exists() and versions:
            ways += _of_community(world, unit, index, versions)
    _store(ways)


def _of_community(world, unit, index, versions) -> list[Way]:
    today = timezone.localdate()
    people = [who.pk for who, home, _ in world.shared["settled"] if home == unit][:400]
    hand = {
        "people": people,
        "firms": _firms(unit, index),
        "agents": _carriers(world, unit, AgentKind.AGENT),
        "handlers": _carriers(world, unit, AgentKind.HANDLER),
        "stations": list(Station.objects.kept().filter(unit=unit).order_by("pk")[:4]),
        "items": [v for v in versions if v.unit_id in (unit.pk, world.street.pk)],
    }
    if not (people and hand["agents"] and hand["stations"]):
        return []
    first, span = date(YEAR, 1, 2), (today - date(YEAR, 1, 2)).days - 40
    count = world.many(A_YEAR * span / 365)
    days = sorted(first + timedelta(days=world.random.randrange(span)) for _ in range(count))
    ways = [closed(world, unit, day, n, hand) for n, day in enumerate(days)]
    for n, state in enumerate(RECENT):
        ways.append(recent(world, unit, today, n, state, hand))
    _number(unit, ways)
    return ways


def _carriers(world, unit, kind) -> list:
    return [a for a in world.shared.get("agents", {}).get(unit.pk, []) if a.kind == kind]


def _firms(unit, index) -> list[Outsider]:
    word = unit.name.removesuffix("社区")
    made = []
    for number, (pattern, kind) in enumerate(FIRMS):
        row = Outsider(
            unit=unit,
            kind=kind,
            name=pattern.format(name=word),
            contact="经办人",
            phone=f"1990{index:03d}{number:04d}",
            address=f"{unit.name}沿街{number + 1}号",
            recorded_at=typed_at(date(YEAR, 1, 2)),
        )
        row.derive()
        made.append(row)
    return load(Outsider, made)


def _number(unit, ways: list[Way]) -> None:
    """Numbers in the order of acceptance, without gaps."""
    word = Hall.objects.kept().get(unit=unit).code_word
    serials: dict[int, int] = {}
    accepted = [way.case for way in ways if way.case.accepted_on]
    for case in sorted(accepted, key=lambda case: case.accepted_on):
        year = case.accepted_on.year
        serials[year] = serials.get(year, 0) + 1
        case.number = str(CaseNumber(word, year, serials[year]))
        case.number_year, case.number_serial = year, serials[year]
    for year, last in serials.items():
        keep_serial(unit, SERIES, last, year)


def _store(ways: list[Way]) -> None:
    load(Case, [way.case for way in ways])
    steps, pauses, hand_overs, materials = [], [], [], []
    for way in ways:
        case, source = way.case, ""
        common = {"unit": case.unit, "case": case}
        for action, target, day, note in way.steps:
            steps.append(
                CaseStep(
                    **common,
                    action=action,
                    source=source,
                    target=target,
                    occurred_on=day,
                    note=note,
                    recorded_at=typed_at(day),
                )
            )
            source = target
        for since, until, reason, evidence in way.pauses:
            span = {"starts_on": since, "ends_on": until, "recorded_at": typed_at(since)}
            pauses.append(CasePause(**common, reason=reason, evidence=evidence, **span))
        for told in way.hand_overs:
            hand_overs.append(
                CaseHandOver(**common, **told, recorded_at=typed_at(told["occurred_on"]))
            )
        for paper in case.item.materials.all():
            materials.append(
                CaseMaterial(
                    **common,
                    material=paper,
                    name=paper.name,
                    originals=paper.originals,
                    copies=paper.copies,
                    given_on=None
                    if case.state in {S.REGISTERED, S.SUPPLEMENT}
                    else case.occurred_on,
                    recorded_at=typed_at(case.occurred_on),
                )
            )
    for model, rows in (
        (CaseStep, steps),
        (CasePause, pauses),
        (CaseHandOver, hand_overs),
        (CaseMaterial, materials),
    ):
        load(model, rows)
