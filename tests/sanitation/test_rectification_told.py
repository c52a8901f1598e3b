"""What is counted, told, due and doubted of orders, cards, programmes and superiors' inspections."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.figures import engine
from portal.office.enums import Rank
from portal.periods import Period
from portal.quality import rules
from portal.roles import Role
from portal.scope import access_of
from portal.summaries import outlines
from portal.worklists import worklists
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from sanitation.enums.inspections import InspectionKind, ProblemType
from tests.factories import sanitation as make
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate(), timedelta(days=1)
OUTLINE = outlines["G"]
YEAR, HALF = Period.parse("2025"), Period.parse("2025H2")


def read(code, units, period=YEAR):
    return engine.read(f"sanitation.{code}", {unit.pk for unit in units}, period)


@pytest.fixture
def year(street, community, other_community, acting):
    """Four orders of 2025, kept by the street: closed in time, closed late, late and open, of the year's end."""
    with acting(street):
        quick = made.order(street, community, "1号", closed_on=date(2025, 3, 24))
        made.round_(quick, date(2025, 3, 18), rechecked_on=date(2025, 3, 24))
        slow = made.order(street, community, "2号", place="村口", closed_on=date(2025, 4, 8))
        made.round_(slow, date(2025, 3, 18), rechecked_on=date(2025, 3, 20), passed=False)
        made.round_(slow, date(2025, 4, 7), rechecked_on=date(2025, 4, 8))
        made.order(
            street, other_community, "3号", first_due_on=date(2025, 3, 17), extended_for="雨"
        )
        last = date(2025, 12, 30)
        made.order(street, community, "4号", occurred_on=last, due_on=date(2026, 1, 7))


def test_orders_are_counted_by_community_whoever_keeps_them(
    year, street, community, other_community, acting
):
    both = [community, other_community]
    with acting(street):
        wanted = {
            "orders": 4, "orders_closed": 2, "orders_in_time": 1, "orders_judged": 3,
            "orders_extended": 1, "orders_open": 2, "orders_late": 1, "orders_closed_within": 2,
            "orders_days": 39, "orders_worked_days": 26, "rounds": 3, "rounds_rechecked": 3,
            "rounds_passed": 2, "rounds_failed": 1,
        }  # fmt: skip
        assert {code: read(code, both).value for code in wanted} == wanted
        assert read("orders_closing_rate", both).full == "50.0%（2/4）"
        assert read("orders_in_time_rate", both).full == "33.3%（1/3）"
        assert read("orders_average_days", both).text == "19.5"
        assert read("orders_average_worked_days", both).text == "13.0"
        assert read("orders_late", [other_community]).value == 1
        assert read("orders_late", [street]).value == 0
        by_source = engine.by_category("sanitation.orders", "source", {community.pk}, YEAR)
        assert by_source["typed"].value == 3
    with acting(community):
        assert read("orders", [community]).value == 3


@pytest.mark.parametrize(
    ("period", "closed", "open_", "late"),
    [
        ("2025-03-12..2025-03-19", 0, 3, 0),
        ("2025-03-12..2025-03-20", 0, 3, 2),
        ("2025-03-12..2025-03-24", 1, 2, 2),
        ("2025-03-12..2025-04-08", 2, 1, 1),
    ],
)
def test_a_figure_tells_what_the_last_day_of_the_period_knew(
    year, street, community, other_community, acting, period, closed, open_, late
):
    units, span = [community, other_community], Period.parse(period)
    with acting(street):
        assert read("orders_closed", units, span).value == closed
        assert read("orders_open", units, span).value == open_
        assert read("orders_late", units, span).value == late


def test_nothing_is_late_before_its_deadline_came(street, community, acting):
    with acting(street):
        made.order(street, community, occurred_on=TODAY, due_on=TODAY + DAY)
        running = Period.parse(str(TODAY.year))
        assert read("orders_late", [community], running).value == 0
        assert read("orders_judged", [community], running).value == 0


