"""Tokens, years, placeholders, theme days, length: what needs no counting."""

import difflib
import re
from collections.abc import Iterator

from portal.observances import check_ordinal, ordinal
from reports.checks.findings import ERROR, WARNING, WHOLE, Finding, Grounds, Piece
from reports.checks.typed import plain
from reports.layout import table_alone
from reports.tokens import pieces, token, tokens_in

LONGEST = 4000  # characters: 基层减负规定, domain §5
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_COMPARED = re.compile(r"(?:比|较|同比|相比|与|自|从)[^，。；\d]{0,4}$")
_PLANNED = re.compile(r"计划|打算|下一年|明年|下步|下一步|将")
_PLACEHOLDER = re.compile(
    r"×{1,}|[xX]{2,}|(?:19|20)[xX×]{2}|“\s{0,3}”|\"\s{0,3}\"|\*{3,}|_{2,}|某某|待补|待填"
    r"|(?<![A-Za-z])[xX](?=[余多]?(?:次|人|户|件|条|份|个|名|小时))"
)
_CLAUSE = re.compile(r"[^，。；\n]{1,400}")
_ORDINAL = re.compile(r"第[\d零〇一二三四五六七八九十百]{1,6}[次个届]")


def check_tokens(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    for found in tokens_in(piece.text):
        place = (piece.key, found.start, found.end, piece.text[found.start : found.end])
        if found.is_table:
            yield from _table(piece, found, grounds, place)
        elif found.code not in grounds.labels:
            near = difflib.get_close_matches(found.name, grounds.labels.values(), n=1, cutoff=0.5)
            codes = {label: code for code, label in grounds.labels.items()}
            hint = f"，是不是“{near[0]}”？" if near else "，请从右侧的指标表中选用。"
            yield Finding(
                ERROR,
                "token",
                f"没有名为“{found.name}”的指标{hint}",
                *place,
                token(codes[near[0]]) if near else None,
            )


def _table(piece, found, grounds, place):
    if found.table not in grounds.tables:
        yield Finding(ERROR, "table", f"这份总结没有名为“{found.table}”的表格。", *place)
        return
    start = piece.text.rfind("\n", 0, found.start) + 1
    end = piece.text.find("\n", found.end)
    line = piece.text[start : end if end >= 0 else len(piece.text)]
    if not table_alone(line.strip()):
        yield Finding(ERROR, "table", "表格要单独占一行。", *place)


def check_years(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    flat, period = plain(piece.text), grounds.period
    for match in _YEAR.finditer(flat):
        year = int(match[1])
        if period.start.year <= year <= period.end.year:
            continue
        if year == period.start.year - 1 and _COMPARED.search(
            flat[max(0, match.start() - 8) : match.start()]
        ):
            continue
        planned = piece.heading + flat[max(0, match.start() - 30) : match.end() + 30]
        if year == period.end.year + 1 and _PLANNED.search(planned):
            continue
        message = f"本总结写的是{period.label}，这里写着“{match[0]}”，是否从旧稿带来？"
        yield Finding(
            WARNING, "year", message, piece.key, *match.span(), piece.text[slice(*match.span())]
        )


def check_placeholders(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    flat = plain(piece.text)
    for match in _PLACEHOLDER.finditer(flat):
        around = flat[match.start() - 1 : match.start()] + flat[match.end() : match.end() + 1]
        if match[0] == "×" and around.isdecimal() and len(around) == 2:
            continue  # 3×4
        message = f"“{match[0]}”还没有填写。"
        yield Finding(ERROR, "placeholder", message, piece.key, *match.span(), match[0])


def check_theme_days(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    flat, year = plain(piece.text), grounds.period.start.year
    for clause in _CLAUSE.finditer(flat):
        for message in check_ordinal(clause[0], year):
            place = _ORDINAL.search(flat, *clause.span()) or clause
            words = piece.text[slice(*place.span())]
            right = f"第{ordinal('disability-day', year)}次" if place is not clause else None
            yield Finding(ERROR, "theme-day", message, piece.key, *place.span(), words, right)


def check_glyphs(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    """A name must never be printed with a box or a gap in it."""
    for character in sorted(grounds.unprintable & set(piece.text)):
        place = piece.text.index(character)
        message = f"“{character}”（U+{ord(character):04X}）没有可打印的字体，请联系系统管理员补装。"
        yield Finding(ERROR, "glyph", message, piece.key, place, place + 1, character)


def check_length(pieces_: list[Piece], grounds: Grounds) -> Iterator[Finding]:
    count = sum(_printed(piece.text, grounds) + len(piece.heading) for piece in pieces_)
    if count > LONGEST:
        message = f"全文约 {count} 字，超过 {LONGEST} 字，请压缩。"
        yield Finding(WARNING, "length", message, WHOLE)


def _printed(text: str, grounds: Grounds) -> int:
    """Characters as printed, without spaces; a figure counts with its digits."""
    total = 0
    for item in pieces(text):
        if isinstance(item, str):
            total += sum(not character.isspace() for character in item)
        else:
            total += len(grounds.printed(item))
    return total


def check_coverage(grounds: Grounds) -> Iterator[Finding]:
    if grounds.empty_months:
        names = "、".join(month.label for month in grounds.empty_months)
        message = f"{names}没有任何记录。是没有开展工作，还是没有登记？"
        yield Finding(WARNING, "coverage", message, WHOLE)
