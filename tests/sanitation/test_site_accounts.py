"""收支公示: the open accounts of a site on the screen and on paper, and since when they hang out."""

import uuid
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.imports.running import run
from portal.models import AccessLog
from portal.periods import Period
from portal.roles import Role
from sanitation.models import FundEntry, HouseholdRating, LabourGift
from sanitation.selectors.sites import statement
from tests.factories import sanitation_sites as make
from tests.imports.conftest import xlsx
from tests.sharing import undone_afterwards

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def place(community, acting):
    with acting(community):
        site = make.site(community)
        make.income(site, "500", occurred_on=date(2024, 12, 31), posted_on=None)
        make.income(site, "1200.50", party="韦英堃", posted_on=None)
        make.spending(site, "700")
        make.labour(site)
    return site


def url(site, page=""):
    return f"/sanitation/sites/{site.pk}/accounts{page}"


def test_the_page_tells_every_entry_and_what_is_left(staff, place):
    whole = staff.get(url(place, "/")).content.decode()
    for words in ("韦英堃", "园艺店", "1700.50元", "700元", "1000.50元", "未公示", "1.5个工日"):
        assert words in whole, words
    year = staff.get(url(place, "/?period=2025")).content.decode()
    for words in ("500元", "1200.50元", "1000.50元"):
        assert words in year, words
    assert "2024-12-31" not in year
    odd = staff.get(url(place, "/?period=2999")).content.decode()
    assert "截至" in odd


def test_the_paper_is_printed_and_logged(staff, place, acting, community):
    answer = staff.get(url(place, ".pdf?period=2025"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    with acting(community):
        entry = AccessLog.objects.get(action=AccessLog.Action.PDF)
        assert (entry.subject, entry.subject_id) == ("sanitation.demosite", place.pk)


def test_what_hangs_out_is_noted_once_up_to_the_day(staff, place, community, acting):
    page = url(place, "/post/")
    early = staff.post(page, {"posted_on": "2024-01-01", "_key": uuid.uuid4()})
    assert "到这一天为止没有尚未公示的收支。" in early.content.decode()
    assert staff.post(page, {"posted_on": "2025-01-05", "_key": uuid.uuid4()}).status_code == 302
    with acting(community):
        told = FundEntry.objects.order_by("occurred_on", "pk").values_list("posted_on", flat=True)
        assert list(told)[:2] == [date(2025, 1, 5), None]
    tomorrow = (make.TODAY + make.ONE_DAY).isoformat()
    ahead = staff.post(page, {"posted_on": tomorrow, "_key": uuid.uuid4()})
    assert "不能晚于今天" in ahead.content.decode()


def test_who_only_reads_posts_nothing_and_others_see_nothing(
    client_of, make_user, street, community, other_community, acting
):
    with acting(street):
        site = make.site(street, community)
    reader = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert reader.get(url(site, "/")).status_code == 200
    assert "登记公示" not in reader.get(url(site, "/")).content.decode()
    assert reader.get(url(site, "/post/")).status_code == 403
    other = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    for page in ("/", ".pdf", "/post/"):
        assert other.get(url(site, page)).status_code == 404


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.decimals("0.01", "9999.99", places=2),
            st.dates(date(2024, 1, 1), date(2026, 6, 1)),
        ),
        max_size=8,
    )
)
def test_opening_and_entries_always_add_up_to_what_is_left(community, acting, entries):
    with acting(community), undone_afterwards():
        site = make.site(community)
        for is_income, amount, day in entries:
            record = make.income if is_income else make.spending
            record(site, amount, occurred_on=day, posted_on=None)
        told = statement(site, Period.parse("2025"))
        signed = [
            entry.amount if entry.direction == "in" else -entry.amount for entry in told.entries
        ]
        assert told.opening.value + sum(signed) == told.closing.value
        assert told.raised.value - told.spent.value == sum(signed)
        assert sum(reading.value for _, reading in told.sources) == told.raised.value


SHEETS = {
    "示范点": [
        ["示范点", "社区（村）", "网格（小组）", "负责人", "设立日期"],
        ["龙顾组", "明珠社区", "第1网格", "李梅", make.SINCE],
        ["龙顾组", "和平社区", None, "王秀兰", make.SINCE],
    ],
    "家庭卫生评比": [
        ["评比名称", "评比日期", "示范点", "社区（村）", "评比人"],
        ["季度评比", make.DAY, "龙顾组", "明珠社区", "各户代表"],
        ["季度评比", date(2025, 9, 15), "龙顾组", "明珠社区", "各户代表"],
        ["季度评比", make.DAY, "龙顾组", "和平社区", None],
    ],
    "户评比结果": [
        ["户主", "等次", "得分", "示范点", "社区（村）", "评比名称", "评比日期"],
        ["黄大发", "最清洁", 96.5, "龙顾组", "明珠社区", "季度评比", make.DAY],
        ["黄大发", "清洁", None, "龙顾组", "明珠社区", "季度评比", date(2025, 9, 15)],
        ["韦英堃", "不清洁", None, "龙顾组", "和平社区", "季度评比", None],
    ],
    "示范点收支": [
        [
            "日期",
            "示范点",
            "社区（村）",
            "收支",
            "金额（元）",
            "资金来源",
            "交款人（收款人）",
            "用途",
        ],
        [make.DAY, "龙顾组", "明珠社区", "收入", 500, "村民自筹", "黄大发", "集资"],
        [make.DAY, "龙顾组", "明珠社区", "支出", 300.5, None, "园艺店", "购花木"],
    ],
    "投工投劳": [
        ["日期", "示范点", "社区（村）", "投工人", "工日", "工作内容"],
        [make.DAY, "龙顾组", "和平社区", "韦英堃", 1.5, "栽树"],
    ],
    "花木捐赠": [
        ["日期", "示范点", "社区（村）", "品种", "类别", "数量", "计量单位", "捐赠人"],
        [make.DAY, "龙顾组", "和平社区", "桂花树", "树木", 12, "株", "韦英堃"],
    ],
    "示范点建设项目": [
        ["项目", "示范点", "社区（村）", "资金来源", "造价（元）", "开工日期", "完工日期"],
        ["道路硬化", "龙顾组", "明珠社区", "村民自筹", 42000, make.SINCE, make.DAY],
    ],
    "环境卫生组规民约": [
        ["名称", "内容", "依据文件", "实施日期"],
        ["龙顾组环境卫生组规民约", "当天扫净。", "互助会代表会议", make.SINCE],
    ],
}


def test_a_file_of_two_villages_is_brought_in_and_again(
    make_user, street, community, other_community, make_grid, acting
):
    clerk = make_user(Role.SANITATION_INSPECTOR, street)
    make_grid(community, 1)
    content, rows = xlsx(**SHEETS), sum(len(sheet) - 1 for sheet in SHEETS.values())
    for totals in ({"new": rows, "unchanged": 0}, {"new": 0, "unchanged": rows}):
        with acting(clerk):
            report = run(content, ledger=None, unit=street, by=clerk, commit=True)
        assert report.problems == []
        assert report.totals == {"changed": 0, "refused": 0} | totals
    with acting(street):
        assert LabourGift.objects.get().community == other_community
        days = HouseholdRating.objects.filter(head="黄大发").values_list("occurred_on", flat=True)
        assert set(days) == {make.DAY, date(2025, 9, 15)}
