"""网格责任: which grids have a cleaner on a day, which have none, and where nobody comes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.figures import engine
from portal.periods import Period
from portal.quality import rules
from portal.roles import Role
from portal.scope import below
from sanitation.selectors.cleaners import lines_of
from sanitation.worklists.cleaners import nobody_there, without_cleaner
from tests.factories import sanitation_cleaners as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
COUNTED = ("grids", "grids_covered", "grids_uncovered", "grids_unattended")


@pytest.fixture
def village(street, community, make_grid, acting):
    """Three grids: one with two cleaners, one with a cleaner who is away, one whose cleaner left."""
    grids = [make_grid(community, number) for number in (1, 2, 3)]
    with acting(street):
        first = make.cleaner(street, "彭建国", community, starts_on=date(2025, 3, 1))
        second = make.cleaner(street, "龙秀英", community)
        third = make.cleaner(street, "胡小兰", community, ends_on=TODAY - DAY)
        make.assignment(first, grids[0], starts_on=date(2025, 3, 1))
        make.assignment(second, grids[0])
        make.assignment(second, grids[1], duty="水渠")
        make.assignment(third, grids[2])  # goes on after the post: a quality rule tells it
        make.leave(second, TODAY - DAY, TODAY + DAY)
    return grids


def counted(units, day):
    period = Period(day, day)
    return [engine.read(f"sanitation.{code}", units, period).value for code in COUNTED]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2024, 12, 31), [3, 0, 3, 0]),
        (date(2025, 1, 1), [3, 3, 0, 0]),
        (TODAY - DAY, [3, 3, 0, 1]),
        (TODAY, [3, 2, 1, 1]),
        (TODAY + 2 * DAY, [3, 2, 1, 0]),
    ],
)
def test_figures_lists_and_page_tell_the_same_of_a_day(
    street, community, acting, village, day, told
):
    with acting(street):
        assert counted(below([street.pk]), day) == told
        assert counted([community.pk], day) == told
        lines = lines_of([community.pk], day)[community]
        assert [
            len(lines),
            sum(not line.is_uncovered for line in lines),
            sum(line.is_uncovered for line in lines),
            sum(line.is_unattended for line in lines),
        ] == told


def test_the_figures_are_the_same_for_the_community_that_only_reads(community, acting, village):
    with acting(community):
        assert counted([community.pk], TODAY) == [3, 2, 1, 1]
        coverage = engine.read("sanitation.grid_coverage", [community.pk], Period(TODAY, TODAY))
        assert coverage.text == "66.7%"


def test_a_substitute_or_a_colleague_keeps_a_grid_attended(street, community, acting, village):
    with acting(street):
        assert [grid.pk for grid in nobody_there({community.pk})] == [village[1].pk]
        assert [grid.pk for grid in without_cleaner({community.pk})] == [village[2].pk]
        leave = make.CleanerLeave.objects.get()
        leave.substitute = "吴国强"
        leave.save()
        assert not nobody_there({community.pk})


def test_the_page_names_the_cleaners_and_the_grids_without(
    client_of, make_user, street, community, other_community, village
):
    client = client_of(make_user(Role.SANITATION_INSPECTOR, street))
    page = client.get("/sanitation/grids/").content.decode()
    assert "没有保洁员" in page
    assert "当天没有人保洁" in page
    assert "没有人顶岗" in page
    assert "还没有划分网格" in page  # the other community
    then = client.get(f"/sanitation/grids/?community={community.pk}&as_of=2025-01-15")
    assert "当天没有人保洁" not in then.content.decode()
    assert other_community.name not in then.content.decode().split('class="panel duty"', 1)[1]
    home = client.get("/").content.decode()
    assert "没有保洁员的网格" in home
    assert "今天无人保洁的网格" in home


def test_another_community_is_a_missing_page(client_of, make_user, community, other_community):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert client.get("/sanitation/grids/").status_code == 200
    assert client.get(f"/sanitation/grids/?community={other_community.pk}").status_code == 404
    for odd in ("x", "1e9", "-1"):
        assert client.get(f"/sanitation/grids/?community={odd}").status_code == 404
    assert client.get("/sanitation/grids/?as_of=2999-01-01").status_code == 200


def test_cleaners_are_counted_by_sex_and_age_on_the_last_day(street, community, acting, village):
    with acting(street):
        old = make.cleaner(
            street, "田桂花", community, sex=2, born_on=date(1959, 6, 30), employment="part"
        )
        make.cleaner(street, "无生日", community, born_on=None, sex=None)
        units, end = [community.pk], date(2025, 6, 30)

        def by(name, day):
            found = engine.by_category("sanitation.cleaners", name, units, Period(day, day))
            return {key: reading.value for key, reading in found.items() if reading.value}

        assert by("age", end) == {"45-59": 3, "65+": 1, "unknown": 1}
        assert by("age", date(2024, 6, 29))["60-64"] == 1
        assert by("age", date(2024, 6, 30))["65+"] == 1
        assert by("sex", end) == {"1": 3, "2": 1, "0": 1}
        assert by("employment", end) == {"full": 4, "part": 1}
        assert old.pk in {row.pk for row in rules["sanitation.cleaner_old"].rows({street.pk})}


def test_who_was_taught_is_counted_of_those_in_service(street, community, acting, village):
    with acting(street):
        taught = make.training(street)
        again = make.training(street, "安全培训", occurred_on=date(2025, 9, 1))
        people = {row.name: row for row in make.assigned(village)}
        for name in ("彭建国", "胡小兰"):
            make.attendance(taught, people[name])
        make.attendance(again, people["彭建国"])

        def read(code, period):
            reading = engine.read(f"sanitation.{code}", [community.pk], Period.parse(period))
            return reading.value

        assert read("cleaner_training_times", "2025") == 3
        assert read("cleaners_trained", "2025") == 2
        assert read("cleaners_trained", "2025-09") == 1
        assert read("cleaners_trained", "2024") == 0
        rate = engine.read("sanitation.cleaners_trained_rate", [community.pk], Period.parse("2025"))
        assert rate.text == "66.7%"
        now = Period(date(2025, 1, 1), TODAY)
        assert engine.read("sanitation.cleaners_trained", [community.pk], now).value == 1


@pytest.mark.parametrize("code", make.BROKEN)
def test_rules_find_what_is_wrong_and_only_where_it_is_kept(
    street, community, other_community, acting, code
):
    with acting(street):
        wrong = make.BROKEN[code](community)
        rows = rules[f"sanitation.{code}"].rows
        assert [row.pk for row in rows({community.pk})] == [wrong.pk]
        assert not rows({other_community.pk}).exists()
