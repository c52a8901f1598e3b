"""A street's figure beside its communities': what lies between is told person by person, record by record."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.periods import Period
from portal.roles import Role
from portal.summaries import Telling, outlines
from reports.rollup.differences import DifferenceKind
from reports.rollup.reconciling import beside, reconcile
from reports.rollup.standings import standings
from residents.enums import Relation, SpellEnd, SpellStart
from residents.models import ResidencySpell
from tests import factories
from tests.reports.signing import sign_figures

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
VISITS, PERSONS = "disability.visits", "disability.visited_persons"
LEAFLETS, MONEY = "disability.handouts", "disability.assistance_amount"
CODES = (VISITS, PERSONS, LEAFLETS, MONEY)
A = outlines["A"]


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


def compared(code, street):
    telling = Telling.of(street, YEAR)
    return reconcile(code, telling, standings(telling, [A]))


def told(reconciliation):
    """(class, effect) of each difference."""
    return sorted((each.why, each.effect) for each in reconciliation.differences)


def test_a_person_counted_by_two_communities_is_named_once_too_often(
    acting, street, community, other_community
):
    with acting(street):
        person = factories.resident(community)
        factories.visit(person)
        factories.visit(person, unit=other_community)
        factories.visit(factories.resident(community))
        found = compared(PERSONS, street)
        assert (found.beside.sum, found.beside.street, found.rest) == (3, 2, 0)
        [twice] = found.differences
        assert (twice.why, twice.effect, twice.key) == (DifferenceKind.TWICE, -1, (person.pk,))
        assert [branch.name for branch in twice.where] == ["明珠社区", "和平社区"]


def test_reasons_are_read_from_the_register(acting, street, community, other_community):
    def both(**fields):
        person = factories.resident(community, **fields)
        factories.visit(person)
        factories.visit(person, unit=other_community)
        return person

    with acting(street):
        moved = both(name="单小花")
        ResidencySpell.objects.filter(resident=moved).update(
            ends_on=date(2025, 5, 31), ended_by=SpellEnd.MOVED
        )
        ResidencySpell.objects.create(
            unit=other_community,
            resident=moved,
            starts_on=date(2025, 6, 1),
            began_by=SpellStart.MOVED,
        )
        split = both(name="欧阳丹")
        factories.member(factories.household(community, "1"), split, living=False)
        factories.member(
            factories.household(other_community, "2"),
            split,
            registered=False,
            relation=Relation.HEAD,
        )
        dead = both(name="黄文发", died_on=date(2025, 9, 3))
        found = compared(PERSONS, street)
        assert {each.key[0]: (each.why, each.words) for each in found.differences} == {
            moved.pk: (DifferenceKind.MOVED, "2025年6月1日由明珠社区迁到和平社区"),
            split.pk: (DifferenceKind.SPLIT, "户在明珠社区，人在和平社区"),
            dead.pk: (DifferenceKind.DEAD, "2025年9月3日去世"),
        }
        assert (found.beside.difference, found.rest) == (-3, 0)


def test_what_the_street_recorded_itself_is_told_record_by_record(acting, street, community):
    with acting(street):
        factories.handout(community, 100)
        own = factories.handout(street, 30)
        found = compared(LEAFLETS, street)
        assert (found.beside.sum, found.beside.own, found.beside.street) == (100, 30, 130)
        [difference] = found.differences
        assert (difference.why, difference.effect, difference.key) == (
            DifferenceKind.OWN,
            30,
            (own.pk,),
        )


def test_what_changed_after_a_community_signed_is_told(acting, street, community, supervisor):
    with acting(supervisor):
        first, second, third = (factories.handout(community, n) for n in (10, 20, 30))
        sign_figures("A", community, YEAR, CODES, supervisor)
        first.quantity = 15
        first.save()
        second.deleted_at = "2025-06-01T00:00:00Z"
        second.save()
        factories.handout(community, 7)
        found = compared(LEAFLETS, street)
    [line] = [line for line in found.beside.lines if line.party.pk == community.pk]
    assert (line.issued, line.now, found.beside.street, found.rest) == (60, 52, 52, 0)
    assert told(found) == [
        (DifferenceKind.EDITED, 5),
        (DifferenceKind.GONE, -20),
        (DifferenceKind.JOINED, 7),
    ]
    assert third.pk not in {each.key[0] for each in found.differences}


def test_a_community_that_did_not_sign_stands_in_the_sum_as_it_is_now(
    acting, street, community, other_community, supervisor
):
    with acting(supervisor):
        factories.handout(community, 10)
        sign_figures("A", community, YEAR, CODES, supervisor)
        factories.handout(other_community, 5)
        [found] = beside([LEAFLETS], telling := Telling.of(street, YEAR), standings(telling, [A]))
    assert [(line.issued, line.now) for line in found.lines] == [(10, 10), (None, 5)]
    assert (found.sum, found.signed, found.difference) == (15, 1, 0)


# --- all of it: sum of the communities and the differences make the street -----------------------------
UNITS, PEOPLE = 4, 4
units, people, days = st.integers(0, UNITS - 1), st.integers(0, PEOPLE - 1), st.integers(0, 400)
records = st.one_of(
    st.tuples(st.just("visit"), units, people, days),
    st.tuples(st.just("leaflets"), units, st.integers(0, 90), days),
    st.tuples(st.just("help"), units, people, days),
)
edits = st.tuples(st.sampled_from(["day", "bin", "amount", "person"]), st.integers(0, 30), days)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(records, max_size=9), st.lists(edits, max_size=4), st.lists(records, max_size=4))
def test_sum_and_differences_make_the_street(
    acting,
    street,
    community,
    other_community,
    more_communities,
    supervisor,
    before,
    changed,
    after,
):
    """Two of three communities signed; then records were changed, binned and typed late."""
    with acting(supervisor), transaction.atomic():
        [third] = more_communities(1)
        stage = [community, other_community, third, street]
        someone = [factories.resident(stage[n % 3], f"居民{'甲乙丙丁'[n]}") for n in range(PEOPLE)]
        kept = [made(stage, someone, record) for record in before]
        for signer in stage[:2]:
            sign_figures("A", signer, YEAR, CODES, supervisor)
        for edit in changed:
            edited(kept, someone, edit)
        kept += [made(stage, someone, record) for record in after]
        for code in CODES:
            found = compared(code, street)
            effects = sum(each.effect for each in found.differences)
            assert found.beside.sum + effects == found.beside.street, code
            assert found.rest == 0, code
        transaction.set_rollback(True)


def made(stage, someone, record):
    what, unit, which, offset = record
    unit, day = stage[unit], date(2024, 12, 20) + timedelta(days=offset)
    match what:
        case "visit":
            return factories.visit(someone[which], day, unit=unit)
        case "leaflets":
            return factories.handout(unit, which, day)
        case _:
            return factories.assistance(someone[which], day, amount=100 + which)


def edited(kept, someone, edit):
    what, which, offset = edit
    if not kept:
        return
    record = kept[which % len(kept)]
    match what:
        case "day":
            record.occurred_on = date(2024, 12, 20) + timedelta(days=offset)
        case "bin":
            record.deleted_at = "2025-06-01T00:00:00Z"
        case "amount" if hasattr(record, "amount"):
            record.amount = offset
        case "amount" if hasattr(record, "quantity"):
            record.quantity = offset
        case "person" if hasattr(record, "resident"):
            record.resident = someone[offset % PEOPLE]
    record.save()


# --- as many questions for three communities as for one -------------------------------------------------
def test_three_communities_are_reconciled_by_as_many_questions_as_one(
    acting, street, community, other_community, more_communities, supervisor
):
    with acting(supervisor):
        [third], asked = more_communities(1), []
        person = factories.resident(community)
        for unit in (community, other_community, third):
            factories.visit(person, unit=unit)
            sign_figures("A", unit, YEAR, CODES, supervisor)
            factories.visit(person, date(2025, 8, 8), unit=unit)
            with CaptureQueriesContext(connection) as queries:
                for code in (VISITS, PERSONS):
                    compared(code, street)
            asked.append(len(queries))
    # With one there is nobody in two communities: nothing is asked about persons.
    assert asked[1] == asked[2] >= asked[0]
