"""Read a notice of holidays as it was issued, and the days that people write line by line.

一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
2026-01-01 放假 元旦
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.core.exceptions import ValidationError

from portal.days import parse_date
from portal.width import to_halfwidth

WEEKDAYS = "一二三四五六日"
ITEM = re.compile(r"[一二三四五六七八九十]{1,3}、([^:。;\d]{1,20}):")
DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]{0,30})\))?")
TO = re.compile(r"^(?:至|到|-|—|–|~)")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
TOTAL = re.compile(r"共(\d{1,2})天")
LONGEST_SPAN, LONGEST_NAME, MOST_LINES = 31, 40, 400
LINE = re.compile(r"(\S+)[\s,,]+(放假|休息|休|停办|上班|班)(?:[\s,,]+(.*))?")
WORKS = {"上班", "班"}
EXAMPLE = "请写成“2026-01-01 放假 元旦”，一行一天。"


@dataclass(frozen=True)
class Said:
    works: bool
    name: str


Days = Mapping[date, Said]


def read_notice(text: str, year: int) -> dict[date, Said]:
    """The days off and working weekends of the notice of that year.

    Raises ValidationError that quotes the place: where a date does not exist, its weekday or the total
    does not agree, a day is told twice differently, or nothing is found.
    """
    compact = "".join(to_halfwidth(text).split())
    items = list(ITEM.finditer(compact))
    found: dict[date, Said] = {}
    ends = [*(item.start() for item in items[1:]), len(compact)]
    for item, end in zip(items, ends, strict=False):
        part = compact[item.end() : end]
        for sentence in re.split(r"[。;]", part):
            _add(found, _sentence(sentence, item[1], year))
    if not found:
        raise ValidationError(
            "没有读出放假安排。请粘贴通知全文，各条形如“一、元旦：1月1日（周四）至3日（周六）放假调休，"
            "共3天。1月4日（周日）上班。”；或者在“逐日安排”里一行一天填写。"
        )
    return dict(sorted(found.items()))


def _add(found: dict, told: Days) -> None:
    for day, said in told.items():
        if day in found and found[day].works != said.works:
            raise ValidationError(f"{_chinese(day)}又放假又上班，请核对原文。")
        found.setdefault(day, said)


def _sentence(sentence: str, name: str, year: int) -> dict[date, Said]:
    """What one sentence of the item says; nothing where it neither gives days off nor days of work."""
    is_rest = "放假" in sentence
    if not is_rest and "上班" not in sentence:
        return {}
    spans = _spans(sentence, name, year)
    days = [
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    ]
    total = TOTAL.search(sentence)
    if is_rest and total and int(total[1]) != len(days):
        raise ValidationError(
            f"“{name}：{sentence}”：写的是共{total[1]}天，数出来是{len(days)}天，请核对。"
        )
    return {day: Said(not is_rest, name) for day in days}


def _spans(sentence: str, name: str, year: int) -> list[tuple[date, date]]:
    spans, last, end = [], None, 0
    for match in DAY.finditer(sentence):
        day = _day(match, name, year, last)
        if spans and TO.match(sentence[end : match.start()]):
            first = spans[-1][0]
            if not first <= day <= first + timedelta(days=LONGEST_SPAN):
                raise ValidationError(f"“{name}：{sentence}”：起止日期不对，请核对。")
            spans[-1] = (first, day)
        else:
            spans.append((day, day))
        last, end = day, match.end()
    return spans


def _day(match, name: str, year: int, before: date | None) -> date:
    """The date of one mention; what it leaves out is that of the mention before it in the sentence."""
    if match[2] is None and before is None:
        raise ValidationError(f"“{name}”中的“{match[0]}”没有月份，请核对。")
    month = int(match[2]) if match[2] else before.month
    if match[1]:
        of_year = int(match[1])
    elif before:
        of_year = before.year + (month == 1 and before.month == 12)
    else:  # New Year's Day may begin in the December before
        of_year = year - (month == 12 and "元旦" in name)
    try:
        day = date(of_year, month, int(match[3]))
    except ValueError:
        raise ValidationError(f"“{name}”中的“{match[0]}”这一天不存在，请核对。") from None
    told = WEEKDAY.search(match[4] or "")
    right = WEEKDAYS[day.weekday()]
    if told and told[1].replace("天", "日") != right:
        raise ValidationError(
            f"{_chinese(day)}是周{right}，原文“{match[0]}”写的是周{told[1]}；请核对年度和原文。"
        )
    return day


def read_lines(text: str) -> dict[date, Said]:
    """Days written one on a line. Raises ValidationError with a message for each line that is wrong."""
    found, problems = {}, []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    if len(lines) > MOST_LINES:
        raise ValidationError(f"最多填{MOST_LINES}行。")
    for number, line in lines:
        if not line:
            continue
        try:
            day, said = _line(line)
        except ValidationError as error:
            problems.append(f"第{number}行“{line[:30]}”：{error.messages[0]}")
            continue
        if day in found:
            problems.append(f"第{number}行：{_chinese(day)}填了两次。")
        found[day] = said
    if problems:
        raise ValidationError(problems[:10])
    return dict(sorted(found.items()))


def _line(line: str) -> tuple[date, Said]:
    match = LINE.fullmatch(line)
    if match is None:
        raise ValidationError(f"看不懂，{EXAMPLE}")
    name = " ".join((match[3] or "").split())
    if len(name) > LONGEST_NAME:
        raise ValidationError(f"名称最多{LONGEST_NAME}字。")
    return parse_date(match[1]), Said(match[2] in WORKS, name)


def written(days: Days) -> str:
    """The days as lines, so that they can be corrected by hand; ``read_lines`` reads them back."""
    return "\n".join(
        f"{day:%Y-%m-%d} {'上班' if said.works else '放假'} {said.name}".rstrip()
        for day, said in sorted(days.items())
    )


def told(days: Days) -> list[str]:
    """The days in sentences: 元旦：1月1日（周五）至3日（周日）放假，共3天。"""
    sentences = []
    ordered = enumerate(sorted(days.items()))
    runs = groupby(ordered, key=lambda each: (each[1][1], each[1][0].toordinal() - each[0]))
    for (said, _), run in runs:
        listed = [day for _, (day, _) in run]
        first, last = listed[0], listed[-1]
        span = _with_weekday(first)
        if last > first:
            span += f"至{_with_weekday(last)}"
        total = f"，共{len(listed)}天" if len(listed) > 1 else ""
        name = f"{said.name}：" if said.name else ""
        sentences.append(f"{name}{span}{'上班' if said.works else '放假'}{total}。")
    return sentences


def _with_weekday(day: date) -> str:
    return f"{_chinese(day)}（周{WEEKDAYS[day.weekday()]}）"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
