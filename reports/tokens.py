"""Figures in text: ``{disability.visits}`` as stored, ``{走访人次}`` as typed and shown.

A token prints the number with its measure (192人次), a ratio with its terms; ``{走访人次#}`` prints
the bare number, for words that bring their own measure (192名). ``{走访人次@上期}`` (stored
``@previous``) is the number of the period compared with, ``{走访人次@比上期}`` (stored ``@change``)
tells the change in words. A line of its own that reads ``{table:分月情况}`` (shown ``{表：分月情况}``)
is a table. Everything else, braces included, is plain text; nothing here is ever evaluated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.figures import figures

TOKEN = re.compile(r"\{([^{}\n]{1,80})\}")
TABLE_STORED, TABLE_SHOWN = "table:", "表："
BARE, AT = "#", "@"
PREVIOUS, CHANGE = "previous", "change"
SHOWN = {PREVIOUS: "上期", CHANGE: "比上期"}
STORED = {word: period for period, word in SHOWN.items()}
_TABLE_TYPED = re.compile(r"\s*表\s*[：:]\s*")


@dataclass(frozen=True)
class Token:
    """A name in braces at ``start``–``end`` of the stored text; it need not be a known figure."""

    name: str
    start: int
    end: int

    @cached_property
    def _parts(self) -> tuple[str, str, bool]:
        return cut(self.name, SHOWN)

    @property
    def code(self) -> str:
        """The figure's code, where the name is one."""
        return self._parts[0]

    @property
    def period(self) -> str:
        """PREVIOUS, CHANGE, or "" for the document's own period."""
        return self._parts[1]

    @property
    def bare(self) -> bool:
        return self._parts[2]

    @property
    def key(self) -> str:
        """Names the value told: the code, with the period where it is not the document's own."""
        return key_of(self.code, self.period)

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


def cut(name: str, periods) -> tuple[str, str, bool]:
    """(name of the figure, its period of ``periods`` or "", whether bare) of a token's name."""
    figure = name.removesuffix(BARE)
    head, at, period = figure.partition(AT)
    return (
        (head, period, figure != name) if at and period in periods else (figure, "", figure != name)
    )


def key_of(code: str, period: str = "") -> str:
    return f"{code}{AT}{period}" if period else code


def parts_of(key: str) -> tuple[str, str]:
    """(code, period) of a value's key."""
    return cut(key, SHOWN)[:2]


def token(code: str, *, period: str = "", bare: bool = False) -> str:
    return f"{{{key_of(code, period)}{BARE if bare else ''}}}"


def table_token(title: str) -> str:
    return f"{{{TABLE_STORED}{title}}}"


def tokens_in(text: str) -> list[Token]:
    return [Token(match[1], *match.span()) for match in TOKEN.finditer(text)]


def keys_in(text: str) -> list[str]:
    """The values told of known figures in a text, each once, in reading order."""
    return list(dict.fromkeys(found.key for found in tokens_in(text) if found.known))


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
        label, period, bare = cut(name, STORED)
        code = codes.get(label.rstrip())
        return token(code, period=STORED.get(period, ""), bare=bare) if code else match[0]

    return TOKEN.sub(replaced, typed.replace("\r\n", "\n"))


def shown(text: str) -> str:
    """Stored text with Chinese names, for the editor."""

    def replaced(match):
        name = match[1]
        if name.startswith(TABLE_STORED):
            return f"{{{TABLE_SHOWN}{name.removeprefix(TABLE_STORED)}}}"
        code, period, bare = cut(name, SHOWN)
        figure = figures.get(code)
        return token(figure.label, period=SHOWN.get(period, ""), bare=bare) if figure else match[0]

    return TOKEN.sub(replaced, text)
