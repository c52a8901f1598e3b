"""The paragraphs of one part of a draft: which of the declared ones are told, and how they are joined."""

from collections.abc import Iterable, Iterator

from portal.numerals import chinese_numeral
from portal.summaries import (
    UNRECORDED,
    CategoryTable,
    Clauses,
    FigureTable,
    Narrative,
    Outline,
    Part,
    RecordTable,
    Sentence,
    outlines,
)
from reports.readings import Readings
from reports.tables import TableContent, tabulate
from reports.tokens import TOKEN, table_token

LONGEST = (
    170  # characters of joined sentences, a figure counted as six: then a new paragraph begins
)
A_FIGURE = 6
FULL_STOP = "。"


def paragraphs_of(
    outline: Outline, part: Part, readings: Readings, more: Iterable[str] = ()
) -> list[str]:
    """The part's lines: sentences that follow each other are one paragraph until it grows long; records
    and tables stand alone. Of a duty without any record its ``silence``, marked. ``more`` are sentences
    that stand last."""
    told = [*_told(outline, part, readings), *((text, not part.listing) for text in more)]
    if not told and part.silence:
        return [UNRECORDED + part.silence]
    if part.listing:
        told = _counted_through(told)
    lines: list[str] = []
    open_paragraph = False
    for text, alone in told:
        if not alone and open_paragraph and _length(lines[-1] + text) <= LONGEST:
            lines[-1] += text
        else:
            lines.append(text)
        open_paragraph = not alone
    return lines


def _told(outline, part, readings: Readings) -> Iterator[tuple[str, bool]]:
    """(text, whether it is a paragraph of its own) of what there is to tell, in order."""
    for paragraph in outlines.told_in(outline.kind, part.key):
        match paragraph:
            case Sentence(text=text, when=when):
                if not when or _any(when, readings):
                    yield text.strip(), False
            case Clauses():
                if text := _clauses(paragraph, readings):
                    yield text, False
            case Narrative():
                texts = [_one_line(text) for text in paragraph.compose(readings.telling)]
                texts = [text for text in texts if text]
                if part.listing and texts:
                    yield "".join(texts), False
                else:
                    yield from ((text, True) for text in texts)
            case FigureTable():
                content = tabulate(paragraph, readings.telling, readings)
                if content is not None and _is_worth_a_table(paragraph, content):
                    yield table_token(paragraph.title), True


def _any(codes, readings: Readings) -> bool:
    return any(readings[code].value for code in codes)


def _clauses(paragraph: Clauses, readings: Readings) -> str:
    told = [words for words, *when in paragraph.clauses if not when or _any(when, readings)]
    return "，".join(told) + FULL_STOP if told else ""


def _counted_through(told: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """一是…。二是…。 where there are several sentences; tables are none."""
    sentences = [text for text, alone in told if not alone]
    if len(sentences) < 2:
        return told
    numbers = map(chinese_numeral, range(1, len(sentences) + 1))
    return [(text if alone else f"{next(numbers)}是{text}", alone) for text, alone in told]


def _is_worth_a_table(table: FigureTable, content: TableContent) -> bool:
    """A table of one row, or of hardly any month, says what a sentence says better."""
    if isinstance(table, CategoryTable | RecordTable):
        return True
    if table.by == "month":
        busy = [
            row for row in content.rows if any(set(cell) & set("123456789") for cell in row[1:])
        ]
        return len(busy) >= max(2, len(content.rows) // 4)
    return len(content.rows) > 1


def _length(text: str) -> int:
    return len(TOKEN.sub("■" * A_FIGURE, text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
