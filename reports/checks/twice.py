"""The same thing told twice with two values: by typed numbers, and against the tables of the document."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from reports.checks.findings import ERROR, Finding
from reports.checks.passage import Document, Passage
from reports.checks.typed import Typed

_FILLER = re.compile(
    r"全年|今年|本年|上半年|下半年|期内|截至目前|累计|共计|合计|总共|一共|共|已|约|近|为|是|达到|达|了|有|其中|计|\s|：|:"
)
_DAYS = re.compile(
    r"\d{1,2}月(?:\d{1,2}日)?|第?[一二三四]季度|上年|去年|同期|增加|增长|减少|下降|提高|降低"
)
LONGEST = 120  # characters of a sentence before the number
SHORTEST = 4  # characters of words that name the same thing wherever they stand


def check_twice(document: Document) -> Iterator[Finding]:
    """The same words before two typed numbers of one measure, or before a typed one and a figure."""
    told: dict[tuple[str, str], list[tuple[Passage, Typed | None, Decimal]]] = defaultdict(list)
    for passage in document.sections:
        for typed in passage.loose_numbers:
            key = _words_before(passage, typed.wide_start)
            if key and typed.measure not in {"", "%"}:
                told[key, typed.measure].append((passage, typed, typed.value))
        for count in passage.counts:
            if count.is_figure and (key := _words_before(passage, count.start)):
                told[key, count.measure].append((passage, None, count.value))
    for (key, measure), places in told.items():
        values = list(dict.fromkeys(value for _, _, value in places))
        if len(values) > 1 and any(typed for _, typed, _ in places):
            yield from _contradictions(key, measure, places, values)


def _contradictions(key, measure, places, values) -> Iterator[Finding]:
    """At each typed number but the first value told; the value of a figure is the right one."""
    true = next((value for _, typed, value in places if typed is None), values[0])
    for passage, typed, value in places:
        if typed is not None and value != true:
            listed = "和".join(f"{each:f}" for each in values[:3])
            message = f"“{key}”写了{listed}{measure}两个数，请统一。"
            yield passage.finding(ERROR, "twice", message, typed.start, typed.end, f"{true:f}")


def _words_before(passage: Passage, start: int) -> str:
    """What the number is said of: all words of its sentence before it; '' where it is of a day, or one of
    several in its sentence."""
    flat = passage.flat
    back = max(0, start - LONGEST)
    begin = max(flat.rfind(mark, back, start) for mark in "。！？；\n") + 1
    if not begin and back:
        return ""
    said = flat[begin:start]
    if _DAYS.search(said) or "其中" in said or any(name in said for name in passage.grounds.below):
        return ""
    said = _FILLER.sub("", said)
    return said if len(said) >= SHORTEST and all(map(_is_word, said)) else ""


def _is_word(character: str) -> bool:
    return "一" <= character <= "鿿" or character in "，、"


def check_against_tables(document: Document) -> Iterator[Finding]:
    """A typed number whose sentence names a row and a column of a table of the document, but which
    does not stand in that cell."""
    tables = [table for table in document.grounds.counted.values() if table is not None]
    for passage in document.sections:
        for typed in passage.loose_numbers:
            for table in tables if typed.measure else ():
                if finding := _against(passage, typed, table):
                    yield finding
                    break


def _against(passage: Passage, typed: Typed, table) -> Finding | None:
    clause = passage.flat[max(typed.clause[0], typed.after) : typed.wide_start]
    rows = [row for row in table.rows if len(row[0]) >= 2 and clause.startswith(row[0])]
    if len(rows) != 1:
        return None
    [row] = rows
    said = clause[len(row[0]) :]
    heads = [(len(h), i) for i, h in enumerate(table.headers) if i and _bare(h) in said]
    if not heads or max(heads)[1] >= len(row):
        return None
    place = max(heads)[1]
    true = _number(row[place])
    if true is None or true == typed.value:
        return None
    column = _bare(table.headers[place])
    message = f"《{table.title}》中“{row[0]}”的“{column}”是{row[place]}，写成了{typed.value:f}。"
    return passage.finding(ERROR, "table-cell", message, typed.start, typed.end, f"{true:f}")


def _bare(header: str) -> str:
    return header.split("（")[0]


def _number(cell: str) -> Decimal | None:
    try:
        return Decimal(cell.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return None
