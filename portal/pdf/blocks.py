"""The content of an official document, as the template ``pdf/official.html`` lays it out.

Everything is plain text: the template escapes it, and no text is ever read as a template.
"""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.charts.spec import Chart
from portal.pdf.qr import qr_uri
from portal.pdf.titles import LINE_WIDTH, text_width, title_lines

ANNEX = "附件"
ACROSS_TITLE = 28  # characters of 2号 across a landscape page

# In full-width characters of a table:
SHORT = 4  # a column of nothing longer looks better centred
HEADER = 5  # the longest header that is kept on one line where there is room,
HEADER_WHOLE = 3  # and everywhere
WIDEST = 14  # a column asks for no more room than this
PADDING = 1
READABLE = 8  # a column of sentences can be as narrow as this
UPRIGHT, ACROSS = 42.1, 60.7  # what 156 and 225 mm hold


@dataclass(frozen=True)
class FigureRun:
    """A number in running text. ``code`` names its figure, printed small where codes are shown."""

    text: str
    code: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、), 2 （一） or 3 (1.); the text holds its number already."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str

    def __post_init__(self):
        if self.level not in (1, 2, 3):
            raise ValueError(f"headings have levels 1 to 3, not {self.level}")


@dataclass(frozen=True)
class Para:
    """A paragraph: text and figures in reading order. A line feed in the text is a space."""

    kind: ClassVar[str] = "para"
    runs: Sequence[str | FigureRun]

    @property
    def pieces(self) -> list[FigureRun]:
        """The runs in one shape, plain text as a run without a figure."""
        return [FigureRun(run) if isinstance(run, str) else run for run in self.runs]


@dataclass(frozen=True)
class Cell:
    """One cell as the template prints it."""

    text: str
    align: str  # number, text or centre


@dataclass(frozen=True)
class Table:
    """A table over the whole width; ``numeric`` lists the columns (from 0) that align right.

    It lies across a landscape page if it is ``wide``, and then in smaller print if even that is too
    narrow. ``total`` is one more row, set off below. The header is repeated on every page and no row is split,
    so a single row must be lower than a page. Raises ValueError if a row has another length than the
    header.
    """

    kind: ClassVar[str] = "table"
    title: str
    unit_note: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    total: Sequence[str] = ()
    widths: Sequence[float] = ()  # shares of the columns, like (1, 3, 1); () lets the texts decide

    def __post_init__(self):
        for row in [*self.rows, *([self.total] if self.total else [])]:
            if len(row) != len(self.headers):
                raise ValueError(f"a row of {len(row)} cells under {len(self.headers)} headers")
        if self.widths and len(self.widths) != len(self.headers):
            raise ValueError(f"{len(self.widths)} widths for {len(self.headers)} columns")

    @property
    def body(self) -> list[list[Cell]]:
        return [self._cells(row) for row in self.rows]

    @property
    def total_cells(self) -> list[Cell]:
        return self._cells(self.total)

    @cached_property
    def wide(self) -> bool:
        """Upright, a number would be torn or a header broken into more than two lines. Columns whose
        ``widths`` are given stay upright."""
        return not self.widths and self._least > UPRIGHT

    @property
    def print_size(self) -> str:
        """The class of its print: "" is 五号, "small" 小五 (9 pt), "smaller" 7.5 pt."""
        across = self._least / ACROSS if self.wide else 0
        return "" if across <= 1 else "small" if across <= 10.5 / 9 else "smaller"

    @cached_property
    def _least(self) -> float:
        return sum(self._least_width(column) for column in range(len(self.headers)))

    def _least_width(self, column: int) -> float:
        """Numbers and short words whole, sentences readable, a longer header in two lines."""
        most = math.inf if column in self.numeric else READABLE
        least = max(min(text_width(text), most) for text in self._texts(column))
        header = text_width(self.headers[column])
        return max(header / 2, min(header, HEADER_WHOLE), least) + PADDING

    def _texts(self, column: int) -> list[str]:
        return [str(row[column]) for row in [*self.rows, self.total] if row] or [""]

    @property
    def percents(self) -> list[str]:
        """Column widths in per cent, as CSS wants them."""
        shares = self.widths or self._shares()
        return [f"{100 * share / sum(shares):.3f}" for share in shares]

    def _shares(self) -> list[float]:
        """As wide as each column would be; where the page is too narrow, what it needs comes first."""
        columns = range(len(self.headers))
        natural, least = map(self._natural_width, columns), map(self._least_width, columns)
        shares = [(max(pair), pair[1]) for pair in zip(natural, least, strict=True)]
        wanted, spare = sum(n for n, _ in shares), (ACROSS if self.wide else UPRIGHT) - self._least
        room = wanted - self._least
        share = 1 if wanted <= spare + self._least else max(spare, 0) / room if room else 0
        return [least + (natural - least) * share for natural, least in shares]

    def _natural_width(self, column: int) -> float:
        """Room for the longest text, in characters: long texts wrap, headers break after the fifth."""
        header = min(text_width(self.headers[column]), HEADER)
        return max(header, min(max(map(text_width, self._texts(column))), WIDEST)) + PADDING

    def _cells(self, row: Sequence[str]) -> list[Cell]:
        return [Cell(str(text), self._aligns[column]) for column, text in enumerate(row)]

    @cached_property
    def _aligns(self) -> list[str]:
        """Numbers to the right, longer texts to the left, columns of short words (序号, 是否) centred."""
        return [self._align(column) for column in range(len(self.headers))]

    def _align(self, column: int) -> str:
        if column in self.numeric:
            return "number"
        short = all(text_width(str(row[column])) <= SHORT for row in self.rows)
        return "centre" if short else "text"


