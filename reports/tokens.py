"""Figures in text: ``{disability.visits}`` as stored, ``{走访人次}`` as typed and shown.

A token prints the number with its measure (192人次), a ratio with its terms; ``{走访人次#}`` prints
the bare number, for words that bring their own measure (192名). A line of its own that reads
``{table:分月情况}`` (shown ``{表：分月情况}``) is a table. Everything else, braces included, is plain
text; nothing here is ever evaluated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.figures import figures

TOKEN = re.compile(r"\{([^{}\n]{1,60})\}")
TABLE_STORED, TABLE_SHOWN = "table:", "表："
BARE = "#"
_TABLE_TYPED = re.compile(r"\s*表\s*[：:]\s*")


@dataclass(frozen=True)
class Token:
    """A name in braces at ``start``–``end`` of the stored text; it need not be a known figure."""

    name: str
    start: int
    end: int

    @property
    def code(self) -> str:
        """The figure's code, where the name is one."""
        return self.name.removesuffix(BARE)

    @property
    def bare(self) -> bool:
        return self.name.endswith(BARE)

    @property
    def known(self) -> bool:
        return self.code in figures

    @property
    def table(self) -> str:
        """The title of the table that this token stands for, else ''."""
        return self.name.removeprefix(TABLE_STORED) if self.is_table else ""

    @property
    def is_table(self) -> bool:
        return self.name.startswith(TABLE_STORED)


def token(code: str, *, bare: bool = False) -> str:
    return f"{{{code}{BARE if bare else ''}}}"


def table_token(title: str) -> str:
    return f"{{{TABLE_STORED}{title}}}"


def tokens_in(text: str) -> list[Token]:
    return [Token(match[1], *match.span()) for match in TOKEN.finditer(text)]


def codes_in(text: str) -> list[str]:
    """The known figures of a text, each once, in reading order."""
    return list(dict.fromkeys(found.code for found in tokens_in(text) if found.known))


def pieces(text: str) -> Iterator[str | Token]:
    """The text cut at its tokens; joined again it is the same text."""
    end = 0
    for found in tokens_in(text):
        if found.start > end:
            yield text[end : found.start]
        yield found
        end = found.end
    if end < len(text):
        yield text[end:]


def codes_by_label() -> dict[str, str]:
    return {figure.label: figure.code for figure in figures}


def stored(typed: str) -> str:
    """What was typed with Chinese names, as it is kept; an unknown name stays as it is."""
    codes = codes_by_label()

    def replaced(match):
        name = match[1].strip()
        if table := _TABLE_TYPED.match(name):
            return table_token(name[table.end() :].strip()) if name[table.end() :] else match[0]
        label = name.removesuffix(BARE).rstrip()
        return token(codes[label], bare=name != label) if label in codes else match[0]

    return TOKEN.sub(replaced, typed.replace("\r\n", "\n"))


def shown(text: str) -> str:
    """Stored text with Chinese names, for the editor."""

    def replaced(match):
        name = match[1]
        if name.startswith(TABLE_STORED):
            return f"{{{TABLE_SHOWN}{name.removeprefix(TABLE_STORED)}}}"
        figure = figures.get(name.removesuffix(BARE))
        return token(figure.label, bare=name.endswith(BARE)) if figure else match[0]

    return TOKEN.sub(replaced, text)
