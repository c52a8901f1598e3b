"""What the clerk said on the mapping page, as a layout."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.imports.cells import text_of
from portal.imports.detecting import YEAR, relaid
from portal.imports.headers import CHOSEN, HOW, UNIT_LABEL, Header, read_header
from portal.imports.layout import IGNORED, KEEP, Layout, SheetLayout
from portal.imports.matching import missing
from portal.imports.memory import Memory
from portal.imports.reading import Sheet, column_letters, is_blank
from portal.imports.row_kinds import BY_HAND
from portal.imports.targets import Target

ROWS = re.compile(r"\d{1,6}")
SAMPLES = 3
SAMPLE_LENGTH = 24
DIGITS = re.compile(r"(?<=\d{3})[\dXx*]{5,}(?=[\dXx]{2})")
SURE = {"exact", "remembered", ""}


class WrongRows(ValueError):
    """Header or left-out rows that the sheet has not; the message is for the clerk."""


def posted_layout(sent: Mapping, sheets: list[Sheet], present: Layout, targets, memory) -> Layout:
    """The layout that the posted page describes, on the one that it was shown with.

    ``targets`` are by code. A sheet whose target or header rows changed is proposed anew. Raises
    WrongRows.
    """
    changed = present
    for index, sheet in enumerate(sheets):
        layout = present.sheet(sheet.name)
        if layout is not None and f"target-{index}" in sent:
            changed = changed.with_sheet(_posted(sent, index, sheet, layout, targets, memory))
    return changed


def _posted(sent, index, sheet, layout: SheetLayout, targets, memory: Memory) -> SheetLayout:
    target = targets.get(sent.get(f"target-{index}", ""))
    if target is None:
        return SheetLayout(sheet.name)
    header = _rows_in(sent.get(f"header-{index}", ""), sheet) or layout.header
    if header and header != tuple(range(header[0], header[-1] + 1)):
        raise WrongRows(f"“{sheet.name}”的表头要是相连的几行。")
    if not header:
        return SheetLayout(sheet.name, target.code)
    if (target.code, header) != (layout.target, layout.header):
        return relaid(sheet, target, header, memory)
    labels = {column.label for column in target.columns} | {UNIT_LABEL, IGNORED}
    columns, how, rules = {}, {}, {}
    for number in layout.columns:
        label = sent.get(f"col-{index}-{number}", layout.columns[number])
        columns[number] = label if label in labels else IGNORED
        same = columns[number] == layout.columns[number]
        how[number] = layout.how.get(number, "") if same else CHOSEN
        if sent.get(f"rule-{index}-{number}") == KEEP:
            rules[number] = KEEP
    constants = {
        label: text
        for place, label in enumerate(constant_labels(target))
        if (text := sent.get(f"const-{index}-{place}", "").strip()[:100])
    }
    left_out = _rows_in(sent.get(f"skip-{index}", ""), sheet, after=header[-1])
    return replace(
        layout,
        columns=columns,
        how=how,
        rules=rules,
        constants=constants,
        skipped={row: layout.skipped.get(row, BY_HAND) for row in left_out},
        split=layout.split if sent.get(f"split-{index}") else (),
        pivot=layout.pivot if sent.get(f"pivot-{index}") else None,
    )


def _rows_in(text: str, sheet: Sheet, after: int = 0) -> tuple[int, ...]:
    rows = sorted({int(found) for found in ROWS.findall(text)})
    if any(not after < row <= len(sheet.rows) for row in rows):
        raise WrongRows(f"“{sheet.name}”没有您写的那一行，请核对行号。")
    return tuple(rows)


def constant_labels(target: Target) -> list[str]:
    """What may be said once for a whole sheet."""
    return [YEAR, *(c.label for c in target.columns if c.resolver is None and not c.multiple)]


def needs_a_look(layout: Layout, targets: Mapping[str, Target]) -> bool:
    """Whether a person should see the layout before the check: something in it was inferred."""
    for sheet in layout.sheets:
        target = targets.get(sheet.target)
        if target is None or not sheet.header:
            continue
        inferred = set(sheet.how.values()) - SURE or sheet.pivot or sheet.split
        known = set(sheet.how.values()) == {"remembered"}
        if inferred or missing(target, sheet) or (target.combined and not known):
            return True
    return False


# --- what the page shows ------------------------------------------------------------------------
@dataclass(frozen=True)
class ShownColumn:
    number: int
    letters: str
    label: str
    samples: list[str]
    chosen: str
    how: str
    sure: bool
    keep: bool
    in_pivot: bool


@dataclass(frozen=True)
class ShownSheet:
    """One sheet on the mapping page."""

    index: int
    name: str
    layout: SheetLayout
    target: Target | None
    columns: list[ShownColumn]
    missing: list[str]
    constants: list[tuple[str, str, str]]

    @property
    def header(self) -> str:
        return "、".join(map(str, self.layout.header))

    @property
    def skipped(self) -> str:
        return "、".join(map(str, self.layout.skipped))

    @property
    def why_skipped(self) -> str:
        return "；".join(
            f"第 {row} 行{kind}" for row, kind in list(self.layout.skipped.items())[:6]
        )

    @property
    def options(self) -> list[str]:
        return [column.label for column in self.target.columns] if self.target else []

    @property
    def pivot_words(self) -> str:
        pivot = self.layout.pivot
        if not pivot:
            return ""
        letters = [column_letters(number) for number in pivot.columns]
        heads = "、".join(f"第 {row} 行是“{label}”" for row, label in pivot.headings.items())
        return f"{letters[0]}—{letters[-1]} 列的列名也是内容：{heads}，格内是“{pivot.value}”"


def shown_sheets(sheets: list[Sheet], layout: Layout, targets: Mapping[str, Target]):
    return [
        _shown(index, sheet, each, targets.get(each.target))
        for index, sheet in enumerate(sheets)
        if (each := layout.sheet(sheet.name)) is not None and sheet.rows
    ]


def _shown(index: int, sheet: Sheet, layout: SheetLayout, target: Target | None) -> ShownSheet:
    if target is None:
        return ShownSheet(index, sheet.name, layout, None, [], [], [])
    header = read_header(sheet, layout.header) if layout.header else Header((), {})
    lacking = ["或".join(group) for group in missing(target, layout)] if layout.header else []
    return ShownSheet(
        index,
        sheet.name,
        layout,
        target,
        [_column(sheet, header, layout, number) for number in sorted(header.chains)],
        lacking,
        _constants(layout, target),
    )


def _column(sheet: Sheet, header: Header, layout: SheetLayout, number: int) -> ShownColumn:
    chosen, how = layout.columns.get(number, ""), layout.how.get(number, "")
    return ShownColumn(
        number,
        column_letters(number),
        " / ".join(header.chains[number]),
        _samples(sheet, layout, number),
        chosen,
        HOW[how] if chosen or not how else "您选的：不读取",
        how in {"exact", "remembered", CHOSEN},
        layout.rules.get(number) == KEEP,
        bool(layout.pivot and number in layout.pivot.columns),
    )


def _samples(sheet: Sheet, layout: SheetLayout, number: int) -> list[str]:
    """The first values of the column; long numbers with their middle covered."""
    found: list[str] = []
    for row in range(layout.first, min(len(sheet.rows), layout.first + 30) + 1):
        cell = sheet.cells(row)[number - 1] if row <= len(sheet.rows) else ""
        if row not in layout.skipped and not is_blank(cell):
            text = DIGITS.sub("***", text_of(cell))
            found.append(text[:SAMPLE_LENGTH] + ("…" if len(text) > SAMPLE_LENGTH else ""))
        if len(found) == SAMPLES:
            break
    return found


def _constants(layout: SheetLayout, target: Target) -> list[tuple[str, str, str]]:
    """(number of the field, label, text) of what a column does not fill and is, or should be, set."""
    there = {label for label in layout.columns.values() if label}
    wanted = {label for group in missing(target, layout) for label in group} | {YEAR}
    wanted |= set(target.combined.dated if target.combined else ()) - there
    wanted |= {label for label in layout.constants if label not in there}
    return [
        (str(place), label, layout.constants.get(label, ""))
        for place, label in enumerate(constant_labels(target))
        if label in wanted
    ]
