"""Before a summary is issued: what a printer would look for in the file, read from the file itself.

A character without a glyph refuses the issue: a paper with □ for somebody's name is not signed. What is
measured is the page of GB/T 9704-2012: 22 lines of 28 characters in a type area of 156 × 225 mm.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portal.pdf import missing_glyphs
from portal.pdf.blocks import OfficialDocument
from portal.pdf.fonts import library
from portal.pdf.linebreaks import strip
from portal.pdf.measure import Glyph, Printed, Sheet, read_pdf
from portal.pdf.page import CHARACTERS, LINES

SIZE = 15.79 * 25.4 / 72  # of 3号 here, mm
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the type area from the page's edges
LYING = 35.0, 260.0, 28.0, 184.0  # the same of a turned page, 225 × 156 mm
MARGIN_SIZE = 14 * 25.4 / 72  # 4号: the page number and 公开版, in the margins
PAGE_NUMBER, PUBLIC = frozenset("—0123456789"), frozenset("公开版")
ABOVE = 0.88  # of a character stands above its baseline
TOLERANCE = 1.0  # mm, of the standard
NEAR = 0.2  # mm: on one line, of one size
AROUND = 8  # characters told around a missing one


@dataclass(frozen=True)
class Check:
    """One line of 付印检查. What is not ``ok`` and ``stops`` refuses the issue."""

    ok: bool
    message: str
    stops: bool = False


def preflight(document: OfficialDocument, pdf: bytes) -> list[Check]:
    """What the file of ``document`` says of itself; in the order in which it is shown."""
    printed = read_pdf(pdf)
    words = words_of(document)
    return [
        _glyphs(words, printed),
        _complete(words, printed),
        _rare(words),
        _embedded(printed),
        _lines(printed),
        _characters(printed),
        _inside(printed),
    ]


def preflight_public(document: OfficialDocument, pdf: bytes) -> list[Check]:
    """What is wrong with the public version's own file; nothing where it is right."""
    printed = read_pdf(pdf)
    words = words_of(document)
    checks = [_glyphs(words, printed), _complete(words, printed), _embedded(printed)]
    checks.append(_inside(printed))
    return [replace(check, message=f"公开版：{check.message}") for check in checks if not check.ok]


def stopping(checks: Iterable[Check]) -> list[Check]:
    """Those that refuse the issue."""
    return [check for check in checks if check.stops and not check.ok]


def words_of(document: OfficialDocument) -> list[str]:
    """Every text that the document prints, line ends aside."""
    words = [document.title, document.subtitle or "", document.recipient or ""]
    for block in [*document.blocks, *(b for annex in document.annexes for b in annex.blocks)]:
        match block.kind:
            case "heading":
                words.append(block.text)
            case "para":
                words += [piece.text for piece in block.pieces]
            case "table":
                words += [block.title, block.unit_note, *block.headers, *block.total]
                words += [cell for row in block.rows for cell in row]
            case "chart":
                words.append(block.caption)
    words += [annex.title for annex in document.annexes]
    return [*words, document.signature, document.date, *document.notes]


def _glyphs(words: Sequence[str], printed: Printed) -> Check:
    missing = missing_glyphs("".join(words))
    boxes = sum(not glyph.drawn for sheet in printed.sheets for glyph in sheet.glyphs)
    if missing:
        told = "；".join(f"“{_around(words, c)}”中的 {_coded(c)}" for c in missing)
        return Check(False, f"字库里没有这些字，印出来会是方框，不能签发：{told}。", stops=True)
    if boxes:
        return Check(False, f"文件里有 {boxes} 个印不出的字（方框），不能签发。", stops=True)
    return Check(True, "所有的字都有字形，没有方框。")


def _coded(character: str) -> str:
    """𠮷（U+20BB7）; only the code where the character itself cannot be shown."""
    code = f"U+{ord(character):04X}"
    return code if missing_glyphs(character) else f"{character}（{code}）"


def _around(words: Sequence[str], character: str) -> str:
    """The words near the character, with 〓 in its place."""
    text = next(word for word in words if character in word)
    at = text.index(character)
    near = text[max(0, at - AROUND) : at + AROUND]
    return "".join("〓" if missing_glyphs(c) else c for c in near)


def _complete(words: Sequence[str], printed: Printed) -> Check:
    """Nothing was dropped on the way: each character is in the file as often as in the text."""
    wanted = Counter(c for word in words for c in strip(word) if not c.isspace())
    found = Counter(c for sheet in printed.sheets for glyph in sheet.glyphs for c in glyph.text)
    lost = [c for c in wanted - found if not missing_glyphs(c)]
    if lost:
        told = "、".join(map(_coded, lost))
        return Check(False, f"这些字没有印进文件，不能签发：{told}。", stops=True)
    return Check(True, "文字完整，可以选取和复制。")


