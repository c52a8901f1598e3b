"""What a check or an import found: counts by sheet, and each problem at its cell."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """One finding. ``row`` is 0 and ``cell`` is "" where it concerns the whole sheet.

    ``message`` is for the clerk and repeats nothing of the cell's content. ``of_row``: a single row
    is refused, the others could be stored without it. ``choices`` are ({"value", "label"}) records
    among which the clerk may choose for the form field ``field``.
    """

    sheet: str
    message: str
    row: int = 0
    column: str = ""
    cell: str = ""
    label: str = ""
    severity: str = ERROR
    of_row: bool = False
    field: str = ""
    choices: Sequence[dict] = ()

    def __str__(self):
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{place} {self.label}：{self.message}" if self.label else f"{place} {self.message}"


@dataclass
class SheetReport:
    """Rows of one sheet: stored as new, changed, found unchanged, or refused."""

    name: str
    ledger: str
    title: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    header: int = field(default=0, compare=False)  # the row of the column names


@dataclass
class Report:
    """``stored`` says whether the rows were kept; a check stores nothing."""

    sheets: list[SheetReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stored: bool = False

    def add(self, sheet: str, message: str, **place) -> Problem:
        problem = Problem(sheet, message, **place)
        self.problems.append(problem)
        return problem

    @property
    def errors(self) -> list[Problem]:
        return [p for p in self.problems if p.severity == ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [p for p in self.problems if p.severity == WARNING]

    @property
    def blocking(self) -> list[Problem]:
        """Errors that concern whole sheets: without mending them not even the good rows can go in."""
        return [p for p in self.errors if not p.of_row]

    @property
    def totals(self) -> dict[str, int]:
        names = ("new", "changed", "unchanged", "refused")
        return {name: sum(getattr(sheet, name) for sheet in self.sheets) for name in names}

    @property
    def changes_something(self) -> bool:
        return bool(self.totals["new"] or self.totals["changed"])

    def lines(self) -> Iterator[str]:
        """The report as plain text, the findings first."""
        for problem in self.errors:
            yield f"错误 {problem}"
        for problem in self.warnings:
            yield f"提示 {problem}"
        for sheet in self.sheets:
            yield (
                f"{sheet.name}：新增 {sheet.new}，修改 {sheet.changed}，"
                f"未变动 {sheet.unchanged}，有误 {sheet.refused}"
            )

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict) -> "Report":
        return cls(
            [SheetReport(**sheet) for sheet in kept["sheets"]],
            [Problem(**problem) for problem in kept["problems"]],
            kept["stored"],
        )
