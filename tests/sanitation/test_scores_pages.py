"""The pages: the explained score, the ranking, their papers; what a village sees of another."""

from datetime import date
from decimal import Decimal as D
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from portal.roles import Role
from portal.workdays import after_workdays
from sanitation.ledgers.scores_page import equation, explained
from sanitation.models import Finding, QuarterRun, QuarterScore, ScoreLine
from sanitation.services import scores
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db
ON = date(2025, 10, 9)


@pytest.fixture
def run(street, community, other_community, supervisor, acting):
    with acting(street):
        also.score_rule(street, least_communities=1, least_groups=0, ceiling=D(120))
        also.handed_in(street, community, "86.5", 94)
        for unit in (community, other_community):
            also.patrol(street, unit, household=f"{unit.name}张三")
        also.handed_in(street, other_community, 90)
    with acting(supervisor):
        row = QuarterRun(unit=street, year=2025, quarter=3)
        return scores.begin(row, by=supervisor)


@pytest.fixture
def published(run, supervisor, acting):
    with acting(supervisor):
        until = after_workdays(ON, 5)
        return scores.publish(run, objections_until=until, by=supervisor, on=ON)


def sent(client, url, fields):
    return client.post(url, {"_key": str(uuid4())} | fields)


def page(client, url):
    response = client.get(url)
    return response.status_code, response.content.decode() if response.status_code == 200 else ""


def score_of(unit, acting):
    with acting(unit.parent):
        return QuarterScore.objects.kept().get(community=unit)


def test_the_groups_add_up_to_the_total(run, community, supervisor, acting):
    with acting(supervisor):
        score = QuarterScore.objects.get(community=community)
        groups = explained(score, supervisor)
        assert sum(group.sum for group in groups) == score.total
        assert equation(groups[:2]) == "92.02 − 2"


def test_a_village_reads_its_own_explanation_and_of_others_the_place_alone(
    published, community, other_community, head, client_of, acting
):
    own, other = score_of(community, acting), score_of(other_community, acting)
    client = client_of(head)
    status, text = page(client, f"/ledger/quarter-scores/{own.pk}/")
    assert status == 200
    assert "为什么是 90.02 分" in text
    assert "成堆垃圾" in text
    assert page(client, f"/ledger/quarter-scores/{other.pk}/")[0] == 404
    assert client.get(reverse("quarter-score-paper", args=[other.pk])).status_code == 404
    status, text = page(client, f"/ledger/quarter-runs/{published.pk}/")
    assert status == 200
    assert other_community.name in text
    assert "张三" not in text
    paper = client.get(reverse("quarter-ranking-paper", args=[published.pk]))
    told = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper.content)
    )
    assert other_community.name in told
    assert "张三" not in told
    assert f"/ledger/quarter-scores/{other.pk}/" not in text


def test_before_it_is_published_a_village_sees_nothing(run, community, head, client_of, acting):
    client = client_of(head)
    assert page(client, f"/ledger/quarter-runs/{run.pk}/")[0] == 404
    assert page(client, f"/ledger/quarter-scores/{score_of(community, acting).pk}/")[0] == 404
    assert community.name in page(client, "/ledger/quarter-scores/")[1]  # of the page's head


def test_the_wall_hides_what_is_of_another_village(published, community, head, acting):
    with acting(head):
        assert QuarterScore.objects.get().community == community
        assert set(ScoreLine.objects.values_list("community", flat=True)) == {community.pk}
        assert not Finding.objects.exclude(community=community).exists()


def test_the_papers_are_printed_for_who_reads_the_page(
    published, community, head, supervisor, client_of, acting
):
    score = score_of(community, acting)
    for user in (head, supervisor):
        for name, pk in (
            ("quarter-score-paper", score.pk),
            ("quarter-ranking-paper", published.pk),
        ):
            response = client_of(user).get(reverse(name, args=[pk]))
            assert response.status_code == 200
            assert response.content.startswith(b"%PDF")


def test_the_street_takes_the_steps_on_their_pages(run, supervisor, client_of):
    client = client_of(supervisor)
    status, text = page(client, f"/ledger/quarter-runs/{run.pk}/")
    assert status == 200
    assert "一致" in text
    url = reverse("quarter-step", args=[run.pk, "publish"])
    _, text = page(client, url)
    assert "异议截止日期" in text
    given = {"versions": f"{run.pk}:{run.version}", "objections_until": "2020-01-01"}
    response = sent(client, url, given)
    assert "工作日" in response.content.decode()


