"""Years and days of another period, plans in the past, ordinals of theme days (§7.10 rules 5, 7, 14)."""

import re
from collections.abc import Iterator
from datetime import date

from portal.observances import wrong_ordinals
from portal.periods import Period
from reports.checks.findings import ERROR, WARNING, WHOLE, Finding
from reports.checks.passage import Document, Passage

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_DATE = re.compile(r"(?:(?<!\d)((?:19|20)\d{2})年)?(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?")
_COMPARED = re.compile(r"(?:比|较|同比|相比|与|自|从|自从)[^，。；\d]{0,4}$")
_PLANNED = re.compile(r"计划|打算|下一年|明年|下步|下一步|将")
_PLANS = re.compile(r"下一?步|计划|打算|明年|下年|来年|下半年(?:工作)?(?:安排|重点)|今后")
_BACK = re.compile(
    r"上年|去年|上一年|前年|截至|截止|自|从|以来|根据|按照|印发|制定|修订|《[^》]{0,60}$"
)
_QUOTED = re.compile(r"《[^《》\n]{1,80}》|“[^“”\n]{1,80}”|〔\d{4}〕")
_SPAN = 30


def _quoted(flat: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(flat)]


def _inside(position: int, spans) -> bool:
    return any(start <= position < end for start, end in spans)


def check_years(passage: Passage) -> Iterator[Finding]:
    """A year that is not the summary's, unless it is compared with, planned, or part of a title."""
    flat, period, quoted = passage.flat, passage.grounds.period, _quoted(passage.flat)
    for match in _YEAR.finditer(flat):
        year = int(match[1])
        if period.start.year <= year <= period.end.year or _inside(match.start(), quoted):
            continue
        before = flat[max(0, match.start() - 8) : match.start()]
        if year == period.start.year - 1 and _COMPARED.search(before):
            continue
        planned = passage.piece.heading + flat[max(0, match.start() - _SPAN) : match.end() + _SPAN]
        if year == period.end.year + 1 and _PLANNED.search(planned):
            continue
        message = f"本总结写的是{period.label}，这里写着“{match[0]}”，是否从旧稿带来？"
        yield passage.finding(WARNING, "year", message, *match.span())


def check_days(passage: Passage) -> Iterator[Finding]:
    """A day that there is not, or one that lies outside of the period (rule 7)."""
    flat, period, quoted = passage.flat, passage.grounds.period, _quoted(passage.flat)
    if is_plan(passage):
        return
    for match in _DATE.finditer(flat):
        if match.start() in passage.proven or _inside(match.start(), quoted) or match[1]:
            continue
        days = _days(match, period.end.year)
        if days is None:
            message = f"没有“{match[0]}”这一天，请核对。"
            yield passage.finding(ERROR, "no-day", message, *match.span())
        elif days.end < period.start or period.end < days.start:
            before = flat[max(0, match.start() - 12) : match.start()]
            if _BACK.search(before) or _PLANNED.search(
                flat[max(0, match.start() - _SPAN) : match.end() + 8]
            ):
                continue
            message = f"“{match[0]}”不在{period.label}之内，是否从旧稿带来？"
            yield passage.finding(WARNING, "day", message, *match.span())


def _days(match, year: int) -> Period | None:
    year, month = int(match[1] or year), int(match[2])
    try:
        first = date(year, month, int(match[3] or 1))
    except ValueError:
        return None
    return Period(first, first) if match[3] else Period.month_of(first)


def is_plan(passage: Passage) -> bool:
    """A part of next steps, by its heading."""
    return bool(_PLANS.search(passage.piece.heading))


def check_plans(passage: Passage) -> Iterator[Finding]:
    """What is still to be done is dated before today, or within the period that is over (rule 14)."""
    grounds = passage.grounds
    if not is_plan(passage):
        return
    latest = max(filter(None, (grounds.period.end, grounds.today)))
    flat, quoted = passage.flat, _quoted(passage.flat)
    for match in _DATE.finditer(flat):
        before = flat[max(0, match.start() - 12) : match.start()]
        if _inside(match.start(), quoted) or _BACK.search(before):
            continue
        if match.start() in passage.proven:
            continue
        # Without a year it is the next such day behind the period.
        days = _days(match, grounds.period.end.year)
        if days and not match[1] and days.end <= grounds.period.end:
            days = _days(match, grounds.period.end.year + 1) or days
        if days and days.end < latest:
            message = f"下一步工作写的“{match[0]}”已经过去，请核对日期。"
            yield passage.finding(WARNING, "past-plan", message, *match.span())
    yield from _past_years(passage, quoted)


def _past_years(passage: Passage, quoted) -> Iterator[Finding]:
    flat, period = passage.flat, passage.grounds.period
    for match in re.finditer(r"(?<!\d)((?:19|20)\d{2})年(?!\d{1,2}月)", flat):
        before = flat[max(0, match.start() - 12) : match.start()]
        if _inside(match.start(), quoted) or _BACK.search(before) or _COMPARED.search(before):
            continue
        if int(match[1]) < period.end.year or (
            int(match[1]) == period.end.year and (period.end.month, period.end.day) == (12, 31)
        ):
            message = f"下一步工作写的“{match[0]}”已经过去，请核对年份。"
            yield passage.finding(WARNING, "past-plan", message, *match.span())


def check_theme_days(passage: Passage) -> Iterator[Finding]:
    """第19次全国助残日 in a year that has the 35th (rule 5)."""
    for fault in wrong_ordinals(passage.flat, passage.grounds.period.start.year):
        end = fault.start + len(fault.words)
        yield passage.finding(ERROR, "theme-day", fault.message, fault.start, end, fault.suggestion)


def check_coverage(document: Document) -> Iterator[Finding]:
    """Months without a record, and evidence that begins late or ends early (rule 7)."""
    grounds = document.grounds
    if not grounds.empty_months:
        return
    names = "、".join(month.label for month in grounds.empty_months)
    message = f"{names}没有任何记录。是没有开展工作，还是没有登记？"
    if grounds.first_day and grounds.last_day:
        days = (
            f"{day.year}年{day.month}月{day.day}日" for day in (grounds.first_day, grounds.last_day)
        )
        message += "所依据的记录最早为{}，最晚为{}。".format(*days)
    yield Finding(WARNING, "coverage", message, WHOLE, words=names)
