"""A figure against the period compared with: words, their proof in an issue, and what the checker reads."""

from datetime import date
from decimal import Decimal

import pytest

from portal.figures import figures
from portal.figures.engine import Reading
from portal.periods import Period
from portal.summaries import Telling
from reports import proof, services
from reports.changes import changed
from reports.checks import Piece, check
from reports.facts import facts_for
from reports.layout import lay_out
from tests import factories
from tests.reports.conftest import HOME, YEAR, reviewed
from tests.reports.facts import grounds, reading

VISITS, COVERAGE, MONEY = (
    "disability.visits",
    "disability.visit_coverage",
    "disability.assistance_amount",
)
EARLIER = Period.parse("2024")


def of(code, now, before, period=YEAR):
    units = frozenset({1})
    figure = figures[code]
    return changed(
        Reading(figure, units, period, now), Reading(figure, units, period.compared(), before)
    )


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (192, 180, "增加12人次，增长6.7%"),
        (180, 192, "减少12人次，下降6.3%"),
        (7, 7, "持平"),
        (12, 0, "增加12人次（上年为0）"),
        (0, 12, "减少12人次，下降100.0%"),
        (30001, 30000, "增加1人次"),
        (25000, 10000, "增加15,000人次，增长150.0%"),
        (49, 3, "增加46人次（上年为3人次）"),
    ],
)
def test_a_count_changes_in_its_measure_and_in_percent(now, before, words):
    assert of(VISITS, now, before) == words


def test_money_is_told_without_nought_cents():
    assert of(MONEY, Decimal("1500.00"), Decimal("1000.00")) == "增加500元，增长50.0%"
    assert of(MONEY, Decimal("1000.50"), Decimal("1000.00")) == "增加0.50元，增长0.1%"


def test_a_rate_changes_in_points_of_what_is_printed():
    then = {"disability.visited_registered": 60, "disability.registered": 100}
    now = {"disability.visited_registered": 63, "disability.registered": 100}
    assert changed(reading(COVERAGE, now), reading(COVERAGE, then)) == "提高3.0个百分点"
    assert changed(reading(COVERAGE, then), reading(COVERAGE, now)) == "下降3.0个百分点"
    assert changed(reading(COVERAGE, now), reading(COVERAGE, now)) == "持平"
    assert changed(reading(COVERAGE, now), reading(COVERAGE, {})) == "（与上年无可比数据）"


def test_half_years_speak_of_the_same_half():
    assert of(VISITS, 3, 0, Period.parse("2025H1")) == "增加3人次（上年同期为0）"


@pytest.fixture
def compared_draft(acting, staff, community, outline, year_of_records):
    """A draft that compares: 2 visits in 2024, HOME + 4 calls in 2025."""
    with acting(community):
        for month in (3, 4):
            factories.visit(year_of_records[0], date(2024, month, 6))
    with acting(staff):
        draft = services.draft(outline=outline, unit=community, period=YEAR, by=staff)
        text = (
            "入户{disability.visits_home}，上年{disability.visits_home@previous}，比上年"
            "{disability.visits_home@change}。"
        )
        services.save(
            draft, version=draft.version, title=draft.title, texts={"visits": text}, by=staff
        )
        draft.refresh_from_db()
        return draft


def words_of(facts, text):
    return str(lay_out("", [("a", "", text)], facts.values, facts.tables)).strip()


@pytest.mark.usefixtures("compared_draft")
def test_the_number_of_the_year_before_and_the_change_are_values_of_their_own(
    acting, community, outline
):
    text = "{disability.visits_home@previous}；{disability.visits_home@previous#}；{disability.visits_home@change}"
    with acting(community):
        facts = facts_for(outline, Telling.of(community, YEAR), [text])
    assert words_of(facts, text) == "2人次；2；增加5人次，增长250.0%"
    before = facts.values["disability.visits_home@previous"]
    assert (before.code, before.period_key, before.name) == (
        "disability.visits_home",
        "2024",
        "残疾人入户走访@上期",
    )


def test_an_issue_keeps_the_rows_of_both_periods(acting, staff, head, compared_draft):
    ready = reviewed(compared_draft, staff, head)
    with acting(head):
        kept = services.issue(ready, version=ready.version, by=head)
        told = {key: value.told for key, value in proof.values_of(kept.content).items()}
        assert told["disability.visits_home@change"] == "增加5人次，增长250.0%"
        evidence = proof.bundle_of(kept)
        changes = proof.changes_of(kept, evidence, "disability.visits_home@change")
        assert [len(each.then) for each in changes] == [HOME, 2]
        assert not any(d.changed for d in proof.differences(kept))
        factories.visit(factories.resident(compared_draft.unit), date(2024, 5, 6))
        assert [
            d.issued.key
            for d in proof.differences(kept)
            if d.changed and d.issued.code == "disability.visits_home"
        ] == ["disability.visits_home@previous", "disability.visits_home@change"]


def test_the_checker_adds_up_the_numbers_of_the_year_before():
    before = {VISITS: reading(VISITS, {VISITS: 180}, EARLIER)}
    text = "走访{disability.visits}，上年走访{disability.visits@previous}，合计{}人次。"
    for total, rules in ((372, []), (370, ["sum"])):
        piece = Piece("visits", "走访", text.replace("{}", str(total)))
        found = check("", [piece], grounds(earlier=before))
        assert [finding.rule for finding in found] == rules


def test_an_unknown_period_is_an_unknown_name():
    [finding] = check("", [Piece("a", "甲", "走访{disability.visits@去年}。")], grounds())
    assert finding.rule == "token"
