"""Figures, quality rules and paragraphs of inspections."""

from datetime import date
from decimal import Decimal as D

import pytest

from portal.figures import engine
from portal.periods import Period
from portal.quality import rules
from portal.summaries import Telling, outlines
from reports.compose import compose
from reports.tokens import codes_in
from sanitation.enums.inspections import InspectionKind as K
from sanitation.enums.inspections import SampleMethod
from sanitation.summaries.inspections import by_kind, by_method, by_superiors
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


def value(code, *units, period=YEAR, **category):
    return engine.read(f"sanitation.{code}", [u.pk for u in units], period, category).value


def test_inspections_count_by_the_community_they_are_about_once_open(
    street, community, other_community, acting
):
    with acting(street):
        more.handed_in(street, community, occurred_on=date(2025, 12, 31))
        more.handed_in(street, community, K.ROUTINE, score=None, full=None)
        more.handed_in(street, other_community, K.UNANNOUNCED, is_open=True)
        more.handed_in(street, other_community, K.UNANNOUNCED)  # not published
        more.handed_in(street, community, occurred_on=date(2026, 1, 1))
        make.inspection(street, community)
        gone = more.handed_in(street, community)
        gone.deleted_at = gone.recorded_at
        gone.save()
        assert value("inspections", community) == 2
        assert value("inspections", community, kind=K.QUARTER) == 1
        assert value("inspections", street, community, other_community) == 3
        assert value("inspections", street) == 0
        assert value("unannounced_inspections", other_community) == 1


def test_rates_weigh_by_the_marks_that_applied(street, community, acting):
    with acting(street):
        more.handed_in(street, community, score=D("81.5"), full=D(90))
        more.handed_in(street, community, K.SUPERIOR, rank="city", score=D(70), full=D(100))
        more.handed_in(street, community, K.ROUTINE, score=None, full=None)
        assert value("inspection_marks", community) == D("151.5")
        assert value("inspection_full_marks", community) == 190
        assert round(value("inspection_rate", community), 1) == D("79.7")
        assert value("inspections_marked", community) == 2
        assert round(value("inspection_rate", community, kind=K.SUPERIOR)) == 70


def test_groups_count_once_an_inspection_by_method(street, community, make_grid, acting):
    grids = [make_grid(community, number) for number in (1, 2)]
    with acting(street):
        row = more.handed_in(street, community)
        more.sampled(row, grids[0], SampleMethod.RECOMMENDED)
        more.sampled(row, grids[1])
        more.sampled(more.handed_in(street, community, K.UNANNOUNCED), grids[0])
        assert value("sampled_groups", community) == 2
        assert value("sampled_groups", community, method=SampleMethod.RANDOM) == 1


def test_replies_count_by_their_own_day_and_unit(street, community, acting):
    with acting(street):
        for agrees, upheld in ((True, None), (False, None), (False, True), (False, False)):
            more.reply(more.handed_in(street, community), agrees, upheld=upheld)
        late = more.handed_in(street, community)
        more.reply(late, occurred_on=date(2026, 1, 2))
        assert value("inspection_replies", community) == 4
        assert value("inspection_objections", community) == 3
        assert value("inspection_objections_upheld", community) == 1


def test_the_summary_tells_kinds_methods_and_superiors(street, community, make_grid, acting):
    grid = make_grid(community, 1)
    with acting(street):
        more.sampled(more.handed_in(street, community), grid)
        more.handed_in(street, community, K.SUPERIOR, rank="city", score=D("78.5"), full=D(100))
        more.handed_in(street, community, K.UNANNOUNCED)
        told = Telling(street, frozenset({street.pk, community.pk}), YEAR)
        assert list(by_kind(told)) == [
            "开展环境卫生检查{sanitation.inspections}，其中季度检查1次、上级督查1次。"
        ]
        assert next(iter(by_method(told))).endswith("其中随机抽取1个。")
        assert list(by_superiors(told)) == ["接受市级督查：3月12日明珠社区（78.5分）。"]


def test_draws_are_told_as_kept_only_where_each_can_be_done_again(
    street, community, make_grid, acting
):
    grids = [make_grid(community, number) for number in (1, 2)]
    told = Telling(street, frozenset({street.pk, community.pk}), YEAR)
    proof = "随机抽取的种子、范围和结果均留底备查"
    with acting(street):
        row = more.handed_in(street, community)
        more.sampled(row, grids[0], SampleMethod.RECOMMENDED)
        assert proof not in next(iter(by_method(told)))  # nothing was drawn
        more.drawn(row, grids[1])
        assert proof in next(iter(by_method(told)))
        more.sampled(more.handed_in(street, community), grids[1])  # from a list on paper
        assert proof not in next(iter(by_method(told)))


def test_the_summary_tells_marks_and_objections_with_their_rates(street, community, acting):
    with acting(street):
        more.handed_in(street, community, score=D(80))
        more.handed_in(street, community, K.UNANNOUNCED, score=D(70), is_open=True)
        for upheld in (True, False):
            more.reply(
                more.handed_in(street, community, K.ROUTINE, score=None), False, upheld=upheld
            )
        draft = compose(outlines["G"], street, YEAR)
        text = "\n".join(s.text for s in draft.sections if s.key == "inspections")
        for code in codes_in(text):
            text = text.replace(f"{{{code}}}", engine.read(code, draft.telling.units, YEAR).full)
    for words in (
        "计分的检查2次，平均得分75.0分（150分/2次），平均得分率75.0%（150.00/200.00）。",
        "暗访平均得分率70.0%（70.00/100.00）。",
        "对检查结果提出异议2次，经核对成立并更正1次，异议成立率50.0%（1/2）。",
    ):
        assert words in text, text


def broken(code, unit):
    return list(rules[f"sanitation.{code}"].rows(frozenset([unit.pk])))


def test_rules_find_what_breaks_them_and_not_what_does_not(street, community, make_grid, acting):
    grid = make_grid(community, 1)
    with acting(street):
        rubric = make.rubric(street)
        sound = more.handed_in(street, community, rubric=rubric)
        more.sampled(sound, grid)
        alone = more.handed_in(street, community, K.ROUTINE, inspectors="吴永刚")
        city = more.handed_in(street, community, K.SUPERIOR, rank="city", inspectors="市城管局")
        assert broken("inspection_by_one", street) == [alone]
        assert city not in broken("inspection_by_one", street)
        assert broken("quarter_check_twice", street) == []
        again = more.handed_in(street, community, rubric=rubric, score=None, full=None)
        assert {row.pk for row in broken("quarter_check_twice", street)} == {sound.pk, again.pk}
        assert broken("quarter_check_no_sample", street) == [again]
        assert broken("quarter_check_no_score", street) == [again]
        assert broken("rubric_not_hundred", street) == [rubric]
        early = make.inspection(street, community, rubric=rubric, occurred_on=date(2024, 12, 31))
        assert broken("rubric_not_in_force", street) == [early]
