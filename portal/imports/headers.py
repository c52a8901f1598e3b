"""The header of a sheet: which rows it is, what each column is called, which of ours it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.imports.columns import ImportColumn
from portal.imports.reading import Sheet, is_blank
from portal.imports.targets import Target
from portal.imports.wording import bare, plain

SEARCHED_ROWS = 30
DEEPEST = 3
UNIT_LABEL = "单位"
REMEMBERED, EXACT, CLOSE, SYNONYM, LAST = "remembered", "exact", "close", "synonym", "last"
CHOSEN = "chosen"
HOW = {
    REMEMBERED: "上次这样对应",
    EXACT: "列名相同",
    CLOSE: "列名相近",
    SYNONYM: "常用的叫法",
    LAST: "按下级列名，请核对",
    CHOSEN: "您选的",
    "": "没有认出",
}
SCORES = {EXACT: 90, CLOSE: 80, SYNONYM: 70}
BELOW_A_GROUP = 40  # so much less for the lower of two labels alone


@dataclass(frozen=True)
class Header:
    """``rows`` of the sheet; ``chains`` are the labels of each column, the upper ones first."""

    rows: tuple[int, ...]
    chains: Mapping[int, tuple[str, ...]]
    columns: Mapping[int, str] = field(default_factory=dict)
    how: Mapping[int, str] = field(default_factory=dict)

    def label(self, column: int) -> str:
        return "".join(self.chains.get(column, ()))

    @property
    def fingerprint(self) -> str:
        """What the same form of another month has in common with this one."""
        return "|".join(plain(self.label(column)) for column in sorted(self.chains))


def read_header(sheet: Sheet, rows: tuple[int, ...]) -> Header:
    """The labels of these rows, groups above their columns."""
    levels = [sheet.across(row) for row in rows if row <= len(sheet.rows)]
    for upper in levels[:-1]:
        _continue_groups(upper, levels[-1])
    chains: dict[int, tuple[str, ...]] = {}
    for column in range(1, len(sheet.rows[0]) + 1 if sheet.rows else 1):
        texts = [str(level.get(column, "")).strip() for level in levels]
        chain = tuple(dict.fromkeys(text for text in texts if text))
        if chain:
            chains[column] = chain
    return Header(tuple(rows), chains)


def _continue_groups(upper: dict, lowest: dict) -> None:
    """A group that is not merged reaches over the blank cells to its right."""
    group, open_ = "", False
    for column in sorted(upper):
        if not is_blank(upper[column]):
            group, open_ = upper[column], not is_blank(lowest.get(column, ""))
        elif open_ and not is_blank(lowest.get(column, "")):
            upper[column] = group
        else:
            open_ = False


def possible_headers(sheet: Sheet) -> list[Header]:
    """All runs of rows that may be the header, upper and shorter ones first."""
    found = []
    for bottom in range(1, min(SEARCHED_ROWS, len(sheet.rows)) + 1):
        if all(is_blank(cell) for cell in sheet.cells(bottom)):
            continue
        for depth in range(1, min(DEEPEST, bottom) + 1):
            found.append(read_header(sheet, tuple(range(bottom - depth + 1, bottom + 1))))
    return found


def find_header(headers: list[Header], target: Target) -> Header | None:
    """The rows that name most of the target's columns; None where they are too few."""
    best, best_score = None, 0
    known = _Names(target.columns)
    for header in headers:
        matched = matched_columns(header, known)
        score = len(set(matched.columns.values()))
        if score > best_score:
            best, best_score = matched, score
    return best if best and covers(best, target) else None


def covers(header: Header, target: Target) -> bool:
    """At least half of what is required, or of all columns where nothing is."""
    hits, all_of_them = coverage(header, target)
    return bool(hits) and hits * 2 >= all_of_them


def coverage(header: Header, target: Target) -> tuple[int, int]:
    """(how many of the required columns are there, how many are required)."""
    found, groups = set(header.columns.values()), target.required_groups
    if not groups:
        return len(found), len(target.columns)
    # Headings may hold what a pivot's target requires.
    there = found | {label for hint in target.pivots for label in (hint.heading, hint.value)}
    if not found:
        return 0, len(groups)
    return sum(bool(there & set(group)) for group in groups), len(groups)


class _Names:
    """The target's columns by all names that they are known under, with how sure each name is."""

    def __init__(self, columns: tuple[ImportColumn, ...]):
        self.exact = {plain(column.label): column.label for column in columns}
        self.close = {bare(column.label): column.label for column in columns}
        self.also: dict[str, list[str]] = {}
        for column in columns:
            for other in column.also:
                self.also.setdefault(bare(other), []).append(column.label)

    def of(self, label: str) -> list[tuple[str, str]]:
        """(our label, how) of a label, the surest first."""
        found = []
        if plain(label) in self.exact:
            found.append((self.exact[plain(label)], EXACT))
        if bare(label) in self.close:
            found.append((self.close[bare(label)], CLOSE))
        found += [(ours, SYNONYM) for ours in self.also.get(bare(label), ())]
        return found


def names_of(target: Target) -> _Names:
    return _Names(target.columns)


def matched_columns(header: Header, known: _Names) -> Header:
    """The header with each column of the target given to the sheet's column most like it.

    The whole label counts before the lower one alone (监护人/姓名 is no 姓名 while another is). A
    second column with exactly the label of the first is given too, for the clerk to be told.
    """
    found: list[tuple[int, int, str, str]] = []
    for column, chain in header.chains.items():
        for ours, how in known.of(header.label(column)):
            found.append((-SCORES[how], column, ours, how))
        if len(chain) > 1:
            for ours, how in known.of(chain[-1]):
                found.append((BELOW_A_GROUP - SCORES[how], column, ours, LAST))
    columns: dict[int, str] = {}
    how_of: dict[int, str] = {}
    taken: dict[str, int] = {}
    for score, column, ours, how in sorted(found):
        twice = ours in taken and (score != -SCORES[EXACT] or taken[ours] != score)
        if column in columns or twice:
            continue
        columns[column], how_of[column] = ours, how
        taken.setdefault(ours, score)
    return Header(header.rows, header.chains, columns, how_of)
