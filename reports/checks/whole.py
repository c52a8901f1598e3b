"""What concerns the whole document: too long, hardly a figure, amounts that nobody wrote down
(§7.10 rules 9 and 17)."""

from collections.abc import Iterator

from reports.checks.findings import WARNING, WHOLE, Finding
from reports.checks.passage import Document
from reports.checks.typed import HIDDEN
from reports.tokens import tokens_in

LONGEST = 4000  # characters: 整治形式主义为基层减负若干规定, domain §5
ENOUGH_TO_JUDGE = 200  # characters from which a text should tell numbers
FEW = 3  # figures below which a text of that length hardly tells any


def check_length(document: Document) -> Iterator[Finding]:
    count = sum(_characters(p.printed) + len(p.piece.heading) for p in document.sections)
    if count > LONGEST:
        message = f"全文约 {count} 字，超过 {LONGEST} 字，请压缩。"
        yield Finding(WARNING, "length", message, WHOLE)


def _characters(printed: str) -> int:
    """Characters as printed, without spaces and without tables; a figure counts with its digits."""
    return sum(not character.isspace() and character != HIDDEN for character in printed)


def check_figures(document: Document) -> Iterator[Finding]:
    """A report without figures, or one whose figures are mostly nought (rule 17)."""
    told = [
        reading
        for passage in document.sections
        for found in tokens_in(passage.text)
        if (reading := document.grounds.told_by(found)) is not None
    ]
    typed = [n.value for passage in document.sections for n in passage.numbers if n.measure]
    length = sum(_characters(passage.printed) for passage in document.sections)
    count = len(told) + len(typed)
    noughts = sum(not reading.value for reading in told) + sum(not value for value in typed)
    if length >= ENOUGH_TO_JUDGE and count < FEW:
        words = "没有一个数字" if not count else f"只有 {count} 个数字"
        message = f"全文约 {length} 字，{words}，请用数字说明做了多少工作。"
        yield Finding(WARNING, "figureless", message, WHOLE)
    elif count >= FEW and noughts * 2 >= count:
        message = f"全文 {count} 个数字中有 {noughts} 个是 0，请核对记录是否登记齐全。"
        yield Finding(WARNING, "noughts", message, WHOLE)


def check_amounts(document: Document) -> Iterator[Finding]:
    """Help, gifts and subsidies behind the summary whose amount nobody wrote down (rule 9)."""
    for code in document.grounds.unmeasured:
        reading = document.grounds.readings.get(code)
        if reading is not None and reading.value:
            label = reading.figure.label
            message = f"{label}有{reading.full}，请补登后再写总数。"
            yield Finding(WARNING, "amount", message, WHOLE, words=code, figure=code)
