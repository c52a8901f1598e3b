"""Population figures: a count by hand over three dates, ages on the day, and the identity
stock at the end = stock before + came − left, for any events and any days."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from residents.ages import AGE_GROUPS, GROUPS, age_group
from residents.enums import Residency, Sex
from residents.events import record_event
from residents.life_events import ARRIVALS, DEPARTURES, LifeEventKind
from residents.models import LifeEvent, Resident
from residents.population import months_before
from tests import factories
from tests.portal.test_figures_agree import undone

pytestmark = pytest.mark.django_db
Kind = LifeEventKind
LONG_AGO = date(2020, 1, 1)
A, B, C = date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)


@pytest.fixture
def town(acting, street, community, other_community, make_grid):
    """Nine persons of 明珠社区; what happens to each is said in their line."""
    first, second = make_grid(community, 1), make_grid(community, 2)
    with acting(street):

        def person(name, sex, born_on, grid=first, **fields):
            fields = {"sex": sex, "born_on": born_on, "grid": grid} | fields
            if born_on is None or born_on > date(2024, 1, 1):
                fields |= {"id_kind": "none", "no_id_reason": "未办"}
            return factories.resident(community, name, **{"since": LONG_AGO} | fields)

        def tell(who, kind, on, unit=community, **details):
            record_event(who, kind, on=on, by=None, unit=unit, **details)

        male, female = Sex.MALE, Sex.FEMALE
        # 1: dies on the day on which he would have become 80
        tell(person("陈一", male, date(1945, 6, 30)), Kind.DIED, date(2025, 6, 30))
        # 2: becomes 60 on date A, and stays
        person("李二", female, date(1964, 12, 31))
        # 3: becomes 18 on 1 July 2025, is enlisted in September
        tell(person("张三", male, date(2007, 7, 1)), Kind.ENLISTED, date(2025, 9, 1))
        # 4: born in March 2025
        born = date(2025, 3, 5)
        tell(person("黄四", female, born, since=born), Kind.BORN, born)
        # 5: a migrant worker from September 2024 to October 2025
        five = person("王五", male, date(1990, 1, 1), second, since=date(2024, 9, 1),
                      residency=Residency.FLOATING)  # fmt: skip
        tell(five, Kind.MOVED_OUT, date(2025, 10, 10))
        # 6: a foreigner of unknown birth date, from February 2025
        six = person("Anna Rossi", female, None, second, since=date(2025, 2, 1),
                     residency=Residency.FOREIGN)  # fmt: skip
        tell(six, Kind.MOVED_IN, date(2025, 2, 1))
        # 7: marries, and has moved from the second grid to the first
        seven = person("赵七", female, date(1985, 5, 5), second)
        tell(seven, Kind.RELOCATED, date(2025, 4, 1), grid=first)
        tell(seven, Kind.MARRIED, date(2025, 5, 20))
        # 8: moves to the other community in July 2025
        eight = person("孙八", male, date(1955, 1, 1), second)
        tell(eight, Kind.RELOCATED_OUT, date(2025, 7, 15))
        tell(eight, Kind.RELOCATED_IN, date(2025, 7, 15), unit=other_community)
        # 9: left long before; former residents never count
        tell(person("周九", male, date(1950, 1, 1)), Kind.MOVED_OUT, date(2023, 5, 1))
        yield {community.pk: "明珠", other_community.pk: "和平", first.pk: "1", second.pk: "2"}


BY_HAND = {
    #                     A  B  C
    "residents.registered": (6, 7, 6),
    "population.domiciled": (5, 5, 5),
    "population.usual": (5, 6, 5),
    "population.floating": (1, 1, 0),
    "population.separated": (0, 0, 1),
    "population.foreign": (0, 1, 1),
    "population.minors": (1, 2, 1),
    "population.elderly": (3, 2, 2),
    "population.elderly_80": (0, 0, 0),
}
PARTS = {
    "sex": ({"1": 4, "2": 2}, {"1": 3, "2": 4}, {"1": 2, "2": 4}),
    "age": (
        {"7-17": 1, "18-59": 2, "60-79": 3},
        {"0-6": 1, "7-17": 1, "18-59": 2, "60-79": 2, "unknown": 1},
        {"0-6": 1, "18-59": 2, "60-79": 2, "unknown": 1},
    ),
    "residency": (
        {"here": 5, "floating": 1},
        {"here": 5, "floating": 1, "foreign": 1},
        {"here": 4, "away": 1, "foreign": 1},
    ),
    "grid": ({"1": 3, "2": 3}, {"1": 4, "2": 3}, {"1": 4, "2": 1, "none": 1}),
}


@pytest.mark.parametrize("code", BY_HAND)
def test_every_stock_equals_the_count_by_hand_on_three_dates(
    town, street, community, other_community, code
):
    units = {street.pk, community.pk, other_community.pk}
    counted = tuple(engine.read(code, units, Period(day, day)).value for day in (A, B, C))
    assert counted == BY_HAND[code]


@pytest.mark.parametrize("name", PARTS)
def test_every_part_equals_the_count_by_hand_on_three_dates(town, community, other_community, name):
    units = {community.pk, other_community.pk}
    for day, expected in zip((A, B, C), PARTS[name], strict=True):
        parts = engine.by_category("residents.registered", name, units, Period(day, day))
        told = {
            town.get(int(key), key) if name == "grid" and key != "none" else key: part.value
            for key, part in parts.items()
            if part.value
        }
        assert told == expected, day


def test_age_by_sex_equals_the_count_by_hand(town, community, other_community):
    units = {community.pk, other_community.pk}
    cells = engine.cross("residents.registered", "age", "sex", units, Period(B, B))
    assert {pair: cell.value for pair, cell in cells.items() if cell.value} == {
        ("0-6", "2"): 1,
        ("7-17", "1"): 1,
        ("18-59", "1"): 1,
        ("18-59", "2"): 1,
        ("60-79", "1"): 1,
        ("60-79", "2"): 1,
        ("unknown", "2"): 1,
    }
    for (age, sex), cell in cells.items():
        asked = {"age": age, "sex": sex}
        assert cell.value == engine.read("residents.registered", units, Period(B, B), asked).value


def test_changes_of_the_year_equal_the_count_by_hand(town, community, other_community):
    year, units = Period.parse("2025"), {community.pk, other_community.pk}
    told = {
        code: engine.read(f"population.{code}", units, year).value
        for code in (
            *("births", "deaths", "moved_in", "moved_out", "marriages", "came", "left", "events"),
        )
    }
    assert told == {
        "births": 1,  # 黄四
        "deaths": 1,  # 陈一
        "moved_in": 2,  # Anna; 孙八 into 和平
        "moved_out": 2,  # 王五; 孙八 out of 明珠
        "marriages": 1,  # 赵七
        "came": 3,  # 黄四, Anna, 孙八
        "left": 3,  # 陈一, 王五, 孙八
        "events": 9,
    }
    assert engine.by_unit("population.moved_out", units, year)[community.pk].value == 2
    came = engine.by_category("population.came", "reason", units, year)
    assert {reason: part.value for reason, part in came.items() if part.value} == {
        "born": 1,
        "moved": 2,
    }


def test_a_death_told_late_counts_in_the_month_of_the_death(town, community):
    """OpenSID#8233: the events above are all typed today."""
    months = engine.by_month("population.deaths", {community.pk}, Period.parse("2025"))
    assert {month.key: reading.value for month, reading in months if reading.value} == {
        "2025-06": 1
    }
    assert LifeEvent.objects.get(kind=Kind.DIED).recorded_at.date() > date(2025, 12, 31)