@dataclass(frozen=True)
class Drawing:
    """A chart over the whole width and never over two pages, its title below it."""

    kind: ClassVar[str] = "chart"
    chart: Chart

    @property
    def caption(self) -> str:
        return self.chart.title


Block = Heading | Para | Table | Drawing


@dataclass(frozen=True)
class Annex:
    """An attachment of the document (附件) on pages of its own; ``label`` is 附件1, or 附件 if alone."""

    label: str
    title: str
    blocks: Sequence[Block]

    @property
    def wide(self) -> bool:
        """It begins with a wide table: its head stands on the landscape page."""
        return bool(self.blocks) and self.blocks[0].kind == "table" and self.blocks[0].wide

    @property
    def number(self) -> str:
        return self.label.removeprefix(ANNEX)

    @property
    def title_lines(self) -> list[str]:
        return title_lines(self.title, ACROSS_TITLE if self.wide else LINE_WIDTH)


def annexes(named: Sequence[tuple[str, Sequence[Block]]]) -> list[Annex]:
    """(title, blocks) as annexes, numbered if there are more than one (GB/T 9704-2012 §7.3.4)."""
    alone = len(named) == 1
    return [
        Annex(ANNEX if alone else f"{ANNEX}{number}", title, blocks)
        for number, (title, blocks) in enumerate(named, start=1)
    ]


@dataclass(frozen=True)
class OfficialDocument:
    """One official document. Only ``title`` is required; a line feed in it forces a line.

    ``subtitle`` stands below the title in 楷体 (a date in parentheses), ``recipient`` flush left with
    its colon (主送机关), ``annexes`` are listed below the text and follow on pages of their own,
    ``signature`` and ``date`` (2025年12月31日) at the end without a seal, ``notes`` in small print below
    them beside the QR code of ``proof_url``. ``edition`` (公开版) stands at the head of every page.
    ``draft`` prints 草稿 across every page, ``show_codes`` the figures' codes. ``dated`` is the day of
    the document for the file's own data.
    """

    title: str
    subtitle: str | None = None
    recipient: str | None = None
    blocks: Sequence[Block] = ()
    annexes: Sequence[Annex] = ()
    signature: str = ""
    date: str = ""
    notes: Sequence[str] = ()
    proof_url: str = ""
    edition: str = ""
    draft: bool = False
    show_codes: bool = False
    dated: datetime.date | None = None

    @property
    def title_lines(self) -> list[str]:
        return title_lines(self.title)

    @property
    def plain_title(self) -> str:
        """The title on one line, for the PDF's own title."""
        return "".join(self.title.splitlines())

    @property
    def full_title(self) -> str:
        """The title as a file names itself, with its edition."""
        return f"{self.plain_title}（{self.edition}）" if self.edition else self.plain_title

    @property
    def qr(self) -> str:
        return qr_uri(self.proof_url)

    @property
    def signature_inset(self) -> str:
        """Free space right of signature and date, in characters (GB/T 9704-2012 §7.3.5.2).

        The longer of the two keeps 2, except for a name that is longer than the date by 0 or 1: it
        keeps 2 and the date, which starts 2 characters after it, comes nearer to the edge.
        """
        surplus = text_width(self.signature) - text_width(self.date)
        return f"{min(surplus, 2) if self.signature and surplus >= 0 else 2:g}"