def test_a_community_has_no_steps(published, head, client_of):
    url = reverse("quarter-step", args=[published.pk, "settle"])
    assert client_of(head).get(url).status_code == 403


def test_a_clerk_records_rule_and_run(street, community, make_user, client_of, acting):
    section = client_of(make_user(Role.STREET_SECTION, street))
    given = {
        "name": "季度考核办法",
        "year": 2025,
        "quarter": 4,
        "restored_percent": 0,
        "posters_marks": 0,
        "sorting_marks": 0,
        "fee_bonus": 0,
        "fee_rate_from": 0,
        "ranking_penalties": "10，5，3",
        "visit_base": "households",
        "ties": "lighter",
        "blue_card": 0,
        "yellow_card": 0,
        "red_card": 0,
        "least_communities": 4,
        "least_groups": 1,
        "floor": 0,
        "ceiling": 100,
    }
    response = sent(section, "/ledger/score-rules/add/", given)
    assert response.status_code == 302, response.context["form"].errors
    for text, message in (("10、十", "10、5、3"), ("3、5", "一档比一档少"), ("0", "大于 0")):
        refused = sent(
            section, "/ledger/score-rules/add/", given | {"quarter": 3, "ranking_penalties": text}
        )
        assert message in refused.content.decode()
    inspector = client_of(make_user(Role.SANITATION_INSPECTOR, street))
    refused = sent(inspector, "/ledger/quarter-runs/add/", {"year": 2025, "quarter": 3, "note": ""})
    assert "没有生效的季度计分规则" in refused.content.decode()
    done = sent(inspector, "/ledger/quarter-runs/add/", {"year": 2025, "quarter": 4, "note": ""})
    assert done.status_code == 302
    with acting(street):
        run = QuarterRun.objects.get()
        assert run.rule.ranking_penalties == [D(10), D(5), D(3)]
        assert [row["name"] for row in run.ranking] == [community.name]


def test_who_publishes_begins_a_quarter_too(street, community, supervisor, client_of, acting):
    with acting(street):
        also.score_rule(street)
    client = client_of(supervisor)
    assert page(client, "/ledger/quarter-runs/add/")[0] == 200
    made = sent(client, "/ledger/quarter-runs/add/", {"year": 2025, "quarter": 3, "note": ""})
    assert made.status_code == 302
    with acting(supervisor):
        assert QuarterRun.objects.get().ranking


def test_a_community_is_not_asked_to_begin_one(community, head, make_user, client_of):
    for user in (head, make_user(Role.COMMUNITY_STAFF, community)):
        assert client_of(user).get("/ledger/quarter-runs/add/").status_code == 403


def test_a_rule_that_a_published_quarter_used_is_only_read(published, supervisor, client_of):
    client = client_of(supervisor)
    url = f"/ledger/score-rules/{published.rule_id}/edit/"
    assert client.get(url).status_code == 403


def test_an_objection_is_made_and_answered_on_pages(
    run, community, head, supervisor, client_of, acting
):
    with acting(supervisor):
        until = after_workdays(timezone.localdate(), 5)
        scores.publish(run, objections_until=until, by=supervisor)
    score = score_of(community, acting)
    url = reverse("score-object", args=[score.pk])
    client = client_of(head)
    assert "对哪一项" in page(client, url)[1]
    made = sent(client, url, {"line": "", "reason": "分数不对。", "signer": "李梅"})
    assert made.status_code == 302
    with acting(supervisor):
        objection = score.objections.get()
    answer = reverse("score-objection-answer", args=[objection.pk])
    assert client.get(answer).status_code == 403
    street = client_of(supervisor)
    given = {"versions": f"{objection.pk}:1", "upheld": "yes", "adjustment": "1", "answer": "补回"}
    assert "所有社区（村）的得分和名次重新计算" in sent(street, answer, given).content.decode()
    assert sent(street, answer, given | {"step": "confirm"}).status_code == 302
    assert score_of(community, acting).total == D("91.02")
