from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from portal.text import clean_name, clean_text, parse_date, parse_phone, to_halfwidth

EXTENSION_I = "\U0002ebf0"  # unassigned to Python 3.11, a lawful name character since 2025-10-01


def refusal(function, value):
    with pytest.raises(ValidationError) as caught:
        function(value)
    return caught.value.messages[0]


# --- text ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  张三\u3000", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("\u202e张三\u2069", "张三"),
        ("a\x0bb\tc\r\nd", "a b c d"),
        ("a\x01\x1f\x7f\x9fb", "ab"),
        ("e\u0301", "é"),
        ("葛\U000e0100", "葛"),
        (f"{EXTENSION_I}\U00031350\U00020000", f"{EXTENSION_I}\U00031350\U00020000"),
        ("٣ ½ 😀 №", "٣ ½ 😀 №"),
        (None, ""),
        ("", ""),
    ],
)
def test_clean_text_drops_what_is_not_seen(typed, clean):
    assert clean_text(typed) == clean


def test_clean_text_keeps_line_ends_of_multiline_text():
    assert (
        clean_text("一\r\n\r\n二\u2028三\x85四\x0b五\n", multiline=True) == "一\n\n二\n三\n四\n五"
    )


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("张\0三", "空字符"),
        ("张\ue863", "第2个字（U+E863）是旧字库的自造字"),
        ("\U000f0001", "旧字库"),
        ("\U0010fffd", "旧字库"),
        ("张\ufffd", "乱码"),
        ("\ud800", "乱码"),
        ("\uffff", "乱码"),
    ],
)
def test_clean_text_refuses_what_cannot_be_kept(typed, trouble):
    assert trouble in refusal(clean_text, typed)


@given(st.text(), st.booleans())
def test_clean_text_is_stable_and_holds_no_control(text, multiline):
    try:
        clean = clean_text(text, multiline=multiline)
    except ValidationError:
        return
    assert clean_text(clean, multiline=multiline) == clean
    assert not [c for c in clean if (c < " " or "\x7f" <= c <= "\x9f") and c != "\n"]
    assert multiline or "\n" not in clean


def test_to_halfwidth_changes_ascii_only():
    assert to_halfwidth("１２３ＡＢｘ－\u3000，张。") == "123ABx- ,张。"


# --- names --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("张\n三", "张三"),
        (f"张{EXTENSION_I}", f"张{EXTENSION_I}"),
        ("\U00031350\U0002a6d6", "\U00031350\U0002a6d6"),
        ("〇", "〇"),
        ("⽅明", "方明"),
        ("买买提•阿不都", "买买提·阿不都"),
        ("买买提 ・ 阿不都", "买买提·阿不都"),
        ("买买提.阿不都", "买买提·阿不都"),
        ("买买提．阿不都", "买买提·阿不都"),
        ("买买提‧阿不都", "买买提·阿不都"),
        ("买买提·阿不都", "买买提·阿不都"),
        ("John  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("O’Neil", "O'Neil"),
        ("Jean-Pierre", "Jean-Pierre"),
        ("Ｊｏｈｎ", "John"),
        ("ئابدۇللا", "ئابدۇللا"),
        ("བསོདནམས", "བསོདནམས"),
        ("", ""),
        (None, ""),
        ("王" * 50, "王" * 50),
    ],
)
def test_clean_name_gives_the_official_form(typed, name):
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("张3", "不能有“3”"),
        ("张３", "不能有“3”"),
        ("张三（大）", "不能有“(”"),
        ("张三!", "不能有“!”"),
        ("张、三", "不能有“、”"),
        ("张-三", "不能有“-”"),
        ("·张三", "不能有“·”"),
        ("张三·", "不能有“·”"),
        ("张··三", "不能有“·”"),
        ("张😀", "不能有“😀”"),
        ("张٣", "不能有"),
        ("张\ue863", "旧字库"),
        ("王" * 51, "最多50个字"),
        ("王 " * 50_000, "最多50个字"),
    ],
)
def test_clean_name_refuses_what_is_no_name(typed, trouble):
    assert trouble in refusal(clean_name, typed)


@example("三. A")
@given(st.text(alphabet="张三·. •AbÉ'-" + EXTENSION_I, max_size=60))
def test_clean_name_is_stable(text):
    try:
        name = clean_name(text)
    except ValidationError:
        return
    assert clean_name(name) == name