def _rare(words: Sequence[str]) -> Check:
    """Characters that the body's own face lacks: printed, but worth a look."""
    missing = set(missing_glyphs("".join(words)))
    body = library().chains["fangsong"][0].characters
    rare = [c for c in dict.fromkeys("".join(words)) if ord(c) > 0x2E7F and ord(c) not in body]
    rare = [c for c in rare if c not in missing]
    if not rare:
        return Check(True, "没有生僻字。")
    return Check(True, f"生僻字由后备字体印出，请核对字形：{'、'.join(map(_coded, rare))}。")


def _embedded(printed: Printed) -> Check:
    if printed.loose_fonts:
        return Check(False, f"字体没有嵌入：{'、'.join(printed.loose_fonts)}。", stops=True)
    return Check(True, "字体全部嵌入，在别的电脑上印出来一样。")


def _lines(printed: Printed) -> Check:
    """The pitch of the body's lines, and the fullest page."""
    pages = [_body_lines(sheet) for sheet in _upright(printed)]
    gaps = [b - a for lines in pages for a, b in pairwise(sorted(lines))]
    fullest = max(map(len, pages), default=0)
    if not gaps:
        return Check(True, "正文不足两行，不量行距。")
    pitch = min(gaps)
    holds = int((BOTTOM - TOP - SIZE + NEAR) / pitch) + 1
    told = f"行距 {pitch:.2f} 毫米，每面 {holds} 行（最满的一面 {fullest} 行）。"
    return Check(holds == LINES and fullest <= LINES, told)


def _characters(printed: Printed) -> Check:
    """The step from one Chinese character to the next where lines are not spread, and the fullest line."""
    lines = [line for sheet in _upright(printed) for line in _body_lines(sheet).values()]
    steps = [b.x - a.x for line in lines for a, b in pairwise(line) if _full(a) and _full(b)]
    if not steps:
        return Check(True, "没有正文，不量字数。")
    step = min(steps)
    holds = int((RIGHT - LEFT + NEAR) / step)
    fullest = max((_ending(line) - line[0].x) / step for line in lines)
    told = f"字距 {step:.2f} 毫米，每行 {holds} 字（最满的一行 {fullest:.1f} 字）。"
    return Check(holds == CHARACTERS and fullest <= CHARACTERS + NEAR, told)


def _full(glyph: Glyph) -> bool:
    return glyph.width > SIZE - NEAR / 4


def _inside(printed: Printed) -> Check:
    """All upright text, of tables and notes too, lies in the type area; page number and 公开版 beside it."""
    outside = {
        number
        for number, sheet in enumerate(printed.sheets, start=1)
        if any(_sticks_out(glyph, sheet) for glyph in sheet.glyphs)
    }
    if outside:
        told = "、".join(map(str, sorted(outside)))
        return Check(False, f"第 {told} 面有文字超出版心（156×225 毫米）。")
    return Check(True, "文字都在版心（156×225 毫米）以内。")


def _sticks_out(glyph: Glyph, sheet: Sheet) -> bool:
    if not glyph.upright or not glyph.text.strip():
        return False
    left, right, top, bottom = LYING if sheet.lies else (LEFT, RIGHT, TOP, BOTTOM)
    if abs(glyph.size - MARGIN_SIZE) < NEAR / 4:
        in_margin = PAGE_NUMBER if glyph.y > bottom else PUBLIC if glyph.y < top else frozenset()
        if in_margin and in_margin.issuperset(glyph.text):
            return False
    above, below = glyph.y - ABOVE * glyph.size, glyph.y + (1 - ABOVE) * glyph.size
    across = glyph.x < left - TOLERANCE or glyph.x + glyph.width > right + TOLERANCE
    return across or above < top - TOLERANCE or below > bottom + TOLERANCE


def _upright(printed: Printed) -> list[Sheet]:
    return [sheet for sheet in printed.sheets if not sheet.lies]


def _body_lines(sheet: Sheet) -> dict[float, list[Glyph]]:
    """The lines of 3号 text in the type area by their baseline, each from left to right."""
    lines: dict[float, list[Glyph]] = {}
    for glyph in sheet.glyphs:
        of_body = glyph.upright and abs(glyph.size - SIZE) < NEAR / 4
        if of_body and TOP < glyph.y < BOTTOM and glyph.text.strip():
            near = next((y for y in lines if abs(y - glyph.y) < NEAR), glyph.y)
            lines.setdefault(near, []).append(glyph)
    return {y: sorted(line, key=lambda glyph: glyph.x) for y, line in lines.items()}


def _ending(line: Sequence[Glyph]) -> float:
    return line[-1].x + line[-1].width
