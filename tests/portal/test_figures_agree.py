"""One number everywhere: figure, evidence, ledger footer, list, command, and the parts of a whole.

Random records of two communities and a street are asked about random units and periods.
"""

import io
import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disability.models import DisabilityFile
from portal.figures import Count, Distinct, Ratio, engine, figures
from portal.figures.declare import Counted, Flow, Stock
from portal.figures.values import Rows
from portal.ledgers import ledgers
from portal.ledgers.listing import Listing, all_dates
from portal.observances import THEME_DAY_CHOICES
from portal.periods import Period
from portal.roles import DOMAINS, Role
from portal.scope import below
from residents.enums import (
    ActivityKind,
    ApplicationKind,
    ApplicationState,
    AssistanceKind,
    Attendee,
    GoodsKind,
    Hosting,
    VisitMode,
    VisitPurpose,
)
from residents.models import (
    Activity,
    Application,
    Assistance,
    Handout,
    Participation,
    Resident,
    Visit,
)
from residents.workflow import UNDECIDED
from tests import factories

# Each of these lists shows exactly the rows that the figure counts.
LIST_OF = {
    "visits": "visits.person_times",
    "activities": "activities.times",
    "participations": "activities.attendance",
    "assistance": "assistance.person_times",
    "applications": "applications.received",
    "disability-visits": "disability.visits",
    "disability-assistance": "disability.assistance",
    "disability-trainings": "disability.training_person_times",
}
PLACES = ("community", "other_community", "street")
FIRST, LAST = date(2024, 11, 15), date(2026, 2, 15)

days = st.dates(FIRST, LAST)
tags = st.lists(st.sampled_from(sorted(DOMAINS)), unique=True, min_size=1, max_size=3)
empty = st.just("")
money = st.none() | st.decimals(0, 99_999, places=2)
fields = {
    "visit": {
        "mode": st.sampled_from(VisitMode.values),
        "purposes": st.lists(st.sampled_from(VisitPurpose.values), unique=True, max_size=3),
        "domains": tags,
    },
    "activity": {
        "kind": st.sampled_from(ActivityKind.values),
        "participants": st.none() | st.integers(0, 300),
        "consultations": st.none() | st.integers(0, 300),
        "theme_day": empty | st.sampled_from([code for code, _ in THEME_DAY_CHOICES]),
        "hosting": empty | st.sampled_from(Hosting.values),
        "domains": tags,
    },
    "handout": {
        "quantity": st.integers(0, 500),
        "measure": st.sampled_from(["份", "册"]),
        "domains": tags,
    },
    "assistance": {
        "kind": st.sampled_from(AssistanceKind.values),
        "amount": money,
        "goods_kind": empty | st.sampled_from(GoodsKind.values),
        "domains": tags,
    },
    "application": {
        "kind": st.sampled_from(ApplicationKind.values),
        "state": st.sampled_from(ApplicationState.values),
        "domains": tags,
    },
    "training": {"attendee": st.sampled_from(Attendee.values), "domains": tags},
    "disability_file": {"closed_on": st.none() | days},
}


@dataclass(frozen=True)
class Fact:
    """A record to be made: of which kind, by which place, about its how-many-eth resident."""

    kind: str
    place: str
    person: int
    day: date
    deleted: bool
    fields: dict


@st.composite
def facts(draw):
    kind = draw(st.sampled_from(sorted(fields)))
    return Fact(
        kind,
        draw(st.sampled_from(PLACES)),
        draw(st.integers(0, 1)),
        draw(days),
        draw(st.integers(0, 5)) == 0,
        {name: draw(strategy) for name, strategy in fields[kind].items()},
    )


@st.composite
def periods(draw):
    keys = ("2025", "2025H1", "2025Q3", "2025-08", "2024", "2026Q1")
    if draw(st.booleans()):
        return Period.parse(draw(st.sampled_from(keys)))
    return Period(*sorted((draw(days), draw(days))))


def left_empty(place: str, day: date) -> list[Fact]:
    """What says nothing by which it could be divided: they are parts too."""
    shared = {"domains": ["disability", "sanitation"]}
    told = (
        ("activity", shared | {"kind": ActivityKind.CONTEST, "participants": 5, "theme_day": ""}),
        ("activity", shared | {"kind": ActivityKind.CULTURE, "participants": 5, "hosting": ""}),
        ("assistance", shared | {"kind": AssistanceKind.DONATION, "amount": 5, "goods_kind": ""}),
    )
    return [Fact(kind, place, 0, day, deleted=False, fields=fields) for kind, fields in told]


