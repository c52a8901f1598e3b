"""The text of a notice as issued, and days written line by line."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.workcalendar.reading import Said, read_lines, read_notice, told, written
from portal.workdays import calendar

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日
"""
NOTICE_2023 = """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"""
NOTICE_2024 = """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "text"), [(2023, NOTICE_2023), (2024, NOTICE_2024), (2026, NOTICE_2026)]
)
def test_a_notice_as_issued_says_what_the_calendar_has(year, text):
    """On an otherwise bare calendar the text alone gives every working day of the year."""
    days, known = read_notice(text, year), calendar()
    day, wrong = date(year, 1, 1), []
    while day.year == year:
        said = days.get(day)
        works = said.works if said else day.weekday() < 5
        if day.month < 12 and works != known.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_names_and_full_width_digits():
    days = read_notice("一、元旦：１月１日（周五）至３日（周日）放假，共３天。", 2027)
    assert list(days) == [date(2027, 1, n) for n in (1, 2, 3)]
    assert set(days.values()) == {Said(False, "元旦")}


def test_new_years_day_may_begin_in_december():
    days = read_notice("一、元旦：12月30日至1月1日放假调休，共3天。", 2024)
    assert list(days) == [date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "没有读出放假安排"),
        ("明天放假。", "没有读出放假安排"),
        ("一、元旦：大家休息。", "没有读出放假安排"),
        ("一、元旦：1月1日（周四）放假。", "2027年1月1日是周五"),
        ("一、元旦：1月1日（周五）至3日（周日）放假，共4天。", "写的是共4天，数出来是3天"),
        ("一、清明节：4月31日放假。", "这一天不存在"),
        ("一、清明节：5日放假。", "没有月份"),
        ("一、清明节：4月5日至3日放假。", "起止日期不对"),
        ("一、清明节：4月5日至8月3日放假。", "起止日期不对"),
        ("一、春节：2月6日放假。2月6日上班。", "又放假又上班"),
    ],
)
def test_what_is_wrong_is_quoted(text, message):
    with pytest.raises(ValidationError, match=message):
        read_notice(text, 2027)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("2027-01-01", ["第1行“2027-01-01”：看不懂"]),
        ("2027-01-01 放假\n\n2027-02-30 放假", ["第3行“2027-02-30 放假”：2027年2月没有30日"]),
        ("2027-01-01 放假\n2027-01-01 上班", ["第2行：2027年1月1日填了两次"]),
        ("2027-01-01 放假 " + "长" * 41, ["名称最多40字"]),
        ("x\ny", ["第1行", "第2行"]),
    ],
)
def test_each_wrong_line_is_named(text, messages):
    with pytest.raises(ValidationError) as raised:
        read_lines(text)
    assert len(raised.value.messages) == len(messages)
    for said, expected in zip(raised.value.messages, messages, strict=True):
        assert expected in said


@given(
    st.dictionaries(
        st.dates(date(2004, 1, 1), date(2100, 12, 31)),
        st.builds(
            Said, st.booleans(), st.sampled_from(["", "元旦", "国庆节、中秋节", "大厅 搬迁"])
        ),
        max_size=20,
    )
)
def test_lines_are_read_back(days):
    assert read_lines(written(days)) == days


def test_days_are_told_in_stretches():
    days = read_notice(
        "一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。", 2027
    )
    assert told(days) == [
        "元旦：2027年1月1日（周五）至2027年1月3日（周日）放假，共3天。",
        "元旦：2027年1月9日（周六）上班。",
    ]


@given(st.text(max_size=300), st.integers(2004, 2100))
def test_any_text_is_read_or_refused(text, year):
    with suppress(ValidationError):
        read_notice("一、元旦：" + text, year)
