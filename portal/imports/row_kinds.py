"""Rows below the header that are no data: totals, signatures, notes, headings, repeated headers."""

import re
from collections.abc import Iterable

from portal.imports.headers import Header
from portal.imports.reading import Sheet, is_blank
from portal.imports.wording import plain
from portal.text import to_halfwidth

TOTAL, SIGNATURE, NOTE, SECTION, REPEATED = "合计", "签名", "说明", "小标题", "重复的表头"
BY_HAND = "您选的"

TOTALS = re.compile(
    r"(?:本页|全表|以上)?(?:合计|小计|总计|共计|累计|得分|总分|平均分?)(?:数|人数|户数)?[:：]?"
)
SIGNATURES = re.compile(
    r"(?:单位)?(?:负责人|主要领导|分管领导|审核人?|填表人?|制表人?|填报人?|经办人?|登记人?|统计人?|"
    r"填表日期|填报日期|制表日期|报送日期|填报单位|填表单位|联系人|盖章|签字|签名)"
    r"(?:\(.{1,6}\))?[:：].*"
)
NOTES = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|附注|附)(?:[:：]|[0-9１-９一二三四五六七八九]?[.、]).*"
)
HEADING = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.].{1,40}")
DATED = re.compile(
    r"(?:填表|填报|制表|报送|统计)(?:日期|时间)[:：]\s*([0-9]{4}[年./-][0-9]{1,2}[月./-][0-9]{1,2})日?"
)
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")


def kind_of(sheet: Sheet, row: int, heads: set[str]) -> str:
    """Why the row is no data; "" for one that is. ``heads`` are the labels of the header."""
    filled = [(n, cell) for n, cell in enumerate(sheet.cells(row), start=1) if not is_blank(cell)]
    if not filled or not isinstance(filled[0][1], str):
        return ""
    first = plain(filled[0][1])
    if len(filled) > 1 and first in heads and all(plain(cell) in heads for _, cell in filled):
        return REPEATED
    if TOTALS.fullmatch(first):
        return TOTAL
    if len(filled) <= 4 and SIGNATURES.fullmatch(first):
        return SIGNATURE
    if len(filled) > 1:
        return ""
    if NOTES.fullmatch(first):
        return NOTE
    if HEADING.fullmatch(first) or _spans(sheet, row, filled[0][0]):
        return SECTION
    return ""


def _spans(sheet: Sheet, row: int, column: int) -> bool:
    """The one text of the row is merged over most of its width."""
    return any(
        merge.top == merge.bottom == row
        and merge.left == column
        and merge.right - merge.left >= max(2, len(sheet.cells(row)) // 2)
        for merge in sheet.merged
    )


def no_data(sheet: Sheet, header: Header) -> dict[int, str]:
    """The rows below the header that are no data, with the reason."""
    heads = {plain(text) for chain in header.chains.values() for text in chain}
    found = {}
    for row in range(header.rows[-1] + 1, len(sheet.rows) + 1):
        if kind := kind_of(sheet, row, heads):
            found[row] = kind
    return found


def own_date(sheet: Sheet, rows: Iterable[int]) -> str:
    """The day on which the form says it was filled in, "" where it does not say."""
    for row in rows:
        for cell in sheet.cells(row):
            if isinstance(cell, str) and (found := DATED.search(to_halfwidth(cell))):
                return re.sub(r"[年月./]", "-", found[1])
    return ""


def own_year(sheet: Sheet, rows: Iterable[int]) -> str:
    """The year that the title names."""
    for row in rows:
        for cell in sheet.cells(row):
            if isinstance(cell, str) and (found := YEAR.search(to_halfwidth(cell))):
                return found[1]
    return ""