class Town:
    """Makes facts into records. Two residents of each place; the second moves in during 2025."""

    def __init__(self, units):
        self.units = units
        self.people = {
            place: [
                factories.resident(unit, f"{unit.name}甲", since=date(2020, 1, 1)),
                factories.resident(unit, f"{unit.name}乙", since=date(2025, 6, 15)),
            ]
            for place, unit in units.items()
        }
        self.filed = set()

    def make(self, fact: Fact) -> None:
        person = self.people[fact.place][fact.person]
        kept = dict(fact.fields)
        if fact.deleted:
            kept["deleted_at"] = timezone.now()
        getattr(self, fact.kind)(person, fact.day, kept)

    def visit(self, person, day, kept):
        factories.visit(person, day, **kept)

    def activity(self, person, day, kept):
        factories.activity(person.unit, day, **kept)

    def handout(self, person, day, kept):
        factories.handout(person.unit, occurred_on=day, **kept)

    def assistance(self, person, day, kept):
        factories.assistance(person, day, **kept)

    def application(self, person, day, kept):
        decided = None if kept["state"] in UNDECIDED else day
        factories.application(person, day, decided_on=decided, **kept)

    def training(self, person, day, kept):
        event = factories.activity(person.unit, day, domains=kept.pop("domains"))
        name = "家属" if kept["attendee"] == Attendee.FAMILY else ""
        factories.participation(event, person, family_name=name, **kept)

    def disability_file(self, person, day, kept):
        if person.pk not in self.filed:
            self.filed.add(person.pk)
            factories.disability_file(person, day, **kept)


@contextmanager
def undone():
    """Undo what one example wrote, within the transaction of the test."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def valued(figure, rows):
    """The figure's value over rows that Python holds."""
    rows = list(rows)
    if isinstance(figure.value, Count):
        return len(rows)
    values = [getattr(row, f"{figure.value.path}_id", None) for row in rows]
    if isinstance(figure.value, Distinct):
        return len(set(values))
    return sum(getattr(row, figure.value.path) or 0 for row in rows)


MADE = (Visit, Activity, Handout, Assistance, Application, Participation, DisabilityFile, Resident)


def elsewhere():
    """The figures of the records made here: over what no example makes, all are nought everywhere. The
    office's have a test of their own."""

    def speaks(figure) -> bool:
        if isinstance(figure, Ratio):
            return speaks(figures[figure.numerator]) or speaks(figures[figure.denominator])
        return issubclass(getattr(figure, "model", object), MADE)

    return [figure for figure in figures if speaks(figure)]


def reader():
    """``engine.read``, each question asked once while no record changes."""

    @cache
    def ask(code, units, period, category):
        return engine.read(code, units, period, dict(category))

    def read(code, units, period, category=None):
        return ask(code, frozenset(units), period, tuple((category or {}).items()))

    return read


def telling_of(codes: set[str]) -> list:
    """The ledgers beneath whose lists one of the figures stands; the office's have a test of their own."""
    return [
        each
        for each in ledgers
        if each.domain != "office" and codes & {*each.footer, LIST_OF.get(each.slug)}
    ]


def check_evidence(read, units, period, over):
    for figure in over:
        reading = read(figure.code, units, period)
        if isinstance(figure, Ratio):
            terms = (reading.numerator, reading.denominator)
            assert [term.figure.code for term in terms] == [figure.numerator, figure.denominator]
            for term in terms:
                assert term.value == read(term.figure.code, units, period).value
        else:
            assert reading.value == valued(figure, engine.evidence(figure.code, units, period))


def check_parts(read, units, period, over):
    for figure in over:
        code, whole = figure.code, read(figure.code, units, period)
        by_unit = engine.by_unit(code, units, period)
        assert {u: r.value for u, r in by_unit.items()} == {
            u: read(code, {u}, period).value for u in units
        }
        by_month = [reading for _, reading in engine.by_month(code, units, period)]
        if isinstance(figure, Stock):
            assert by_month[-1].value == whole.value
        if figure.additive:
            assert sum(reading.value for reading in by_unit.values()) == whole.value
        if figure.additive and isinstance(figure, Flow):
            assert sum(reading.value for reading in by_month) == whole.value
        for name, category in figure.categories.items():
            parts = engine.by_category(code, name, units, period)
            assert {value: part.value for value, part in parts.items()} == {
                str(value): read(code, units, period, {name: value}).value
                for value in category.labels(units)
            }
            # An array counts in each of its values, an empty one in none.
            if adds_up(figure) and not category.array:
                assert sum(part.value for part in parts.values()) == whole.value


