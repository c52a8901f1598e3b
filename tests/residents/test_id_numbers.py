from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from residents.enums import Sex
from residents.id_numbers import PROVINCES, IdKind, check_character, guess_kind, parse_id

SPECIMEN = "11010119900307803X"


@st.composite
def citizen_numbers(draw):
    region = draw(st.sampled_from(sorted(PROVINCES - {"81", "82"}))) + "0101"
    birth = draw(st.dates(date(1850, 1, 1), date(2025, 12, 31)))
    first17 = f"{region}{birth:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_character(first17)


def refusal(kind, raw):
    with pytest.raises(ValidationError) as caught:
        parse_id(kind, raw)
    return caught.value.messages[0]


def numbered(first17):
    return first17 + check_character(first17)


@pytest.mark.parametrize(
    "number",
    [
        SPECIMEN,
        "440308199901101512",
        "810000199408230021",
        "830000199201300022",
        "911124198108030024",
    ],
)
def test_check_character_of_published_specimens(number):
    assert check_character(number[:17]) == number[17]


def test_citizen_number_tells_sex_and_birth():
    parsed = parse_id(IdKind.CITIZEN, SPECIMEN)
    assert (parsed.number, parsed.sex, parsed.birth, parsed.converted) == (
        SPECIMEN,
        Sex.MALE,
        date(1990, 3, 7),
        False,
    )
    assert parse_id("citizen", numbered("44030819990110152")).sex == Sex.FEMALE


@pytest.mark.parametrize(
    "raw",
    [
        "11010119900307803x",
        "１１０１０１１９９００３０７８０３Ｘ",
        " 110101 19900307 803X\u200b",
        f"'{SPECIMEN}",
    ],
)
def test_citizen_number_is_normalised(raw):
    assert parse_id(IdKind.CITIZEN, raw).number == SPECIMEN


def test_citizen_number_of_15_digits_is_converted_and_flagged():
    parsed = parse_id(IdKind.CITIZEN, "110101900307803")
    assert (parsed.number, parsed.birth, parsed.converted) == (SPECIMEN, date(1990, 3, 7), True)


@given(citizen_numbers(), st.data())
def test_citizen_number_with_any_one_character_changed_is_refused(number, data):
    assert parse_id(IdKind.CITIZEN, number).number == number
    place = data.draw(st.integers(0, 17))
    others = set("0123456789X" if place == 17 else "0123456789") - {number[place]}
    changed = number[:place] + data.draw(st.sampled_from(sorted(others))) + number[place + 1 :]
    refusal(IdKind.CITIZEN, changed)


@given(citizen_numbers(), st.integers(0, 16))
def test_citizen_number_with_neighbours_swapped_is_refused(number, place):
    pair = number[place : place + 2]
    swapped = number[:place] + pair[::-1] + number[place + 2 :]
    if swapped != number:
        refusal(IdKind.CITIZEN, swapped)


@given(st.sampled_from(range(1, 18)), st.data())
def test_check_character_itself_catches_changes_and_swaps(place, data):
    """Without the help of region and date: the algorithm alone sees each single fault."""
    digits = data.draw(st.text(alphabet="0123456789", min_size=17, max_size=17))
    other = data.draw(st.sampled_from("0123456789"))
    changed = digits[: place - 1] + other + digits[place:]
    assert (check_character(changed) == check_character(digits)) == (changed == digits)
    swapped = digits[: place - 1] + digits[place - 1 : place + 1][::-1] + digits[place + 1 :]
    assert (check_character(swapped) == check_character(digits)) == (swapped == digits)


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        ("11010119900307803", "长度应为18位，现在是17位"),
        ("1101011990030780310", "长度应为18位，现在是19位"),
        ("110101199003078031", "校验码不对"),
        ("110101199002307803", "出生日期“19900230”不存在"),
        (numbered("11010118491231803"), "早于1850年"),
        (numbered("10010119900307803"), "“10”不是省级代码"),
        ("11010119900307A03X", "前17位应全是数字"),
        ("810000199408230021", "这是港澳居民居住证的号码"),
        ("911124198108030024", "这是外国人永久居留身份证的号码"),
        ("110101901307803", "“19901307”不存在"),
        ("", "请填写"),
        (None, "请填写"),
        ("1" * 50_000, "太长"),
    ],
)
def test_citizen_number_refusal_names_the_fault(raw, trouble):
    assert trouble in refusal(IdKind.CITIZEN, raw)


