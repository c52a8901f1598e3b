"""Figures, what is due, and what the summary tells of the scores; where lines and figures must agree."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.utils import timezone

from portal.figures import engine
from portal.periods import Period
from portal.summaries import Telling, outlines
from portal.workdays import after_workdays
from portal.worklists import worklists
from reports.tables import tables_of, tabulate
from residents.enums import VisitMode
from sanitation.enums.scoring import LineKind, VisitBase
from sanitation.models import QuarterRun, QuarterScore, ScoreLine
from sanitation.selectors.quarters import before, quarter_of
from sanitation.services import score_objections, scores
from sanitation.summaries.scores import own_places, rankings
from tests import factories
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db
Q3 = Period.parse("2025Q3")
ON = date(2025, 10, 9)


def begun(street, by, **fields):
    return scores.begin(QuarterRun(unit=street, **{"year": 2025, "quarter": 3} | fields), by=by)


@pytest.fixture
def run(street, villages, supervisor, acting):
    with acting(street):
        also.score_rule(street, ceiling=D(120))
        for n, village in enumerate(villages[:5]):
            also.handed_in(street, village, 90 - n)
            also.fee(street, village, due=100, paid=89 + n)
            also.paste_check(street, village, 50, 40 + n)
            also.paste_check(street, village, 30, 30)
    with acting(supervisor):
        return begun(street, supervisor)


def read(code, units, period=Q3):
    return engine.read(f"sanitation.{code}", [unit.pk for unit in units], period).value


def test_only_what_is_published_counts(run, villages, supervisor, acting):
    with acting(supervisor):
        assert read("communities_scored", villages) == 0
        scores.publish(run, objections_until=after_workdays(ON, 5), by=supervisor, on=ON)
        assert read("communities_scored", villages) == 5
        assert read("communities_ranked", villages) == 5
        total = sum(
            QuarterScore.objects.filter(total__isnull=False).values_list("total", flat=True)
        )
        assert read("score_points", villages) == total
        assert read("average_score", villages) == total / 5
        assert read("communities_scored", villages, Period.parse("2025Q2")) == 0


def test_lines_of_fee_and_posters_say_what_the_figures_say(run, villages, supervisor, acting):
    with acting(supervisor):
        for village in villages[:5]:
            lines = ScoreLine.objects.filter(community=village)
            rate = read("paste_rate", [village])
            told = sum(line.points for line in lines.filter(subject="sanitation.pastecheck"))
            assert abs(told - rate * 2 / 100) <= D("0.005")
            rate = read("fee_rate", [village], Period(date(2025, 1, 1), Q3.end))
            assert (lines.get(kind=LineKind.FEE).points > 0) == (rate >= 90)


@pytest.mark.parametrize("base", VisitBase)
def test_visits_are_counted_by_their_figures(street, villages, supervisor, acting, base):
    """Two homes of the first village, one of them visited twice; one of the second; none elsewhere."""
    with acting(street):
        also.score_rule(street, ranking_penalties=[D(10), D(5), D(3)], visit_base=base)
        for n, village in enumerate(villages):
            also.handed_in(street, village, 90)
            for number in range(2):
                person = factories.resident(village, f"户主{n}{number}")
                factories.member(factories.household(village, f"{n}-{number}"), person)
                for _ in range(2 if n == number == 0 else n < 2 and number == 0):
                    factories.visit(
                        person,
                        occurred_on=date(2025, 8, 5),
                        mode=VisitMode.HOME,
                        domains=["sanitation"],
                    )
    with acting(supervisor):
        begun(street, supervisor)
        found = {
            line.community_id: line for line in ScoreLine.objects.filter(kind=LineKind.RANKING)
        }
        first, second, third = (found[village.pk] for village in villages[:3])
        assert (first.points, second.points) == (0, 0)
        assert third.points == 0  # seven share the last places; the lighter penalty is none
        told = {
            VisitBase.HOUSEHOLDS: ("走访 1/2 户，50.00%", "走访 0/2 户，0.00%"),
            VisitBase.VISITS: ("2 次", "0 次"),
        }[base]
        assert (first.label, third.label) == tuple(f"入户走访：{words}" for words in told)
        units = [village.pk for village in villages]
        assert engine.read("sanitation.cadre_visits", units, Q3).value == 3


def due(code, user, acting):
    worklist = worklists[f"sanitation.{code}"]
    with acting(user) as scope:
        rows = worklist.for_user(worklist.rows(scope.units), user)
        return [worklist.text(row) for row in rows]


def test_what_is_due_follows_the_way_of_the_quarter(
    street, community, supervisor, inspector, head, acting
):
    year, quarter = before(*quarter_of(timezone.localdate()))
    assert due("quarters_to_compute", inspector, acting) == []  # no rule is in force
    with acting(street):
        also.score_rule(street, least_communities=1, least_groups=0)
        also.handed_in(street, community, 90, occurred_on=date(year, quarter * 3, 5))
    for user in (inspector, supervisor):
        assert len(due("quarters_to_compute", user, acting)) == 1
    with acting(supervisor):
        run = begun(street, supervisor, year=year, quarter=quarter)
    assert due("quarters_to_compute", inspector, acting) == []
    assert due("quarters_to_publish", supervisor, acting) == [str(run)]
    with acting(supervisor):
        until = after_workdays(timezone.localdate(), 5)
        run = scores.publish(run, objections_until=until, by=supervisor)
    assert due("quarters_to_publish", supervisor, acting) == []
    assert len(due("scores_to_look_at", head, acting)) == 1
    with acting(head):
        score = QuarterScore.objects.select_related("run", "community").get()
        objection = score_objections.object_to(score, reason="不对", signer="李梅", by=head)
    assert due("scores_to_look_at", head, acting) == []
    assert due("score_objections_waiting", supervisor, acting) == [f"{community}：整个得分"]
    assert due("score_objections_waiting", head, acting) == []
    with acting(supervisor):
        score_objections.answer(objection, upheld=False, answer="无误", by=supervisor)
        QuarterRun.objects.update(objections_until=date(2025, 1, 1))
    assert due("quarters_to_settle", supervisor, acting) == [str(run)]
    assert due("score_objections_waiting", supervisor, acting) == []


def test_the_summary_tells_first_and_last_and_a_community_its_own_place(
    run, street, villages, supervisor, acting
):
    with acting(supervisor) as scope:
        telling = Telling(street, scope.units, Period.parse("2025"))
        assert list(rankings(telling)) == []
        scores.publish(run, objections_until=after_workdays(ON, 5), by=supervisor, on=ON)
        [text] = rankings(telling)
        assert text.startswith("2025年三季度考核5个社区（村）参加排名：")
        assert "列前" in text
        assert "列后" in text
        village = villages[0]
        [own] = own_places(Telling(village, frozenset({village.pk}), Q3))
        score = QuarterScore.objects.get(community=village)
        assert (
            own
            == f"2025年三季度考核得{score.total.normalize()}分，在5个社区（村）中列第{score.rank}名。"
        )
        assert list(own_places(telling)) == []


def test_the_ranking_of_each_published_quarter_is_a_table(
    run, street, villages, supervisor, acting
):
    title = "各社区（村）三季度考核排名"
    table = tables_of(outlines["G"])[title]
    with acting(supervisor) as scope:
        telling = Telling(street, scope.units, Period.parse("2025"))
        assert tabulate(table, telling) is None
        run = scores.publish(run, objections_until=after_workdays(ON, 5), by=supervisor, on=ON)
        content = tabulate(table, telling)
        told = [(each["name"], str(each["rank"] or "—")) for each in run.ranking]
        assert [row[:2] for row in content.rows] == told
        assert content.headers[1:] == ("名次", "得分", "抽查小组", "比上季度", "不排名原因")
        assert {len(row) for row in (*content.rows, content.total)} == {6}
        assert "没有已公开的季度检查" in content.rows[-1][-1]
        assert content.total[:2] == ("参加排名", "5个")
        assert tabulate(tables_of(outlines["G"])["各社区（村）四季度考核排名"], telling) is None
        village = villages[0]
        assert tabulate(table, Telling(village, frozenset({village.pk}), Q3)) is None
