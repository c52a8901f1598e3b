"""Standards, who draws a subsidy and what was paid, by workbook; and what the summaries tell of it."""

import io
from datetime import date

import openpyxl
import pytest

from disability.models import Payment, PaymentRun, Subsidy
from portal.figures import engine
from portal.imports.running import run
from portal.periods import Period
from portal.roles import Role
from portal.scope import Access, scope
from portal.summaries import outlines
from reports.compose import compose
from tests import factories
from tests.disability.runs import JANUARY, month_of
from tests.disability.runs import people as enrolled

YEAR = Period.parse("2025")
pytestmark = pytest.mark.usefixtures("january_2026")

STANDARDS = [
    ["补贴种类", "每月标准（元）", "执行月份", "资金来源"],
    ["养护补贴", 400, "2024-01", "市实事工程"],
]
PAID = ["姓名", "证件号码", "补贴种类", "月份", "实发金额（元）", "发放日期", "发放状态"]


def told(outline, unit) -> str:
    """The text of the unit's summary of the year, figures as tokens."""
    return "".join(section.text for section in compose(outlines[outline], unit, YEAR).sections)


def workbook(**sheets) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(target)
    return target.getvalue()


@pytest.fixture
def clerk_of_street(make_user, street):
    return make_user(Role.COMMUNITY_STAFF, street)


@pytest.fixture
def load(clerk_of_street, street):
    def store(commit=True, **sheets):
        with scope(Access(clerk_of_street).scope()):
            return run(
                workbook(**sheets), ledger=None, unit=street, by=clerk_of_street, commit=commit
            )

    return store


@pytest.fixture
def people(acting, street):
    with acting(street):
        found = []
        for number in range(23):
            person = factories.resident(street, f"养护{chr(0x4E00 + number * 7)}")
            factories.certificate(person, level="1")
            found.append([person.name, person.id_number])
        return found


def drawn(people):
    head = ["姓名", "证件号码", "补贴种类", "计发起月", "开户行", "银行账号"]
    rows = [
        [*who, "养护补贴", "2025年1月", "农商银行", f"621700{n:013d}"]
        for n, who in enumerate(people)
    ]
    return [head, *rows]


def paid(people, months=range(1, 13)):
    rows = [
        [*who, "养护补贴", f"2025-{month:02d}", 400, f"2025-{month:02d}-20", "已发"]
        for month in months
        for who in people
    ]
    return [PAID, *rows]


def test_23_people_of_a_year_come_by_one_workbook(acting, street, load, people):
    report = load(补贴发放=paid(people), 享受补贴=drawn(people), 补贴标准=STANDARDS)
    assert report.errors == []
    with acting(street):
        values = {
            name: engine.read(f"disability.care_subsidy_{name}", {street.pk}, YEAR).value
            for name in ("persons", "monthly", "standard", "paid", "payments", "paid_persons")
        }
        assert values == {
            "persons": 23,
            "monthly": 9200,
            "standard": 400,
            "paid": 110400,
            "payments": 276,
            "paid_persons": 23,
        }
        assert sum(each.amount for each in PaymentRun.objects.all()) == 110400
        assert PaymentRun.objects.count() == 12
        assert set(Payment.objects.values_list("standard", flat=True)) == {400}
        assert {row.masked_bank[-4:] for row in Subsidy.objects.all()} >= {"0022"}
        text = told("B", street)
    for words in ("期末享受养护补贴", "期内发放养护补贴", "各月发放养护补贴情况"):
        assert words in text
    again = load(补贴发放=paid(people[:2], [1, 2]), 享受补贴=drawn(people[:2]))
    assert again.errors == []
    with acting(street):
        assert (Subsidy.objects.count(), Payment.objects.count()) == (23, 276)


def test_wrong_rows_are_told_in_their_cells_and_nothing_is_stored(acting, street, load, people):
    load(享受补贴=drawn(people[:2]), 补贴标准=STANDARDS)
    one, other, stranger = people[:3]
    rows = [
        PAID,
        [*one, "养护补贴", "2025-13", 400, "2025-01-20", "已发"],
        [*one, "养护补贴", "2025-01", 380, "2025-01-20", "已发"],
        [*one, "交通补贴", "2025-01", 400, "2025-01-20", "已发"],
        [*stranger, "养护补贴", "2025-01", 400, "2025-01-20", "已发"],
        [*other, "养护补贴", "2024-12", 400, "2025-01-20", "已发"],
    ]
    said = "\n".join(load(补贴发放=rows).lines())
    for words in (
        "不是月份",
        "填写调整原因",
        "没有这个补贴种类",
        "没有登记享受",
        "自2025-01起享受",
    ):
        assert words in said, words
    twice = load(享受补贴=[*drawn(people[:1]), [*one, "养护补贴", "2025-06", "", ""]])
    assert "不能重复享受" in "\n".join(twice.lines())
    with acting(street):
        assert not Payment.objects.exists()
        assert Subsidy.objects.count() == 2


def test_a_community_tells_of_its_subsidies(acting, community, clerk, colleague):
    with acting(community):
        enrolled(community, 3, "nursing", 150)
        month_of(community, clerk, colleague, JANUARY, "nursing")
        missing = factories.resident(community, "未享")
        factories.certificate(missing, occurred_on=date(2024, 1, 1))
        text = told("A", community)
    for words in ("享受重度残疾人护理补贴", "期内发放各项补贴", "符合条件尚未享受补贴"):
        assert words in text
    assert "养护补贴" not in text
