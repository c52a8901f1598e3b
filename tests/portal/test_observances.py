from datetime import date

import pytest

from portal.observances import (
    OBSERVANCES,
    THEME_DAY_CHOICES,
    check_ordinal,
    ordinal,
    theme_days,
    wrong_ordinals,
)


def day_of(code, year):
    return next(found.date for found in theme_days(year) if found.code == code)


@pytest.mark.parametrize(
    ("year", "month_day", "number"),
    [
        (2009, (5, 17), 19),
        (2022, (5, 15), 32),
        (2025, (5, 18), 35),
        (2026, (5, 17), 36),
        (2027, (5, 16), 37),
    ],
)
def test_disability_day_is_the_third_sunday_of_may(year, month_day, number):
    assert day_of("disability-day", year) == date(year, *month_day)
    assert ordinal("disability-day", year) == number


@pytest.mark.parametrize("year", range(1991, 2061))
def test_sunday_rules_hold_in_every_year(year):
    may = day_of("disability-day", year)
    assert (may.weekday(), (may.day - 1) // 7) == (6, 2)
    september = day_of("deaf-day", year)
    assert (september.weekday(), september.month, september.day > 23) == (6, 9, True)


def test_deaf_day_is_the_last_not_the_fourth_sunday():
    assert day_of("deaf-day", 2024) == date(2024, 9, 29)


def test_theme_days_are_in_order_and_only_those_that_exist_yet():
    days = theme_days(2022)
    assert days == sorted(days, key=lambda day: day.date)
    assert "ecology-day" not in {day.code for day in days}
    assert "ecology-day" in {day.code for day in theme_days(2023)}


def test_elders_day_follows_the_lunar_calendar_where_it_is_known():
    assert day_of("elders-day", 2025) == date(2025, 10, 29)
    assert "elders-day" not in {day.code for day in theme_days(2051)}


def test_ordinal_of_a_day_that_nobody_counts_is_none():
    assert (ordinal("womens-day", 2025), ordinal("disability-day", 1990)) == (None, None)


def test_ordinal_of_an_unknown_day_raises():
    with pytest.raises(KeyError):
        ordinal("pancake-day", 2025)


def test_theme_day_choices_fit_their_column():
    codes = [code for code, _ in THEME_DAY_CHOICES]
    assert len(set(codes)) == len(OBSERVANCES)
    assert max(map(len, codes)) <= 24


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("在第19个全国助残日前夕", "第35个全国助残日"),
        ("第三十四次全国助残日", "第35次全国助残日"),
        ("第１９个“助残日”", "第35个“助残日"),
        ("第 19 个助残日", "第 35 个助残日"),
        ("第2个国际残疾人日", "第34个国际残疾人日"),
    ],
)
def test_wrong_ordinal_is_found_with_a_suggestion(text, suggestion):
    [fault] = wrong_ordinals(text, 2025)
    assert fault.suggestion == suggestion
    assert text[fault.start : fault.start + len(fault.words)] == fault.words


@pytest.mark.parametrize(
    "text",
    [
        "第35个全国助残日",
        "第三十五次全国助残日",
        "第三十五次“全国助残日”",
        "第一社区全国助残日活动",
        "第三次参加全国助残日活动",
        "全国助残日",
        "第19个妇女节",
        "第十十百个助残日。第",
        "",
    ],
)
def test_right_ordinal_and_other_numbers_are_left_alone(text):
    faults = wrong_ordinals(text, 2025)
    assert [fault for fault in faults if "十十百" not in fault.words] == []


def test_check_ordinal_says_what_is_right():
    assert check_ordinal("第19个全国助残日", 2009) == []
    assert check_ordinal("第19个全国助残日和第19个爱耳日", 2025) == [
        "2025年是第35次全国助残日，不是第19次，请核对。",
        "2025年是第26次全国爱耳日，不是第19次，请核对。",
    ]
