"""What the figures of waste count: kilograms and tonnes agree for any hauls, targets with both terms, nobody
twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from residents.enums import SpellEnd
from sanitation.enums.waste import Recyclable, WasteClass
from sanitation.selectors.waste import base_of, change_of, places_of
from tests import factories
from tests.factories import sanitation_waste as make
from tests.portal.test_figures_agree import undone

pytestmark = pytest.mark.django_db
YEAR, MARCH = Period.parse("2025"), Period.parse("2025-03")
QUICK = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
days = st.dates(date(2024, 12, 1), date(2026, 1, 31))
hauls = st.lists(
    st.tuples(days, st.sampled_from(WasteClass.values), st.integers(1, 40_000), st.booleans()),
    max_size=8,
)
buys = st.lists(
    st.tuples(days, st.sampled_from(Recyclable.values), st.integers(1, 9_999), st.booleans()),
    max_size=8,
)


@pytest.fixture
def here(acting, street, community, other_community):
    """The street acts; two communities are what it keeps rows about."""
    with acting(street):
        yield street


@pytest.fixture
def units(community, other_community):
    return {community.pk, other_community.pk}


def value(code, units, period=YEAR, **category):
    return engine.read(f"sanitation.{code}", units, period, category).value


@QUICK
@given(rows=hauls)
def test_tonnes_told_are_the_sum_of_kilograms(here, community, other_community, units, rows):
    with undone():
        for day, waste, net, other in rows:
            about = other_community if other else community
            make.haul(here, about, net=net, occurred_on=day, waste=waste)
        kilograms = sum(net for day, _, net, _ in rows if day.year == 2025)
        told = engine.read("sanitation.hauled", units, YEAR)
        assert told.value == Decimal(kilograms) / 1000
        assert value("hauled_kg", units) == kilograms
        if kilograms:
            whole, _, places = told.text.replace(",", "").partition(".")
            assert int(whole) * 1000 + int(places) == kilograms
            assert len(places) == 3
        by_unit = engine.by_unit("sanitation.hauled", units, YEAR)
        by_month = engine.by_month("sanitation.hauled", units, YEAR)
        by_class = engine.by_category("sanitation.hauled", "waste", units, YEAR)
        for parts in (by_unit.values(), (r for _, r in by_month), by_class.values()):
            assert sum(Decimal(part.value) for part in parts) == told.value
        of_classes = [engine.read(f"sanitation.hauled_{w}", units, YEAR).value for w in WasteClass]
        assert sum(map(Decimal, of_classes)) == told.value


@QUICK
@given(
    rows=buys,
    tasks=st.tuples(st.integers(1, 3000), st.integers(0, 3000)),
    end=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
)
def test_completion_stands_on_its_terms(here, community, other_community, units, rows, tasks, end):
    period = Period(date(2025, 1, 1), end)
    with undone():
        places = {community.pk: tasks[0], other_community.pk: tasks[1]}
        make.target(here, community, weight=tasks[0])
        if tasks[1]:
            make.target(here, other_community, weight=tasks[1])
        done = dict.fromkeys(places, Decimal(0))
        for day, category, tenths, other in rows:
            about = other_community if other else community
            make.buyback(about, weight=Decimal(tenths) / 10, occurred_on=day, category=category)
            if date(2025, 1, 1) <= day <= end and category != Recyclable.HAZARDOUS:
                done[about.pk] += Decimal(tenths) / 10
        done = {unit: weight if places[unit] else Decimal(0) for unit, weight in done.items()}
        rate = engine.read("sanitation.buyback_completion", units, period)
        assert rate.numerator.value == sum(done.values())
        assert rate.denominator.value == sum(tasks)
        assert rate.value == sum(done.values()) * 100 / sum(tasks)
        gaps = {unit: max(places[unit] - done[unit], 0) for unit in places}
        assert value("buyback_gap", units, period) == sum(gaps.values())
        by_unit = engine.by_unit("sanitation.buyback_gap", units, period)
        assert {unit: reading.value for unit, reading in by_unit.items()} == gaps
        assert value("buyback_unmet", units, period) == sum(gap > 0 for gap in gaps.values())


def test_a_quarter_tells_what_was_bought_since_the_target_began(here, community):
    make.target(here, community, weight=100)
    make.buyback(community, weight="20", occurred_on=date(2025, 1, 10))
    make.buyback(community, weight="30.5", occurred_on=date(2025, 6, 30))
    make.buyback(community, weight="9", occurred_on=date(2025, 7, 1))
    second = Period.parse("2025Q2")
    assert value("buyback_kg", {community.pk}, second) == Decimal("30.5")
    rate = engine.read("sanitation.buyback_completion", {community.pk}, second)
    assert rate.full == "50.5%（50.5/100）"
    assert engine.read("sanitation.buyback_gap", {community.pk}, second).full == "49.5公斤"
    assert value("buyback_target", {community.pk}, Period.parse("2026")) == 0


def test_deleted_rows_count_nowhere(here, community):
    make.target(here, community, weight=100)
    for row in (make.haul(here, community), make.buyback(community, weight="40")):
        row.deleted_at = row.recorded_at
        row.save()
    assert value("hauled", {community.pk}) == 0
    assert value("buyback_towards", {community.pk}) == 0
    assert value("buyback_gap", {community.pk}) == 100


def test_per_head_and_per_day_stand_with_their_terms(here, acting, community, street):
    with acting(community):
        stays = factories.resident(community, "林晓燕")
        leaves = factories.resident(community, "高建国")
        stays.spells.update(starts_on=date(2024, 5, 1))
        leaves.spells.update(
            starts_on=date(2025, 3, 11), ends_on=date(2025, 3, 20), ended_by=SpellEnd.OTHER
        )
    with acting(street):
        make.haul(here, community, net=6_200, occurred_on=date(2025, 3, 3))
        each = engine.read("sanitation.hauled_per_person", {community.pk}, MARCH)
        assert each.full == "6200.0公斤（6200公斤/1人）"
        daily = engine.read("sanitation.hauled_per_day", {community.pk}, MARCH)
        assert daily.full == "200.0公斤（6200公斤/31天）"
        both = engine.read("sanitation.hauled_per_person_day", {community.pk}, MARCH)
        assert both.denominator.value == 31 + 10
        assert both.full == "151.22公斤（6200公斤/41人天）"
        months = engine.by_month("sanitation.haul_days", {community.pk}, Period.parse("2025H1"))
        assert [reading.value for _, reading in months] == [0, 0, 31, 0, 0, 0]


def test_a_period_that_still_runs_has_the_days_until_today(here, community):
    today = timezone.localdate()
    period = Period(today - timedelta(days=4), today + timedelta(days=300))
    make.haul(here, community, occurred_on=today)
    assert value("haul_days", {community.pk}, period) == 5


def test_the_change_tells_both_periods_and_its_terms(here, community):
    make.haul(here, community, net=10_000, occurred_on=date(2024, 3, 9))
    make.haul(here, community, net=8_750, occurred_on=date(2025, 3, 9))
    make.haul(here, community, net=1_000, occurred_on=date(2024, 7, 9))
    change = change_of({community.pk}, MARCH, base_of(MARCH, date(2026, 1, 1)))
    assert change.rate == "12.5%"
    assert change.told == "比2024年3月的10.000吨减少1.250吨，减量率12.5%（1.250/10.000）"
    more = change_of({community.pk}, Period.parse("2024"), Period.parse("2025"))
    assert "增加2.250吨，减量率-25.7%（-2.250/8.750）" in more.told
    nothing = change_of({community.pk}, MARCH, Period.parse("2020"))
    assert (nothing.rate, nothing.told) == ("—", "")


@pytest.mark.parametrize(
    ("period", "today", "base"),
    [
        ("2025Q3", date(2026, 1, 1), "2024Q3"),
        ("2025", date(2025, 6, 20), "2024-01-01..2024-06-20"),
        ("2024-02", date(2025, 1, 1), "2023-02"),
        ("2024-02-29..2024-03-05", date(2025, 1, 1), "2023-02-28..2023-03-05"),
        ("2026", date(2025, 6, 20), "2025"),
    ],
)
def test_the_base_is_the_same_days_a_year_before(period, today, base):
    assert base_of(Period.parse(period), today).key == base


def test_equal_rates_share_a_place(here, community, other_community, units):
    for about, weight in ((community, 100), (other_community, 200)):
        make.target(here, about, weight=weight)
        make.buyback(about, weight=Decimal(weight) / 2)
    found = engine.by_unit("sanitation.buyback_completion", units, YEAR)
    assert set(places_of(found).values()) == {1}
    make.buyback(community, weight="1")
    found = engine.by_unit("sanitation.buyback_completion", units, YEAR)
    assert places_of(found) == {community.pk: 1, other_community.pk: 2}


def test_households_of_a_group_count_within_their_community(
    here, community, other_community, make_grid
):
    make.sorting(here, community, households=300, sorts=True, collects=True, processor="合作社")
    make.sorting(here, community, grid=make_grid(community, 1), households=60)
    make.sorting(
        here, other_community, grid=make_grid(other_community, 1), households=40, sorts=True
    )
    both = {community.pk, other_community.pk}
    assert value("sorting_households", both) == 340
    assert (value("sorting_full", both), value("sorting_sorts", both)) == (1, 2)
    assert value("sorting_collects", both) == 1


def test_paste_and_fee_rates(here, community):
    make.paste_check(here, community, 20, 17)
    make.paste_check(here, community, 10, 9, occurred_on=date(2025, 8, 1))
    assert engine.read("sanitation.paste_rate", {community.pk}, YEAR).full == "86.7%（26/30）"
    make.collection(here, community, due=300, paid=240)
    assert engine.read("sanitation.fee_rate", {community.pk}, YEAR).full == "80.0%（240/300）"
    assert engine.read("sanitation.fee_amount", {community.pk}, YEAR).full == "14,400元"
    make.delivery(here, community, 500), make.delivery(here, community, 20, measure="个")
    assert value("delivered", {community.pk}) == 500
