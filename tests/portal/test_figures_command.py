"""``manage.py figures``: the figures of a unit, as a table or as JSON."""

import io
import json
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.figures import figures
from residents.enums import VisitMode
from tests import factories


def run(unit="440103001001", period="2025", **options) -> str:
    out = io.StringIO()
    call_command("figures", unit=unit, period=period, stdout=out, **options)
    return out.getvalue()


def told(**options) -> dict:
    answer = json.loads(run(format="json", **options))
    return answer | {"figures": {each["code"]: each for each in answer["figures"]}}


@pytest.fixture
def records(acting, community, other_community):
    """One of three registered was visited, twice; the neighbour visited one of one."""
    with acting(community, other_community):
        people = [factories.resident(community, name) for name in ("黄文发", "韦英", "欧阳丹")]
        neighbour = factories.resident(other_community, "金丝雀")
        for person in (*people, neighbour):
            factories.disability_file(person)
        factories.visit(people[0], date(2025, 3, 3))
        factories.visit(people[0], date(2025, 8, 3), mode=VisitMode.PHONE)
        factories.visit(neighbour, date(2025, 3, 4))
        factories.assistance(people[1], date(2025, 1, 6), amount="500.50")
        factories.assistance(people[2], date(2025, 1, 7), amount=12_000)


def test_json_tells_each_figure_with_its_definition(records):
    answer = told()
    assert {key: answer[key] for key in ("unit", "unit_name", "period", "as_of")} == {
        "unit": "440103001001",
        "unit_name": "明珠社区",
        "period": "2025",
        "as_of": "2025-12-31",
    }
    assert answer["figures"]["disability.visits"] == {
        "code": "disability.visits",
        "label": "残疾人走访人次",
        "value": 2,
        "text": "2",
        "measure": "人次",
        "numerator": None,
        "denominator": None,
        "definition": figures["disability.visits"].definition,
        "version": 1,
    }


def test_json_of_a_ratio_has_its_terms_and_money_its_cents(records):
    answer = told(figure=["disability.visit_coverage", "disability.assistance_amount"])["figures"]
    coverage = answer["disability.visit_coverage"]
    assert [coverage[key] for key in ("text", "numerator", "denominator")] == ["33.3%", 1, 3]
    assert coverage["value"] == pytest.approx(100 / 3)
    money = answer["disability.assistance_amount"]
    assert (money["value"], money["text"]) == (12500.5, "12,500.50")


def test_ratio_of_nothing_is_null(community):
    answer = told(figure=["disability.visit_coverage"])
    coverage = answer["figures"]["disability.visit_coverage"]
    assert [coverage[key] for key in ("value", "text", "denominator")] == [None, "—", 0]


def test_all_figures_are_told_in_the_order_of_their_declaration(community):
    assert list(told()["figures"]) == [figure.code for figure in figures]


def test_street_counts_its_communities(records):
    answer = told(unit="440103001000", figure=["disability.visits"])
    assert answer["figures"]["disability.visits"]["value"] == 3


def test_period_narrows_and_is_named_by_its_shortest_key(records):
    answer = told(period="2025-07-01..2025-12-31", figure=["disability.visits"])
    assert answer["period"] == "2025H2"
    assert answer["figures"]["disability.visits"]["value"] == 1


def test_running_period_is_as_of_today(community):
    today = timezone.localdate()
    assert told(period=str(today.year), figure=["visits.persons"])["as_of"] == today.isoformat()


def test_table_has_a_line_for_each_asked_figure(records):
    asked = ["disability.visit_coverage", "disability.visits", "disability.assistance_amount"]
    assert run(figure=asked).splitlines() == [
        "明珠社区（440103001001）2025年，数据截至 2025-12-31",
        "disability.visits                     2 人次  残疾人走访人次",
        "disability.visit_coverage         33.3% （1/3）  走访覆盖率",
        "disability.assistance_amount  12,500.50 元  慰问残疾人金额",
    ]


def test_period_is_the_last_full_year_unless_given(community):
    assert f"{timezone.localdate().year - 1}年，" in run(period=None, figure=["visits.persons"])


@pytest.mark.usefixtures("community", "other_community")
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"unit": "440103001009"}, "440103001001 明珠社区；440103001002 和平社区"),
        ({"unit": "999999999999"}, "请核对 12 位代码"),
        ({"period": "去年"}, "2025H1（上半年）"),
        ({"figure": ["visits.nonsense"]}, "没有指标 visits.nonsense；可选："),
    ],
)
def test_wrong_use_names_the_choices_and_exits_with_2(wrong, message):
    with pytest.raises(CommandError, match=re.escape(message)) as refusal:
        run(**wrong)
    assert refusal.value.returncode == 2
