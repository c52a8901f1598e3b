"""Figures and tables in the text: known by name, and printable."""

import difflib
from collections.abc import Iterator

from reports.checks.findings import ERROR, Finding
from reports.checks.passage import Passage
from reports.layout import table_alone
from reports.tokens import token, tokens_in


def check_tokens(passage: Passage) -> Iterator[Finding]:
    """A figure that is none, a table that the document does not have or that shares its line."""
    labels = passage.grounds.labels
    for found in tokens_in(passage.text):
        if found.is_table:
            yield from _table(passage, found)
        elif found.code not in labels:
            near = difflib.get_close_matches(found.name, labels.values(), n=1, cutoff=0.5)
            codes = {label: code for code, label in labels.items()}
            hint = f"，是不是“{near[0]}”？" if near else "，请从右侧的指标表中选用。"
            message = f"没有名为“{found.name}”的指标{hint}"
            mended = token(codes[near[0]]) if near else None
            yield passage.finding(ERROR, "token", message, found.start, found.end, mended)


def _table(passage: Passage, found) -> Iterator[Finding]:
    place, text = (found.start, found.end), passage.text
    if found.table not in passage.grounds.tables:
        message = f"这份总结没有名为“{found.table}”的表格。"
        yield passage.finding(ERROR, "table", message, *place)
        return
    start = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    if not table_alone(text[start : end if end >= 0 else len(text)].strip()):
        yield passage.finding(ERROR, "table", "表格要单独占一行。", *place)


def check_glyphs(passage: Passage) -> Iterator[Finding]:
    """A name must never be printed with a box or a gap in it."""
    for character in sorted(passage.grounds.unprintable & set(passage.text)):
        place = passage.text.index(character)
        message = f"“{character}”（U+{ord(character):04X}）没有可打印的字体，请联系系统管理员补装。"
        yield passage.finding(ERROR, "glyph", message, place, place + 1)
