"""The parts of a figure add up to it: of every figure and category, over a record or two in every ledger."""

from contextlib import suppress

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from portal.figures import Category, Flow, Ratio, engine, figures, register, spans
from portal.figures.categories import NOT_SAID
from portal.figures.declare import Counted
from portal.periods import Period
from portal.scope import below
from residents.enums import ActivityKind, Sex
from residents.models import Activity, Resident
from tests import factories
from tests.conftest import acting_as
from tests.factories import volunteer_activities
from tests.factories import volunteers as make
from tests.portal.test_figures_agree import adds_up
from tests.reports.boards_world import new_town, one_of_each, scatter
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("parts")]
YEARS = Period.parse("2020-01-01..2026-12-31")
DIVIDED = [
    (figure, name, category)
    for figure in figures
    if isinstance(figure, Counted)
    for name, category in figure.categories.items()
    if not category.array
]
KIND = {"kind": Category("类型", "kind", dict(ActivityKind.choices))}
DAY = {"theme_day": Category("主题日", "theme_day", {"lei-feng-day": "学雷锋纪念日"})}


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Whatever a record may leave empty is empty, where nothing forbids it."""
    with django_db_blocker.unblock(), undone_afterwards():
        town = new_town()
        scatter(town, seed=9, count=24)
        one_of_each(town.communities[1])
        with acting_as(town.street):
            for figure, _, category in DIVIDED:
                if category.unstated and "__" not in category.path:
                    _empty(figure.model, category.path)
            Resident.objects.filter(born_on__isnull=False).update(born_on=None, sex=Sex.UNKNOWN)
        yield town


def _empty(model, column: str) -> None:
    """One of the rows, so that others still say it."""
    with suppress(IntegrityError), transaction.atomic():
        for first in model.objects.order_by("pk").values_list("pk", flat=True)[:1]:
            field = model._meta.get_field(column)
            model.objects.filter(pk=first).update(**{column: None if field.null else ""})


def test_the_parts_of_every_figure_add_up_to_it(town):
    empty, told = set(), 0
    with acting_as(town.street):
        units = below([town.street.pk])
        for figure, name, category in DIVIDED:
            whole = engine.read(figure.code, units, YEARS).value
            if not whole or not adds_up(figure):
                continue
            parts = engine.by_category(figure.code, name, units, YEARS)
            assert sum(part.value for part in parts.values()) == whole, (figure.code, name)
            told += 1
            if category.unstated and parts[Category.UNSTATED].value:
                empty.add((figure.code, name))
    assert told > 150
    assert len(empty) > 5, empty


def test_every_way_to_divide_tells_the_same_of_what_does_not_say(town):
    value, told = Category.UNSTATED, 0
    with acting_as(town.street):
        units = below([town.street.pk])
        for figure, name, category in DIVIDED:
            if not category.unstated:
                continue
            code, chosen = figure.code, {name: value}
            alone = engine.read(code, units, YEARS, chosen)
            assert engine.by_category(code, name, units, YEARS)[value] == alone
            rows = engine.evidence(code, units, YEARS, chosen)
            assert rows.count() >= bool(alone.value), code
            pairs = engine.cross(code, name, name, units, YEARS)
            assert pairs[value, value].value == alone.value, code
            if adds_up(figure) and isinstance(figure.value, engine.Count):
                cube = engine.cube(code, ("unit", name), units, YEARS)
                assert cube.at(**chosen).value == alone.value
                assert (value in cube.labels(name)) == bool(alone.value)
            if spans.tells_days(figure) and alone.value:
                months = spans.by_category(code, name, units, YEARS, category.labels(units))
                each = [reading.value for _, reading in months[value]]
                assert not adds_up(figure) or sum(each) == alone.value, code
            told += bool(alone.value)
    assert told > 5


def flow(code, **options):
    return Flow(f"tests.{code}", code, "residents", "次", "测试", model=Activity, **options)


def ratio(numerator, denominator, categories):
    codes = {"numerator": f"tests.{numerator}", "denominator": f"tests.{denominator}"}
    return Ratio(
        f"tests.{numerator}-{denominator}", numerator, "residents", "%", "测试",
        categories=categories, **codes,
    )  # fmt: skip


@pytest.fixture
def registry(monkeypatch):
    list(figures)
    monkeypatch.setattr(figures, "_found", dict(figures._found))


def test_a_part_of_its_own_is_there_where_the_column_may_be_empty():
    divided = flow("甲", categories=KIND | DAY).categories
    assert divided["kind"] == KIND["kind"]
    assert divided["theme_day"].labels([1]) == DAY["theme_day"].choices | {"unstated": NOT_SAID}
    own_words = {"theme_day": Category("主题日", "theme_day", {"a": "甲"}, unstated="平日")}
    assert flow("乙", categories=own_words).categories["theme_day"].unstated == "平日"


def test_a_ratio_has_the_parts_of_its_terms_and_stands_behind_them(registry):
    share = ratio("甲", "乙", DAY)
    with pytest.raises(ImproperlyConfigured, match="before it"):
        register(share)
    register(flow("甲", categories=DAY), flow("乙", categories=DAY), share)
    assert figures["tests.甲-乙"].categories["theme_day"].unstated == NOT_SAID
    unknown = ratio("甲", "乙", KIND)
    with pytest.raises(KeyError):
        register(unknown)


def test_a_value_that_is_no_choice_any_more_is_in_the_last_part(town):
    code, last = "sanitation.contests", {"theme_day": Category.UNSTATED}
    with acting_as(town.street):
        units = below([town.street.pk])
        before = engine.read(code, units, YEARS, last).value
        row = factories.activity(
            town.street, kind=ActivityKind.CONTEST, domains=["sanitation"], theme_day="gone"
        )
        parts = engine.by_category(code, "theme_day", units, YEARS)
        assert parts[Category.UNSTATED].value == before + 1
        assert row in engine.evidence(code, units, YEARS, last)


def test_what_a_community_did_for_a_body_of_the_street_is_a_part(town):
    here = town.communities[2]
    with acting_as(town.street):
        station = make.org(town.street, "街道志愿服务总站")
        volunteer_activities.sound(here, org=station)
        held = volunteer_activities.sound(here, org=station)
        make.served(factories.resident(here, "单小花"), held)
    for code in ("activities", "activities_planned", "served_households"):
        with acting_as(here):
            whole = engine.read(f"volunteers.{code}", [here.pk], YEARS)
            parts = engine.by_category(f"volunteers.{code}", "org", [here.pk], YEARS)
        assert sum(part.value for part in parts.values()) == whole.value, code
        assert parts[str(station.pk)].value, code
