"""Figures of the catalogue: what is in force, published, faster than the law, and handed out by kind."""

from datetime import date

import pytest

from portal.figures import engine
from portal.periods import Period
from portal.summaries import outlines
from reports.compose import compose
from reports.tokens import codes_in
from tests import factories
from tests.factories import cases

pytestmark = pytest.mark.django_db
YEAR, JUNE = Period.parse("2025"), Period.parse("2025-06")
OURS = ["servicecenter"]


def read(code, unit, period=YEAR, **category):
    return engine.read(f"servicecenter.{code}", [unit.pk], period, category)


def version(unit, code, starts_on=date(2025, 1, 1), **fields):
    item = cases.item(
        unit,
        code,
        closed_on=fields.pop("closed_on", None),
        department=fields.pop("department", "civil"),
    )
    return cases.version(unit, item, starts_on=starts_on, **fields)


def test_items_count_once_while_a_version_is_in_force(acting, community):
    with acting(community):
        old = version(community, "A-1", ends_on=date(2025, 6, 30), published_on=date(2025, 1, 5))
        cases.version(community, old.item, starts_on=date(2025, 7, 1))
        version(community, "A-2", published_on=date(2025, 12, 31), department="housing")
        version(community, "A-3", published_on=date(2026, 1, 1))
        version(community, "A-4", closed_on=date(2025, 12, 31), published_on=date(2025, 1, 1))
        version(community, "A-5", closed_on=date(2025, 12, 30), ends_on=date(2025, 12, 30))
        version(community, "A-6", starts_on=date(2026, 1, 1))
        cases.item(community, "A-7")

        assert read("items", community).value == 4
        assert read("items", community, JUNE).value == 5
        assert read("items_published", community).value == 2
        assert read("items_published", community, JUNE).value == 2
        assert read("items_published", community, department="housing").value == 1
        assert read("items_published_rate", community).full == "50.0%（2/4）"


def test_the_promise_below_the_law_is_counted_in_days(acting, community):
    with acting(community):
        version(community, "B-1", legal_days=20, promised_days=5)
        version(community, "B-2", legal_days=10, promised_days=10)
        version(community, "B-3", promised_days=3)
        version(community, "B-4", legal_days=0, promised_days=0, kind="on_spot")

        assert read("items_with_limit", community).value == 3
        assert read("items_faster", community).value == 1
        assert read("speed_up_rate", community).full == "50.0%（15/30）"
        assert read("speed_up_rate", community, kind="on_spot").value is None


def test_s3_15_730_sheets_and_cards_handed_out_are_told_by_kind(acting, community):
    with acting(community):
        give = {"domains": OURS, "occurred_on": date(2025, 12, 31)}
        factories.handout(community, 300, material="办事告知单（低保初审）", **give)
        factories.handout(community, 180, material="办事告知单", **give)
        factories.handout(community, 200, material="为民服务卡", measure="张", **give)
        factories.handout(community, 50, material="便民手册", **give)
        factories.handout(community, 9, material="横幅", measure="条", **give)
        factories.handout(community, 70, material="为民服务卡")  # another department's
        factories.handout(
            community, 11, material="为民服务卡", domains=OURS, occurred_on=date(2026, 1, 1)
        )

        assert read("handouts", community).full == "730份"
        by_kind = engine.by_category("servicecenter.handouts", "print", [community.pk], YEAR)
        assert {kind: reading.value for kind, reading in by_kind.items()} == {
            "guide": 480,
            "card": 200,
            "other": 50,
        }
        assert read("guides_handed", community).full == "480份"
        assert read("cards_handed", community).full == "200张"


# --- outline C ----------------------------------------------------------------------------------
def publicity(community) -> str:
    """What outline C tells in its part of publicity, figures as they are printed."""
    draft = compose(outlines["C"], community, YEAR)
    text = "\n".join(s.text for s in draft.sections if s.key == "publicity")
    for code in codes_in(text):
        text = text.replace(f"{{{code}}}", engine.read(code, {community.pk}, YEAR).full)
    return text


def test_the_summary_tells_what_is_public_faster_and_handed_out(acting, community):
    with acting(community):
        version(community, "C-1", legal_days=20, promised_days=5, published_on=date(2025, 1, 5))
        version(community, "C-2")
        give = {"domains": OURS, "occurred_on": date(2025, 3, 1)}
        factories.handout(community, 530, material="办事告知单", **give)
        factories.handout(community, 200, material="为民服务卡", measure="张", **give)
        text = publicity(community)
    assert "期末已公开的代办事项1项，事项公开率50.0%（1/2）。" in text
    assert "承诺时限短于法定时限的事项1项，共压缩15个工作日，提速率75.0%（15/20）。" in text
    assert "发放便民资料730份，其中办事告知单530份、为民服务卡200张。" in text


def test_the_summary_tells_no_noughts_of_the_catalogue(acting, community):
    with acting(community):
        version(community, "D-1")
        text = publicity(community)
    assert "已公开的代办事项" not in text
    assert "发放便民资料" not in text
