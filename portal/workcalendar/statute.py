"""The days off of a year whose notice is not out yet, by the statute alone (domain §2.9).

全国年节及纪念日放假办法 (rev. 2024): thirteen days; one that falls on a weekend is made up for on a
working day. On which one, and what else is moved, the yearly notice says, and nothing here guesses
it: a day is made up for on the next working day, and the whole year is provisional.
"""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

ONE_DAY = timedelta(days=1)
MADE_UP_FOR = "补假"
# What the library knows of the moon. Beyond, only the days of the solar year are told.
FIRST, LAST = 2008, 2100
FIXED = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
NEW_YEARS_EVE = {"农历除夕": "除夕"}


@lru_cache(maxsize=64)
def statutory_days(year: int) -> dict[date, str]:
    """The statutory days off of the year with their names; two festivals of one day are both named."""
    found = {date(year, *day): name for day, name in FIXED.items()}
    if FIRST <= year <= LAST:
        lunar = country_holidays("CN", years=year, observed=False, language="zh_CN")
        for day, text in lunar.items():
            names = [NEW_YEARS_EVE.get(name, name) for name in text.split("; ")]
            found[day] = "、".join(names)
    return dict(sorted(found.items()))


@lru_cache(maxsize=64)
def days_off(year: int) -> dict[date, str]:
    """The statutory days off and those that make up for the ones on weekends."""
    found = dict(statutory_days(year))
    for day, names in statutory_days(year).items():
        for name in names.split("、") if day.weekday() >= 5 else ():
            instead = day
            while instead.weekday() >= 5 or instead in found:
                instead += ONE_DAY
            found[instead] = f"{name}{MADE_UP_FOR}"
    return found
