"""A document ready to be shown or printed: numbered headings, paragraphs of runs, tables.

A draft and an issue take the same way through here; they differ only in where the values come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from reports.numbering import numbered
from reports.tables import TableContent
from reports.tokens import Token, pieces, token, tokens_in
from reports.values import Value


@dataclass(frozen=True)
class Chip:
    """A figure in running text; ``bare`` without its measure."""

    is_chip: ClassVar[bool] = True
    value: Value
    bare: bool = False

    @property
    def token(self) -> str:
        """What the figure is in the text as people type it."""
        return token(self.value.name, bare=self.bare)

    def __str__(self):
        bare = self.bare and not self.value.numerator and not self.value.is_change
        return self.value.number if bare else self.value.told


@dataclass(frozen=True)
class Text:
    """Words as people wrote them."""

    is_chip: ClassVar[bool] = False
    text: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    runs: tuple[Text | Chip, ...]

    def __str__(self):
        return "".join(map(str, self.runs))


@dataclass(frozen=True)
class FigureTableBlock:
    kind: ClassVar[str] = "table"
    table: TableContent


@dataclass(frozen=True)
class LaidSection:
    key: str
    heading: str
    blocks: tuple[Paragraph | FigureTableBlock, ...]


@dataclass(frozen=True)
class Laid:
    title: str
    sections: tuple[LaidSection, ...]

    def __str__(self):
        """The words of the document, tables left out."""
        lines = [self.title]
        for section in self.sections:
            lines += [section.heading] if section.heading else []
            lines += [str(block) for block in section.blocks if isinstance(block, Paragraph)]
        return "\n".join(lines)


def lay_out(
    title: str,
    sections: Iterable[tuple[str, str, str]],
    values: Mapping[str, Value],
    tables: Mapping[str, TableContent | None],
) -> Laid:
    """``sections`` are (key, heading, stored text), ``values`` by key; sections with nothing to
    print are left out and the rest numbered.

    A token that is no figure, or whose value is not given, stays as it was typed; so does a table
    that is not alone in its line. A table given as None has nothing to tell and is left out.
    """
    laid = [
        LaidSection(key, heading, tuple(_blocks(text, values, tables)))
        for key, heading, text in sections
    ]
    laid = [section for section in laid if section.blocks]
    headings = numbered([section.heading for section in laid])
    return Laid(
        title,
        tuple(replace(s, heading=heading) for s, heading in zip(laid, headings, strict=True)),
    )


def table_alone(line: str) -> str:
    """The title of the table that is the only thing in the line, else ''."""
    found = tokens_in(line)
    return found[0].table if len(found) == 1 and found[0].end - found[0].start == len(line) else ""


def _blocks(text, values, tables):
    for line in filter(None, map(str.strip, text.split("\n"))):
        title = table_alone(line)
        if title not in tables:
            yield Paragraph(tuple(_run(piece, values) for piece in pieces(line)))
        elif tables[title] is not None:
            yield FigureTableBlock(tables[title])


def _run(piece: str | Token, values) -> Text | Chip:
    if isinstance(piece, Token):
        value = values.get(piece.key)
        return Chip(value, piece.bare) if value else Text(f"{{{piece.name}}}")
    return Text(piece)
