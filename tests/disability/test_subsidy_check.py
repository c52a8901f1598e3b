"""补贴核查: whom each rule finds and whom not, the facts that it tells, and what an outcome does."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.utils import timezone

from disability.enums.subsidies import SubsidyRule
from disability.models import SubsidyFinding
from disability.selectors.subsidy_rules import RULES, open_rows
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from tests import factories
from tests.disability.posting import keyed

TODAY = date(2025, 9, 10)
PAGE = "/disability/subsidy-check/"
EVER = Period(date(2025, 1, 1), TODAY)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    noon = datetime(2025, 9, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def holder(acting, community):
    """``holder(name, level, **subsidy)``: somebody with a certificate, drawing what is asked for."""

    def make(name="黄文发", level="2", kind="", tag="", certified=True, **fields):
        with acting(community):
            person = factories.resident(community, name)
            if certified:
                factories.certificate(person, level=level)
            if tag:
                factories.care_tag(person, tag, date(2024, 1, 1))
            fields = {"starts_on": date(2025, 1, 1)} | fields
            return factories.subsidy(person, kind, **fields) if kind else person

    return make


@pytest.fixture
def found(acting, community):
    def names(code, day=TODAY):
        with acting(community):
            rows = open_rows(SubsidyRule(code), day)
            return sorted(row.resident.name for row in rows)

    return names


@pytest.fixture
def client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


def figure(acting, community, code):
    with acting(community):
        return engine.read(f"disability.{code}", {community.pk}, EVER).value


def test_who_misses_out(acting, community, holder, found):
    holder("护理未享")
    holder("三级不符", level="3")
    holder("已享护理", kind="nursing")
    poor = holder("生活未享", level="4", tag="minimum_living")
    holder("特困不得", tag="extreme_poverty")
    holder("无证", certified=False, tag="minimum_living")
    applying = holder("在办", level="1")
    gone, dead = holder("迁走"), holder("去世")
    with acting(community):
        factories.application(applying, kind="nursing_allowance")
        factories.life_event(gone, "moved_out", date(2025, 3, 1))
        factories.life_event(dead, "died", date(2025, 3, 1))
        factories.certificate(holder("过期", certified=False), expires_on=date(2025, 1, 1))
    assert found("missing") == ["护理未享", "生活未享"]
    with acting(community):
        rows = {row.resident_id: row for row in open_rows(SubsidyRule.MISSING, TODAY)}
        assert rows[poor.pk].names == ["困难残疾人生活补贴"]
        told = RULES[SubsidyRule.MISSING].told(rows[poor.pk])
        assert "2024-01-01起是低保对象" in told
    assert figure(acting, community, "subsidy_due_missing") == 2
    holder("两样都缺", level="1", tag="minimum_living")
    assert figure(acting, community, "subsidy_due_missing") == 3


def test_offices_widen_a_kind_by_its_rule(acting, community, holder, found):
    with acting(community):
        person = factories.resident(community, "智力三级")
        factories.certificate(person, category="5", level="3")
        kind = factories.subsidy_kind()
        kind.also = ["53"]
        kind.save()
    assert found("missing") == ["智力三级"]


CASES = {
    "dead": ({}, "去世"),
    "moved": ({}, "最后一天"),
    "certificate": ({"certified": False}, "没有登记残疾人证"),
    "stacking": ({"tag": "extreme_poverty"}, "特困"),
    "level": ({"level": "3"}, "肢体三级"),
    "poverty": ({"kind": "living"}, "没有登记所要求的"),
    "review": ({"starts_on": date(2024, 9, 1)}, "还没有复核过"),
}


def make_case(acting, community, holder, rule):
    fields, words = CASES[rule]
    row = holder("要核查", **({"kind": "nursing"} | fields))
    with acting(community):
        if rule == "dead":
            factories.life_event(row.resident, "died", date(2025, 8, 10))
        if rule == "moved":
            factories.life_event(row.resident, "moved_out", date(2025, 8, 10))
    return row, words


@pytest.mark.parametrize("rule", list(CASES))
def test_each_rule_finds_its_case_alone_and_tells_why(
    acting, community, holder, found, client, rule
):
    holder("没有问题", kind="nursing")
    row, words = make_case(acting, community, holder, rule)
    assert {code: found(code) for code in CASES if found(code)} == {rule: ["要核查"]}
    page = client.get(PAGE, {"rule": rule}).content.decode()
    assert words in page
    assert RULES[SubsidyRule(rule)].why in page
    undue = rule != "review"
    assert figure(acting, community, "subsidy_undue") == undue
    assert figure(acting, community, "subsidy_review_due") == (not undue)
    with acting(community):
        row.ends_on, row.stop_reason = date(2025, 8, 31), "other"
        row.save()
    assert found(rule) == [], "it ended with the month of the event"


def outcome(client, rule, row, **fields):
    url = f"{PAGE}{rule}/{row.pk}/{fields.pop('kind', getattr(row, 'kind_id', None))}/"
    sent = {"occurred_on": "2025-09-09", "versions": f"{row.pk}:{row.version}"}
    return client.post(url, keyed(sent | fields))


@pytest.mark.parametrize("rule", list(CASES))
def test_a_stop_ends_the_subsidy_with_its_reason(acting, community, holder, found, client, rule):
    row, _ = make_case(acting, community, holder, rule)
    asked = outcome(client, rule, row, outcome="stopped")
    assert "请填写计发末月" in str(asked.context["form"].errors["ends_on"])
    assert outcome(client, rule, row, outcome="stopped", ends_on="2025-08").status_code == 302
    assert found(rule) == []
    with acting(community):
        finding = SubsidyFinding.objects.get()
        row.refresh_from_db()
        assert (row.ends_on, finding.resident_id) == (date(2025, 8, 31), row.resident_id)
        assert row.stop_reason == RULES[SubsidyRule(rule)].reason
        assert finding.facts


def test_what_was_settled_comes_back_when_its_facts_change(
    acting, community, holder, found, client
):
    row, _ = make_case(acting, community, holder, "level")
    refused = outcome(client, "level", row, outcome="continued")
    assert "请写明依据" in str(refused.context["form"].errors["note"])
    done = outcome(client, "level", row, outcome="continued", note="街道批准")
    assert done.status_code == 302
    assert found("level") == []
    assert figure(acting, community, "subsidy_undue") == 0
    with acting(community):
        row.resident.certificates.update(level="4")
    assert found("level") == ["要核查"]


def test_the_home_page_leads_to_the_first_rule_that_finds_a_subsidy(
    acting, community, holder, client
):
    row, _ = make_case(acting, community, holder, "level")
    holder("护理未享")
    with acting(community):
        due = {
            code: [listed.act_url(record) for record in listed.rows(frozenset({community.pk}))]
            for code in ("missing", "undue")
            for listed in [worklists[f"disability.subsidy_{code}"]]
        }
    [missing], [undue] = due["missing"], due["undue"]
    assert "护理未享" in client.get(missing).content.decode()
    assert client.get(undue)["Location"] == f"{PAGE}level/{row.pk}/{row.kind_id}/"
    outcome(client, "level", row, outcome="continued", note="街道批准")
    assert client.get(undue)["Location"] == PAGE


def test_a_review_is_done_for_a_year(acting, community, holder, found, client):
    row, _ = make_case(acting, community, holder, "review")
    assert outcome(client, "review", row, outcome="continued").status_code == 302
    assert found("review") == []
    assert found("review", date(2026, 9, 8)) == []
    assert found("review", date(2026, 9, 9)) == ["要核查"]
    assert figure(acting, community, "subsidy_reviewed") == 1


def test_who_does_not_want_it_is_asked_again_on_the_day(acting, community, holder, found, client):
    person = holder("不愿申请")
    with acting(community):
        card, kind = person.certificates.get(), factories.subsidy_kind().pk
    unfit = outcome(client, "missing", card, kind=kind, outcome="unfit")
    assert "写明原因" in str(unfit.context["form"].errors["note"])
    early = outcome(client, "missing", card, kind=kind, outcome="declined", again_on="2025-09-09")
    assert "要晚于" in str(early.context["form"].errors["again_on"])
    done = outcome(client, "missing", card, kind=kind, outcome="declined", again_on="2025-12-01")
    assert done.status_code == 302
    assert found("missing") == []
    assert found("missing", date(2025, 12, 1)) == ["不愿申请"]
    with acting(community):
        person.certificates.update(level="1")
    assert found("missing") == ["不愿申请"]


def test_nobody_settles_what_is_not_open_or_not_theirs(
    acting, community, other_community, holder, client, client_of, make_user
):
    row, _ = make_case(acting, community, holder, "level")
    neighbour = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    section = client_of(make_user(Role.STREET_SECTION, community.parent))
    for other in (neighbour, section):
        outcome(other, "level", row, outcome="continued", note="代办")
    outcome(client, "dead", row, outcome="continued", note="没有去世")
    assert outcome(client, "nonsense", row, outcome="continued").status_code == 404
    with acting(community):
        assert not SubsidyFinding.objects.exists()
    assert neighbour.get(PAGE, {"rule": "level"}).context["found"] == []
    page = section.get(PAGE, {"rule": "level"}).content.decode()
    assert "要核查" in page
    assert ">登记结果<" not in page


def test_home_page_counts_them_and_the_list_leaves_as_a_workbook(acting, community, holder, client):
    for number in range(3):
        holder(f"居民{number}")
    make_case(acting, community, holder, "level")
    shown = {each["title"]: each for each in client.get("/").context["worklists"]}
    assert shown["残疾人补贴应享未享"]["count"] == 3
    [section] = client.get(shown["残疾人补贴疑似多享"]["url"]).context["sections"]
    assert [row["text"] for row in section["items"]] == ["要核查：重度残疾人护理补贴"]
    room = worklists["disability.subsidy_undue"].url()
    assert client.get(room).context["rule"].code == "level"
    answer = client.post(f"{PAGE}missing/export/", keyed({}))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["居民0", "居民1", "居民2"]


def test_a_street_is_checked_by_a_few_statements(
    acting, community, holder, client, django_assert_max_num_queries
):
    for number in range(12):
        holder(f"居民{number}", kind="nursing" if number % 2 else "", level="3")
        holder(f"未享{number}")
    with django_assert_max_num_queries(40):
        client.get(PAGE, {"rule": "missing"})