@pytest.fixture
def bad_year(street, community, acting):
    """Superiors' inspections of the second half, cards, and a programme that ended."""
    with acting(street):
        opened = {
            "handed_in_on": date(2025, 9, 8),
            "is_open": True,
            "occurred_on": date(2025, 9, 8),
        }
        secret = make.inspection(
            street, community, InspectionKind.UNANNOUNCED, rank=Rank.CITY, **opened
        )
        make.finding(secret, occurrences=3, problem=ProblemType.HEAP)
        make.finding(secret, occurrences=2, problem=ProblemType.BIN_FULL)
        county = make.inspection(
            street, community, InspectionKind.SUPERIOR, rank=Rank.DISTRICT, **opened
        )
        make.finding(county, problem=ProblemType.OLD)
        ours = make.inspection(street, community, InspectionKind.UNANNOUNCED, **opened)
        make.finding(ours, problem=ProblemType.HEAP)
        hidden = make.inspection(
            street, community, InspectionKind.SUPERIOR, rank=Rank.CITY, occurred_on=date(2025, 9, 8)
        )
        make.finding(hidden, problem=ProblemType.HEAP)
        card = made.card(street, community, occurred_on=date(2025, 9, 10), due_on=date(2025, 10, 1))
        made.card(
            street, community, colour="blue", lifted_on=date(2025, 5, 6), lifted_for="复查合格"
        )
        made.programme(
            street, community, warning=card, starts_on=date(2025, 9, 12), ends_on=date(2025, 9, 29),
            community_duty="清除全部成堆垃圾", result="成堆垃圾全部清除", recheck_score="92.0",
        )  # fmt: skip


def test_cards_programmes_and_superiors_are_counted(bad_year, street, community, acting):
    with acting(community):
        wanted = {
            "cards": 1, "cards_standing": 1, "cards_late": 1, "cards_lifted": 0, "programmes": 1,
            "programmes_done": 1, "programme_days": 17, "superior_inspections": 2,
            "superior_problems": 6,
        }  # fmt: skip
        assert {code: read(code, [community], HALF).value for code in wanted} == wanted
        by_rank = engine.by_category("sanitation.superior_problems", "rank", {community.pk}, HALF)
        assert (by_rank["city"].value, by_rank["district"].value) == (5, 1)
        by_type = engine.by_category(
            "sanitation.superior_problems", "problem", {community.pk}, HALF
        )
        assert by_type["heap"].value == 3
        assert read("cards", [community]).value == 2


def test_the_summary_tells_what_was_found_and_put_right(
    bad_year, year, street, community, other_community, acting
):
    with acting(street):
        draft = compose(OUTLINE, street, YEAR)
        facts = facts_for(OUTLINE, draft.telling, [s.text for s in draft.sections])
        sections = [(s.key, s.heading, s.text) for s in draft.sections]
        laid = lay_out(draft.title, sections, facts.values, facts.tables)
    blocks = [b for s in laid.sections for b in s.blocks if b.kind == "paragraph"]
    text = "\n".join(map(str, blocks))
    for words in (
        "上级检查2次，发现问题6处，其中市级5处、区县级1处。",
        "明珠社区：成堆垃圾3处、陈年垃圾1处、垃圾池（桶）满溢2处。",
        "下达的整改单中，办过延期的1件。",
        "复查3次，通过2次，复查通过率66.7%（2/3）。",
        "期内销牌1块。",
        "过了整改期限仍未销牌的1块，须督促整改到位。",
        "下达整改单4件，已销号2件，销号率50.0%（2/4），按期率33.3%（1/3）。",
        "9月10日，长沙市爱国卫生运动委员会对明珠社区给予黄牌警告（暗访发现成堆垃圾、陈年垃圾），期末尚未销牌。",
        "3月12日，长沙市爱国卫生运动委员会对明珠社区给予蓝牌提醒（暗访发现成堆垃圾、陈年垃圾），5月6日销牌。",
        "明珠社区9月12日至9月29日开展专项整改，历时17天；镇（街）督查：镇里每天督查；"
        "村（社区）整改：清除全部成堆垃圾；成堆垃圾全部清除；复查得分92.0分。",
        "期末未销号的整改单2件，其中逾期1件，须逐件督办。",
        "期末未销的警告牌1块。",
    ):
        assert words in text
    assert "彭建国" not in text


