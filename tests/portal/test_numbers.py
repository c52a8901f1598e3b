from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.numbers import (
    format_money,
    format_number,
    parse_number,
    percent,
    percentage,
    points_difference,
)
from portal.numerals import chinese_numeral, read_numeral


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (468, 570, "82.1%"),
        (454, 468, "97.0%"),
        (1, 2000, "0.1%"),  # 0.05 rounds up; half to even would print 0.0
        (1, 800, "0.1%"),
        (3, 800, "0.4%"),
        (0, 5, "0.0%"),
        (5, 5, "100.0%"),
        (1, 0, "—"),
        (0, 0, "—"),
        (None, 5, "—"),
        (5, None, "—"),
        (Decimal("12.5"), Decimal("100"), "12.5%"),
    ],
)
def test_percent_has_one_decimal_and_rounds_half_up(numerator, denominator, text):
    assert percent(numerator, denominator) == text


def test_percentage_of_nothing_is_none():
    assert (percentage(1, 0), percentage(1, 8)) == (None, Decimal("12.5"))


@pytest.mark.parametrize(
    ("later", "earlier", "text"),
    [
        ("82.1", "80", "提高2.1个百分点"),
        ("80", "82.1", "下降2.1个百分点"),
        ("80.04", "79.96", "持平"),
        ("82.14", "80.05", "提高2.0个百分点"),
    ],
)
def test_points_difference_is_that_of_the_printed_percentages(later, earlier, text):
    assert points_difference(Decimal(later), Decimal(earlier)) == text


def test_points_difference_without_a_term_is_a_dash():
    assert (points_difference(None, Decimal(1)), points_difference(Decimal(1), None)) == ("—", "—")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (2025, None, "2025"),
        (9999, None, "9999"),
        (10000, None, "10,000"),
        (-12580, None, "-12,580"),
        (Decimal("200.00"), None, "200.00"),
        (Decimal("1E+5"), None, "100,000"),
        (Decimal("1234567.895"), 2, "1,234,567.90"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.001"), 2, "0.00"),
        (0.125, 2, "0.13"),
        (None, None, "—"),
    ],
)
def test_format_number_groups_from_five_digits(value, places, text):
    assert format_number(value, places) == text


def test_format_money_has_two_decimals():
    assert (format_money(200), format_money(Decimal("12580.5"))) == ("200.00", "12,580.50")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (3, "3"),
        (0.1 + 0.2, "0.3"),
        (200.0, "200"),
        ("1,234.5", "1234.5"),
        ("１２３", "123"),
        (" ¥ 200 ", "200"),
        ("1.5万", "15000"),
        ("-3", "-3"),
        ("007", "7"),
    ],
)
def test_parse_number_reads_what_clerks_write(cell, number):
    assert parse_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["", "  ", None])
def test_parse_number_of_an_empty_cell_is_none(cell):
    assert parse_number(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        *("1,23", "12,34,567", "1,234.5,6", "1.2.3", "200元", "--1", "1e5", "二百", "-", "."),
        *("1_000", "1-2", "٣", True, float("nan"), float("inf"), Decimal("NaN"), "1" * 41),
    ],
)
def test_parse_number_refuses_what_could_be_misread(cell):
    with pytest.raises(ValidationError):
        parse_number(cell)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_parse_number_reads_back_what_is_printed(number):
    assert parse_number(format_number(number)) == number


@given(st.integers(1, 999))
def test_numeral_reads_back(number):
    assert read_numeral(chinese_numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (35, "三十五"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_numeral_is_written_as_in_headings(number, text):
    assert chinese_numeral(number) == text


@pytest.mark.parametrize("text", ["", "35", "三五十", "十a", "二〇二五二〇二五二"])
def test_numeral_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        read_numeral(text)