# --- phone numbers ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("86-13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("'13800138000", "13800138000"),
        (13800138000, "13800138000"),
        (13800138000.0, "13800138000"),
        ("0731-85551234", "073185551234"),
        ("（0731）85551234", "073185551234"),
        ("010 62345678", "01062345678"),
        ("+86-10-62345678", "01062345678"),
        ("0086 731 85551234", "073185551234"),
        ("85551234", "85551234"),
        ("0731-85551234-801", "073185551234-801"),
        ("0731-85551234转801", "073185551234-801"),
        ("400-800-1234", "4008001234"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_parse_phone_gives_one_form(typed, phone):
    assert parse_phone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("1380013800", "应为11位，现在是10位"),
        ("138001380001", "应为11位，现在是12位"),
        ("12800138000", "没有这样的手机号段"),
        ("13800138000/13900139000", "一格只能填一个"),
        ("13800138000、13900139000", "一格只能填一个"),
        ("张三", "不该有的字"),
        ("٠٧٣١٨٥٥٥١٢٣٤", "不该有的字"),
        ("0731-8555123456", "座机请带区号"),
        ("", "请填写"),
        ("9" * 50_000, "太长"),
        (None, "应为数字"),
        (True, "应为数字"),
        (1.5, "应为数字"),
    ],
)
def test_parse_phone_says_what_is_wrong(typed, trouble):
    assert trouble in refusal(parse_phone, typed)


# --- days ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        date(2025, 3, 10),
        datetime(2025, 3, 10, 23, 59),  # noqa: DTZ001 - a spreadsheet's time has no zone
        datetime(2025, 3, 9, 16, 30, tzinfo=UTC),  # already the 10th in Asia/Shanghai
        "2025-03-10",
        "2025/3/10",
        "2025.3.10",
        "2025.3.10.",
        "2025、3、10",
        "2025年3月10日",
        "2025 年 3 月 10 号",
        "20250310",
        "２０２５－０３－１０",
        "二〇二五年三月十日",
        "2025-03-10 00:00:00",
        "2025-03-10T09:30:00Z",
        "2025/3/10 9:30",
        "2025年3月10日 上午9时30分",
        "2025年3月10日（星期一）",
        "'2025-3-10",
        45726,
        45726.75,
        Decimal(45726),
        20250310,
        20250310.0,
    ],
)
def test_parse_date_reads_every_style(typed):
    assert parse_date(typed) == date(2025, 3, 10)


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("25.3.10", "年份不是四位"),
        ("99/1/1", "年份不是四位"),
        ("3月10日", "缺少年份"),
        ("3/10", "缺少年份"),
        ("2025年3月", "缺少日"),
        ("202503", "缺少日"),
        ("2025", "只有年份"),
        (2025, "只有年份"),
        ("10/3/2025", "分不清月和日"),
        ("2025-02-30", "2025年2月没有30日"),
        ("2025-13-01", "没有13月"),
        ("2025-00-01", "没有0月"),
        ("1700-01-01", "年份“1700”不对"),
        ("45726", "日期的序号"),
        ("昨天", "不是日期"),
        ("二〇二五年十十月三日", "没有20月"),
        (12, "不是日期"),
        (-1, "不是日期"),
        (float("nan"), "不是日期"),
        (float("inf"), "不是日期"),
        (True, "应填日期"),
        (None, "应填日期"),
        ("", "请填写日期"),
        ("2" * 50_000, "太长"),
    ],
)
def test_parse_date_names_what_is_missing(typed, trouble):
    assert trouble in refusal(parse_date, typed)


@pytest.mark.parametrize(
    "text",
    [
        "1919-04-13",
        "1940-06-01",
        "1941-03-15",
        "1942-01-31",
        "1946-05-15",
        "1947-04-15",
        "1948-05-01",
        "1949-05-01",
    ],
)
def test_parse_date_keeps_days_whose_midnight_never_was(text):
    day = date.fromisoformat(text)
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as a spreadsheet gives it
    assert (parse_date(text), parse_date(midnight)) == (day, day)


@given(st.dates(date(1906, 1, 9), date(2099, 12, 31)))
def test_parse_date_reads_serial_numbers_and_text_alike(day):
    serial = (day - date(1900, 1, 1)) / timedelta(days=1) + 2
    assert parse_date(serial) == parse_date(f"{day.year}年{day.month}月{day.day}日") == day
