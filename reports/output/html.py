"""A summary as one HTML file that stands alone: it loads nothing, runs nothing, and prints as A4.

Each figure in the text is an anchor that leads to its definition, and the definition leads back. Text from
users is escaped by the template; a policy inside the file forbids everything but its own style and pictures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from portal.pdf.blocks import Block, OfficialDocument
from reports.values import Value

STYLE = Path("static", "css", "standalone.css")


@dataclass(frozen=True)
class Piece:
    """Some words; of a figure ``number`` is its place among the definitions, ``first`` where the
    definition leads back to."""

    text: str
    code: str = ""
    number: int = 0
    first: bool = False
    title: str = ""


@dataclass(frozen=True)
class Shown:
    """A block, and of a paragraph its pieces."""

    block: Block
    pieces: Sequence[Piece] = ()


def html_of_document(document: OfficialDocument, values: Sequence[Value]) -> bytes:
    """The file, UTF-8. The same input gives the same bytes."""
    numbers = {value.code: number for number, value in enumerate(values, start=1)}
    told = {value.code: value for value in values}
    seen: set[str] = set()
    context = {
        "doc": document,
        "style": mark_safe((Path(settings.BASE_DIR) / STYLE).read_text()),  # noqa: S308  our own
        "blocks": list(_shown(document.blocks, numbers, told, seen)),
        "annexes": [
            (annex, list(_shown(annex.blocks, numbers, told, seen))) for annex in document.annexes
        ],
        "values": [(number, told[code], code in seen) for code, number in numbers.items()],
    }
    return render_to_string("reports/standalone.html", context).encode()


def _shown(blocks: Sequence[Block], numbers, told, seen: set[str]) -> Iterator[Shown]:
    for block in blocks:
        yield Shown(block, list(_pieces(block, numbers, told, seen)))


def _pieces(block: Block, numbers, told, seen: set[str]) -> Iterator[Piece]:
    for run in getattr(block, "pieces", ()):
        if run.code not in numbers:
            yield Piece(run.text)
            continue
        value = told[run.code]
        title = f"{value.label}：{value.definition}"
        yield Piece(run.text, run.code, numbers[run.code], run.code not in seen, title)
        seen.add(run.code)
