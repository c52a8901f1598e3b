"""How the sheets of one workbook are read: proposed by detection, corrected by the clerk, kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

KEEP = "keep"  # a filled cell fills what is blank so far; without it, it replaces what is there
IGNORED = ""


@dataclass(frozen=True)
class Pivot:
    """Columns whose headings are data: each of their cells is a row of its own.

    ``headings`` says which header row holds which column of the target, ``value`` which column
    the cells fill. ``blank`` is what an empty cell stands for; "" makes no row of it.
    """

    columns: tuple[int, ...]
    headings: Mapping[int, str]
    value: str
    blank: str = ""


@dataclass(frozen=True)
class SheetLayout:
    """One sheet; rows and columns count from 1 as the spreadsheet shows them.

    ``target`` is "" for a sheet that is not read. ``columns`` maps a column of the sheet to the
    label of one of the target's, "" for one that is not read; ``how`` says why (HOW). ``rules``
    are KEEP by column of the sheet. ``constants`` are texts by label, for all rows of the sheet.
    ``split`` are columns whose cells may hold several names, each a row of its own. ``skipped``
    are rows that are no data, with the reason.
    """

    sheet: str
    target: str = IGNORED
    header: tuple[int, ...] = ()
    columns: Mapping[int, str] = field(default_factory=dict)
    how: Mapping[int, str] = field(default_factory=dict)
    rules: Mapping[int, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    split: tuple[int, ...] = ()
    skipped: Mapping[int, str] = field(default_factory=dict)
    pivot: Pivot | None = None

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.header[-1] + 1 if self.header else 1


@dataclass(frozen=True)
class Layout:
    """``sheets`` in the order of the workbook. JSON both ways; unknown keys are refused."""

    sheets: tuple[SheetLayout, ...] = ()

    def sheet(self, name: str) -> SheetLayout | None:
        return next((sheet for sheet in self.sheets if sheet.sheet == name), None)

    def with_sheet(self, changed: SheetLayout) -> "Layout":
        return replace(
            self, sheets=tuple(changed if s.sheet == changed.sheet else s for s in self.sheets)
        )

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict) -> "Layout":
        return cls(tuple(_sheet_from(sheet) for sheet in kept["sheets"]))


def _sheet_from(kept: dict) -> SheetLayout:
    by_number = {name: _numbered(kept[name]) for name in ("columns", "how", "rules", "skipped")}
    pivot = kept["pivot"]
    return SheetLayout(
        **{
            **kept,
            **by_number,
            "header": tuple(kept["header"]),
            "split": tuple(kept["split"]),
            "pivot": pivot
            and Pivot(
                **{
                    **pivot,
                    "columns": tuple(pivot["columns"]),
                    "headings": _numbered(pivot["headings"]),
                }
            ),
        }
    )


def _numbered(kept: dict) -> dict:
    return {int(number): value for number, value in kept.items()}