# --- what is due --------------------------------------------------------------------------------
@pytest.fixture
def people(make_user, street, community):
    return {
        "inspector": make_user(Role.SANITATION_INSPECTOR, street),
        "worker": make_user(Role.COMMUNITY_STAFF, community),
        "head": make_user(Role.COMMUNITY_HEAD, community),
        "supervisor": make_user(Role.STREET_SUPERVISOR, street),
    }


@pytest.mark.parametrize(
    ("make_one", "lists"),
    [
        (lambda s, c: order_of(s, c, due_on=TODAY - DAY), {"late": "wh", "late_kept": "i"}),
        (lambda s, c: order_of(s, c, due_on=TODAY), {"due": "wh"}),
        (lambda s, c: order_of(s, c, due_on=TODAY + 30 * DAY), {}),
        (lambda s, c: made.round_(order_of(s, c, due_on=TODAY)), {"to_recheck": "i"}),
        (lambda s, c: failed_one(s, c), {"failed": "wh"}),
        (lambda s, c: made.card(s, c, due_on=TODAY - DAY), {"cards": "wh", "cards_kept": "i"}),
        (lambda s, c: made.card(s, c, due_on=TODAY + 30 * DAY), {}),
        (lambda s, c: made.card(s, c, due_on=TODAY, lifted_on=TODAY), {}),
        (lambda s, c: serious_one(s, c, True), {"without": "i"}),
        (lambda s, c: serious_one(s, c, False), {}),
        (lambda s, c: order_of(c, c, due_on=TODAY - DAY), {"late": "wh"}),
    ],
    ids=[
        "late", "due", "far", "reported", "failed", "card", "card far", "card lifted", "serious",
        "slight", "own and late",
    ],
)  # fmt: skip
def test_each_sees_what_is_theirs_to_do(make_one, lists, street, community, people, acting):
    codes = {
        "late": "orders_late", "late_kept": "orders_late_kept", "due": "orders_due",
        "to_recheck": "orders_to_recheck", "failed": "orders_failed", "cards": "cards_due",
        "cards_kept": "cards_due_kept", "without": "findings_without_order",
    }  # fmt: skip
    with acting(street):
        make_one(street, community)
    for name, user in people.items():
        with acting(user):
            access = access_of(user)
            found = {}
            for short, code in codes.items():
                worklist = worklists[f"sanitation.{code}"]
                units = access.units(worklist.permission)
                rows = list(worklist.rows(units)) if units else []
                found[short] = len(rows)
                for row in rows:
                    assert worklist.text(row)
                    assert worklist.due(row)
                    assert worklist.url_of(row)
            wanted = {short for short, who in lists.items() if name[0] in who}
            assert {short for short, count in found.items() if count} == wanted, name


def order_of(unit, community, **fields):
    return made.order(unit, community, occurred_on=TODAY - 4 * DAY, **fields)


def failed_one(street, community):
    order = order_of(street, community, due_on=TODAY + 30 * DAY)
    return made.round_(order, rechecked_on=TODAY, passed=False)


def serious_one(street, community, is_serious):
    held = make.inspection(street, community, occurred_on=TODAY, handed_in_on=TODAY, is_open=True)
    return make.finding(held, is_serious=is_serious)


# --- quality ------------------------------------------------------------------------------------
BROKEN = made.BROKEN


@pytest.mark.parametrize("code", BROKEN)
def test_each_rule_finds_what_breaks_it_alone(code, street, community, other_community, acting):
    with acting(street):
        made.one_of_each(other_community)
        broken = BROKEN[code](community)
        rows = rules[code].rows(frozenset({community.pk, other_community.pk}))
        assert [row.pk for row in rows] == [broken.pk]