def test_citizen_number_born_today_is_right_and_tomorrow_is_not():
    today = timezone.localdate()
    newborn = numbered(f"110101{today:%Y%m%d}001")
    assert parse_id(IdKind.CITIZEN, newborn).birth == today
    unborn = numbered(f"110101{today + timedelta(days=1):%Y%m%d}001")
    assert "晚于今天" in refusal(IdKind.CITIZEN, unborn)


@pytest.mark.parametrize(
    "raw", [110101199003078030, 1.10101199003078e17, 0, True, "1.10101E+17", "110101199003078030.0"]
)
def test_number_saved_by_a_spreadsheet_is_refused(raw):
    assert refusal(IdKind.CITIZEN, raw) == (
        "证件号码被表格存成了数字，末尾已失真，请把该列设为文本后重新填写"
    )


@pytest.mark.parametrize(
    ("kind", "raw", "number", "birth"),
    [
        (IdKind.HOUSEHOLD_BOOK, SPECIMEN, SPECIMEN, date(1990, 3, 7)),
        (IdKind.HK_MACAO_RESIDENCE, "810000199408230021", "810000199408230021", date(1994, 8, 23)),
        (IdKind.TAIWAN_RESIDENCE, "830000199201300022", "830000199201300022", date(1992, 1, 30)),
        (IdKind.FOREIGN_RESIDENT, "911124198108030024", "911124198108030024", date(1981, 8, 3)),
        (IdKind.FOREIGN_RESIDENT, "can110081080301", "CAN110081080301", date(1981, 8, 3)),
        (IdKind.FOREIGN_RESIDENT, "CAN110005080301", "CAN110005080301", None),  # 1905 or 2005
        (IdKind.HK_MACAO_PERMIT, "h12345678", "H12345678", None),
        (IdKind.HK_MACAO_PERMIT, "M1234567801", "M1234567801", None),
        (IdKind.TAIWAN_PERMIT, "12345678", "12345678", None),
        (IdKind.TAIWAN_PERMIT, "0012345678(A)", "0012345678A", None),
        (IdKind.PASSPORT, "e12345678", "E12345678", None),
        (IdKind.NONE, "", "", None),
    ],
)
def test_every_kind_of_document_is_read_and_guessed(kind, raw, number, birth):
    parsed = parse_id(kind, raw)
    assert (parsed.kind, parsed.number, parsed.birth) == (kind, number, birth)
    guessed = IdKind.CITIZEN if kind is IdKind.HOUSEHOLD_BOOK else kind
    assert guess_kind(raw) == guessed
    assert parse_id(None, raw).kind == guessed


@pytest.mark.parametrize(
    ("kind", "raw", "trouble"),
    [
        (IdKind.HK_MACAO_RESIDENCE, "830000199201300022", "应以810000或820000开头"),
        (IdKind.TAIWAN_RESIDENCE, "810000199408230021", "应以830000开头"),
        (IdKind.HK_MACAO_RESIDENCE, "810000199408230022", "校验码不对"),
        (IdKind.FOREIGN_RESIDENT, SPECIMEN, "应以9开头"),
        (IdKind.FOREIGN_RESIDENT, numbered("90112419810803002"), "“01”不是省级代码"),
        (IdKind.FOREIGN_RESIDENT, "911124198108030025", "校验码不对"),
        (IdKind.FOREIGN_RESIDENT, "CAN110081133201", "“811332”不存在"),
        (IdKind.FOREIGN_RESIDENT, "1AN110081080301", "3个字母加12位数字"),
        (IdKind.FOREIGN_RESIDENT, "CAN11008108030", "现在是14位"),
        (IdKind.HK_MACAO_PERMIT, "A12345678", "H或M加8位数字"),
        (IdKind.TAIWAN_PERMIT, "1234567", "8位数字"),
        (IdKind.PASSPORT, "ABCDEFGH", "至少有1位数字"),
        (IdKind.PASSPORT, "E1", "5至15位"),
        (IdKind.NONE, "1", "不填证件号码"),
    ],
)
def test_refusal_of_each_kind_names_the_fault(kind, raw, trouble):
    assert trouble in refusal(kind, raw)


def test_guess_kind_of_nonsense_is_none():
    assert guess_kind("张三") is None
