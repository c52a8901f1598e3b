"""A quarter is computed by one click from the records, and again with the same digits."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError

from portal.roles import Role
from portal.scope import Denied
from sanitation.enums.rectification import CardColour
from sanitation.enums.scoring import LineKind
from sanitation.models import (
    QuarterRun,
    QuarterScore,
    RectificationRound,
    ScoreLine,
    ScoreRule,
)
from sanitation.selectors.rectification import is_in_time
from sanitation.selectors.scores import changed_since, mistaken
from sanitation.services import scores
from tests.factories import sanitation as make
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(street, villages, acting):
    """Everything that a score is made of, of the first village; a check of the others."""
    first, *others = villages
    with acting(street):
        also.score_rule(street)
        also.handed_in(street, first, "86.5", 94)
        finding = also.patrol(street, first, occurrences=2)
        also.order(street, finding, closed_on=date(2025, 8, 18))
        also.patrol(street, first, same_as=finding)
        also.paste_check(street, first)
        also.assessment(street, first)
        also.fee(street, first)
        also.yellow_card(street, first)
        for n, village in enumerate(others):
            also.handed_in(street, village, 95 - n // 2)
    return villages


def begun(street, by, **fields):
    return scores.begin(QuarterRun(unit=street, **{"year": 2025, "quarter": 3} | fields), by=by)


def points_of(community):
    score = QuarterScore.objects.kept().get(community=community)
    return [(line.kind, line.points) for line in score.lines.kept()]


def test_every_part_of_a_score_is_a_line_with_its_record(counted, street, inspector, acting):
    with acting(inspector):
        run = begun(street, inspector)
        score = run.scores.get(community=counted[0])
        assert points_of(counted[0]) == [
            (LineKind.CHECK, D("92.02")),
            (LineKind.PATROL, D("-4.00")),
            (LineKind.RESTORED, D("2.00")),
            (LineKind.PATROL, D("0.00")),
            (LineKind.SPECIAL, D("1.80")),
            (LineKind.SPECIAL, D("2.55")),
            (LineKind.FEE, D("2.00")),
            (LineKind.WARNING, D("-5.00")),
        ]
        assert score.total == D("91.37") == sum(ln.points for ln in score.lines.all())
        assert score.lines.get(kind=LineKind.CHECK).subject == "sanitation.inspection"
        assert score.groups == 2
        assert [row["rank"] for row in run.ranking] == [1, 1, 3, 3, 5, 5, 7, 7, 9]
        assert [row["name"] for row in run.ranking][-1] == "明珠社区"
        assert mistaken(run) == []


def test_to_compute_again_writes_nothing_that_stayed(counted, street, inspector, acting):
    with acting(inspector):
        run = begun(street, inspector)
        before = list(ScoreLine.objects.order_by("pk").values("pk", "version", "deleted_at"))
        versions = list(QuarterScore.objects.order_by("pk").values_list("pk", "version"))
        scores.compute(run, by=inspector)
        assert (
            list(ScoreLine.objects.order_by("pk").values("pk", "version", "deleted_at")) == before
        )
        assert list(QuarterScore.objects.order_by("pk").values_list("pk", "version")) == versions


def test_a_record_that_came_later_is_told_and_counts_when_computed_again(
    counted, street, inspector, acting
):
    with acting(inspector):
        run = begun(street, inspector)
        also.patrol(street, counted[1])
        assert [d.parts for d in changed_since(run)] == [("巡查严重问题",)]
        [difference] = changed_since(run)
        assert difference.parts == ("巡查严重问题",)
        assert (difference.before, difference.now) == (D(95), D(93))
        run = scores.compute(run, by=inspector)
        assert points_of(counted[1]) == [
            (LineKind.CHECK, D(95)),
            (LineKind.PATROL, D(-2)),
            (LineKind.SPECIAL, D(0)),
            (LineKind.SPECIAL, D(0)),
            (LineKind.FEE, D(0)),
        ]
        assert changed_since(run) == []
        assert mistaken(run) == []


def test_what_is_not_open_or_not_the_streets_or_of_another_quarter_counts_not(
    counted, street, inspector, acting
):
    village = counted[1]
    with acting(street):
        also.handed_in(street, village, 10, kind="unannounced", notified=False, is_open=False)
        also.handed_in(street, village, 10, occurred_on=date(2025, 10, 1))
        also.handed_in(street, village, 10, deleted_at="2025-09-01T00:00:00Z")
        also.patrol(street, village, is_serious=False)
    with acting(village):
        also.handed_in(village, village, 10)
    with acting(inspector):
        begun(street, inspector)
        assert [(kind, points) for kind, points in points_of(village) if points] == [
            (LineKind.CHECK, D(95))
        ]


def test_what_the_check_found_too_is_counted_there(counted, street, inspector, acting):
    with acting(street):
        finding = also.patrol(street, counted[2])
        check = also.handed_in(street, counted[2], 90)
        fault = check.rubric.items.get(ordinal=1).faults.get(ordinal=1)
        make.finding(check, fault, same_as=finding)
    with acting(inspector):
        begun(street, inspector)
        line = ScoreLine.objects.get(community=counted[2], kind=LineKind.PATROL)
        assert line.points == 0
        assert "与8月12日季度检查为同一问题" in line.rule


def test_a_village_without_a_check_has_no_total_and_no_rank(counted, street, inspector, acting):
    with acting(inspector):
        run = begun(street, inspector, quarter=2)
        assert {row["total"] for row in run.ranking} == {None}
        assert all("没有已公开的季度检查" in row["withheld"] for row in run.ranking)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"year": 2024}, "没有生效的季度计分规则"),
        ({"year": 2099}, "还没有开始"),
        ({"quarter": 9}, "不是有效选项"),
    ],
)
def test_a_run_needs_a_rule_and_a_quarter_that_has_begun(
    counted, street, inspector, acting, fields, message
):
    with acting(inspector), pytest.raises(ValidationError) as refused:
        begun(street, inspector, **fields)
    assert message in str(refused.value)


def test_a_community_computes_no_quarter(counted, community, make_user, acting):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(clerk), pytest.raises(Denied):
        begun(community, clerk)
    with acting(clerk), pytest.raises(ValidationError, match="由街道"):
        scores.check_begin(community, 2025, 3)


def test_fees_that_a_community_tells_of_itself_give_it_no_points(
    counted, street, inspector, acting
):
    village = counted[1]
    with acting(village):
        also.fee(village, paid=100)
    with acting(inspector):
        begun(street, inspector)
        line = ScoreLine.objects.get(community=village, kind=LineKind.FEE)
        assert (line.points, line.rule[:7]) == (0, "本季度没有收费")


def test_each_colour_of_card_takes_off_its_own(counted, street, inspector, acting):
    with acting(street):
        ScoreRule.objects.update(blue_card=D(1), red_card=D(9))
        for colour in CardColour:
            also.yellow_card(street, counted[1], colour=colour)
    with acting(inspector):
        begun(street, inspector)
        lines = ScoreLine.objects.filter(community=counted[1], kind=LineKind.WARNING)
        assert [(line.points, line.rule) for line in lines.order_by("ordinal")] == [
            (D(-1), "本季度被出蓝牌，每张扣 1 分。"),
            (D(-5), "本季度被出黄牌，每张扣 5 分。"),
            (D(-9), "本季度被出红牌，每张扣 9 分。"),
        ]


def test_a_late_recheck_of_what_was_reported_in_time_gives_points_back(
    counted, street, inspector, acting
):
    """As the figure of orders in time says."""
    with acting(street):
        finding = also.patrol(street, counted[1])
        order = also.order(street, finding, closed_on=date(2025, 8, 25))
        fields = {"content": "已清走", "reporter": "李梅", "community": counted[1], "unit": street}
        RectificationRound.objects.create(
            order=order,
            occurred_on=date(2025, 8, 19),
            rechecked_on=date(2025, 8, 25),
            passed=True,
            **fields,
        )
        assert is_in_time(order)
    with acting(inspector):
        begun(street, inspector)
        assert (LineKind.RESTORED, D(1)) in points_of(counted[1])


def test_who_may_not_edit_there_computes_nothing(counted, street, head, acting):
    with acting(head), pytest.raises(Denied):
        begun(street, head)