# --- days -----------------------------------------------------------------------------------------
days = st.dates(date(1990, 1, 1), date(2026, 12, 31))


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.dates(date(1900, 1, 1), date(2026, 12, 31)), min_size=1, max_size=5), days)
def test_the_age_group_is_that_of_the_age_on_that_day(acting, community, births, day):
    with undone(), acting(community):
        people = [factories.resident(community, born_on=born) for born in births]
        rows = Resident.objects.filter(pk__in=[p.pk for p in people]).annotate(
            group=age_group(day, "born_on")
        )
        for row in rows:
            age = row.age_on(day)
            expected = next(
                (code for low, high, code, _ in GROUPS if low <= age <= (high or 999)), "unknown"
            )
            assert row.group == expected, (row.born_on, day)


def test_who_was_born_on_29_february_completes_the_year_on_1_march(acting, community):
    with acting(community):
        child = factories.resident(community, born_on=date(2020, 2, 29))
        for day, group in ((date(2027, 2, 28), "0-6"), (date(2027, 3, 1), "7-17")):
            rows = Resident.objects.filter(pk=child.pk)
            assert rows.annotate(group=age_group(day, "born_on")).get().group == group
    assert set(AGE_GROUPS) == {"0-6", "7-17", "18-59", "60-79", "80+", "unknown"}


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2025, 8, 31), date(2025, 2, 28)),
        (date(2024, 8, 31), date(2024, 2, 29)),
        (date(2025, 3, 15), date(2024, 9, 15)),
        (date(2025, 12, 31), date(2025, 6, 30)),
    ],
)
def test_half_a_year_before(day, before):
    assert months_before(day, 6) == before