def adds_up(figure) -> bool:
    """Whether each row counts for itself: no persons, of whom one may count in several parts."""
    return isinstance(figure, Counted) and figure.value.rows is Rows.ADD


def check_screens(read, user, unit, period, over):
    units, asked = below([unit.pk]), period
    for ledger in over:
        period = asked if ledger.date else all_dates()  # the register has no period to choose
        listing = Listing(ledger, user, QueryDict(f"unit={unit.pk}&period={asked.key}"))
        shown = {each["label"]: each["value"] for each in listing.footer()}
        readings = [read(code, units, period) for code in ledger.footer]
        assert shown == {reading.figure.label: reading.text for reading in readings}
        if ledger.slug in LIST_OF:
            counted = read(LIST_OF[ledger.slug], units, period)
            assert listing.records().count() == counted.value


def told_by_command(unit, period) -> dict:
    out = io.StringIO()
    call_command("figures", unit=unit.code, period=period.key, format="json", stdout=out)
    answer = json.loads(out.getvalue())
    return {
        each["code"]: (each["value"], each["text"], each["numerator"], each["denominator"])
        for each in answer["figures"]
    }


def as_told(reading) -> tuple:
    def number(each):
        value = each and each.value
        return float(value) if isinstance(value, Decimal) else value

    terms = number(reading.numerator), number(reading.denominator)
    return (number(reading), reading.text, *terms)


def counted_by_hand(made, places, period) -> Counter:
    """Some figures of the facts themselves, without a database."""
    found = Counter()
    for fact in made:
        if fact.deleted or fact.place not in places or not period.contains(fact.day):
            continue
        ours = "disability" in fact.fields.get("domains", ())
        if fact.kind == "visit":
            found["visits.person_times"] += 1
            found["visits.phone"] += fact.fields["mode"] == VisitMode.PHONE
            found["disability.visits"] += ours
        elif fact.kind == "assistance":
            found["assistance.amount"] += fact.fields["amount"] or 0
            found["disability.assistance_without_amount"] += ours and fact.fields["amount"] is None
        elif fact.kind == "handout":
            quantity = fact.fields["quantity"] if fact.fields["measure"] == "份" else 0
            found["handouts.quantity"] += quantity
            found["disability.handouts"] += quantity * ours
    return found


BY_HAND = (
    "visits.person_times",
    "visits.phone",
    "disability.visits",
    "assistance.amount",
    "disability.assistance_without_amount",
    "handouts.quantity",
    "disability.handouts",
)


@pytest.fixture
def units(street, community, other_community):
    return {"street": street, "community": community, "other_community": other_community}


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


# One database transaction serves all examples; each undoes its own records.
random_records = settings(
    max_examples=5,
    deadline=None,
    # An example asks all figures everywhere, which takes 15 seconds: shrinking would take minutes.
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@random_records
@given(st.lists(facts(), max_size=14), st.sampled_from(PLACES), periods())
def test_every_place_that_tells_a_number_tells_the_same(
    acting, units, supervisor, made, place, period
):
    unit, made = units[place], [*made, *left_empty(place, period.start)]
    with undone():
        with acting(units["street"]):
            town = Town(units)
            for fact in made:
                town.make(fact)
        with acting(supervisor):
            user = type(supervisor).objects.get(pk=supervisor.pk)
            within = below([unit.pk])
            read, ours = reader(), elsewhere()
            check_evidence(read, within, period, ours)
            check_parts(read, within, period, ours)
            check_screens(read, user, unit, period, telling_of({each.code for each in ours}))
            readings = {each.code: read(each.code, within, period) for each in figures}
            places = {name for name, each in units.items() if each.pk in within}
            counts = counted_by_hand(made, places, period)
            assert {code: readings[code].value for code in BY_HAND} == {
                code: counts[code] for code in BY_HAND
            }
        told = {code: as_told(reading) for code, reading in readings.items()}
        assert told_by_command(unit, period) == told


def test_the_footer_of_every_list_tells_the_figures(acting, units, supervisor):
    """Those over what no example makes, too."""
    with acting(units["street"]):
        factories.visit(Town(units).people["community"][0], date(2025, 3, 3))
    with acting(supervisor):
        everywhere = [each for each in ledgers if each.domain != "office"]
        check_screens(reader(), supervisor, units["street"], Period.parse("2025"), everywhere)