# --- the identity ---------------------------------------------------------------------------------
FIRST = date(2025, 1, 1)
happening = st.tuples(
    st.integers(0, 3),  # whose
    st.sampled_from(sorted(Kind)),
    st.integers(0, 40),  # on which day
    st.booleans(),  # in the other community
    st.sampled_from(["", *Residency.values]),
)


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(happening, max_size=25), st.integers(0, 40), st.integers(0, 40))
def test_stock_at_the_end_is_stock_before_and_who_came_without_who_left(
    acting, street, community, other_community, told, one, other
):
    start, end = (FIRST + timedelta(days=day) for day in sorted((one, other)))
    with undone(), acting(street):
        people = [factories.resident(community, f"某{n}", since=FIRST) for n in range(4)]
        for each in people[:2]:  # two of them come later, if at all
            each.spells.all().delete()
        lives = {each.pk: [(FIRST, community.pk)] for each in people[2:]}
        for whose, kind, day, elsewhere, residency in sorted(told, key=lambda each: each[2]):
            unit = other_community if elsewhere else community
            on, who = FIRST + timedelta(days=day), people[whose]
            try:
                record_event(who, kind, on=on, by=None, unit=unit, residency=residency)
            except ValidationError:
                continue
            if kind in (*ARRIVALS, *DEPARTURES):
                place = unit.pk if kind in ARRIVALS else None
                lives.setdefault(who.pk, []).append((on, place))
        check_identity({community.pk, other_community.pk}, start, end, lives)
        for unit in (community, other_community):
            check_identity({unit.pk}, start, end, lives)


def check_identity(units, start, end, lives):
    """By spells; and against what the accepted events alone say of each person."""
    period, before = Period(start, end), start - timedelta(days=1)

    def stock(day):
        return engine.read("residents.registered", units, Period(day, day)).value

    came = engine.read("population.came", units, period).value
    left = engine.read("population.left", units, period).value
    assert stock(end) == stock(before) + came - left
    for day in (before, end):
        where = [
            ([None] + [place for on, place in life if on <= day])[-1] for life in lives.values()
        ]
        assert stock(day) == sum(place in units for place in where)
    parts = engine.by_category("residents.registered", "residency", units, Period(end, end))
    assert sum(part.value for part in parts.values()) == stock(end)
