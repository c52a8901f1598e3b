"""The layout of a workbook as the portal proposes it, before the clerk has looked at it."""

from dataclasses import replace

from portal.imports.declare import PivotHint
from portal.imports.headers import (
    EXACT,
    REMEMBERED,
    UNIT_LABEL,
    Header,
    coverage,
    find_header,
    matched_columns,
    names_of,
    possible_headers,
    read_header,
)
from portal.imports.layout import KEEP, Layout, Pivot, SheetLayout
from portal.imports.memory import Memory
from portal.imports.reading import Sheet, is_blank
from portal.imports.row_kinds import no_data, own_date, own_year
from portal.imports.splitting import holds_several
from portal.imports.targets import Target
from portal.imports.wording import plain

ENOUGH = 3  # columns by which a sheet of another name is recognised
# Sheets of our own template, and those by which people explain a workbook.
HELPER_SHEETS = {"填写说明", "选项", "说明", "readme"}
YEAR = "年份"  # a constant that completes days without a year


def detect(sheets: list[Sheet], ledger, targets: list[Target], memory: Memory) -> Layout:
    """A layout of all sheets. With ``ledger`` the sheet named like it, else all that are written
    in the way of the first one recognised; without it every sheet that is named like a target or
    clearly written like one."""
    own = [sheet for sheet in sheets if not is_helper(sheet) and sheet.rows]
    if ledger is None:
        found = {sheet.name: _by_name_or_look(sheet, targets, memory) for sheet in own}
    else:
        found = _of_one_ledger(own or sheets[:1], ledger, targets, memory)
    return Layout(tuple(found.get(s.name) or SheetLayout(s.name) for s in sheets))


def is_helper(sheet: Sheet) -> bool:
    """A sheet that explains the others and holds no records, whatever its columns are called."""
    return plain(sheet.name).lower() in HELPER_SHEETS


def _of_one_ledger(own, ledger, targets, memory) -> dict[str, SheetLayout]:
    named = [sheet for sheet in own if plain(sheet.name) == plain(ledger.title[:31])]
    if named:
        return {named[0].name: _best(named[0], targets, memory) or _unread(named[0], ledger.slug)}
    found: dict[str, SheetLayout] = {}
    alike = targets
    for sheet in own:
        proposed = _best(sheet, alike, memory)
        if proposed and (not found or has_data(sheet, proposed)):
            found[sheet.name] = proposed
            alike = [target for target in targets if target.code == proposed.target]
    return found or {own[0].name: _unread(own[0], ledger.slug)}


def _unread(sheet: Sheet, target: str) -> SheetLayout:
    """A sheet that should be of the target, with no header found."""
    return SheetLayout(sheet.name, target)


def has_data(sheet: Sheet, layout: SheetLayout) -> bool:
    return any(
        row not in layout.skipped and not all(is_blank(cell) for cell in sheet.cells(row))
        for row in range(layout.first, len(sheet.rows) + 1)
    )


def _by_name_or_look(sheet: Sheet, targets, memory) -> SheetLayout | None:
    for target in targets:
        if plain(sheet.name) == plain(target.title[:31]):
            return _best(sheet, [target], memory) or _unread(sheet, target.code)
    return _best(sheet, targets, memory, enough=ENOUGH)


def _best(sheet: Sheet, targets: list[Target], memory: Memory, enough=0) -> SheetLayout | None:
    """The target that the sheet's columns name most fully."""
    best, best_score = None, (0, 0, 0)
    headers = possible_headers(sheet)
    for target in targets:
        header = find_header(headers, target)
        if header is None:
            continue
        hits, wanted = coverage(header, target)
        mapped = len(set(header.columns.values()))
        full = not target.required_groups or hits == wanted
        if enough and (not full or mapped < min(enough, len(target.columns))):
            continue
        score = (int(full), mapped, int(_titled(sheet, header, target)))
        if score > best_score:
            best, best_score = (target, header), score
    return best and lay_out(sheet, *best, memory)


def _titled(sheet: Sheet, header: Header, target: Target) -> bool:
    texts = [sheet.name, *(str(c) for row in range(1, header.rows[0]) for c in sheet.cells(row))]
    return any(plain(target.title) in plain(text) for text in texts)


def lay_out(sheet: Sheet, target: Target, header: Header, memory: Memory) -> SheetLayout:
    """The sheet as one of the target under this header, with what is remembered of the form."""
    kept = memory.of(target.code, header)
    columns, how, rules = dict(header.columns), dict(header.how), {}
    if kept:
        labels = {column: plain(header.label(column)) for column in header.chains}
        ours = {column.label for column in target.columns} | {UNIT_LABEL}
        for number, label in labels.items():
            if label in kept.columns and kept.columns[label] in ours | {""}:
                columns[number] = kept.columns[label]
                how[number] = REMEMBERED
            if kept.rules.get(label) == KEEP:
                rules[number] = KEEP
    for number in header.chains:
        if number not in columns:
            is_unit = plain(header.label(number)) == UNIT_LABEL and UNIT_LABEL in target.only_shown
            columns[number], how[number] = (UNIT_LABEL, EXACT) if is_unit else ("", "")
    skipped = no_data(sheet, header)
    layout = SheetLayout(sheet.name, target.code, header.rows, columns, how, rules, skipped=skipped)
    layout = replace(
        layout,
        constants=_constants(sheet, target, layout),
        split=_split_columns(sheet, target, layout),
    )
    return with_pivot(sheet, target, layout)


def relaid(sheet: Sheet, target: Target, rows: tuple[int, ...], memory: Memory) -> SheetLayout:
    """The proposal for a header and target that the clerk chose."""
    return lay_out(
        sheet, target, matched_columns(read_header(sheet, rows), names_of(target)), memory
    )


def _constants(sheet: Sheet, target: Target, layout: SheetLayout) -> dict[str, str]:
    """What the sheet says once of all rows: the day it was filled in, the year of its title."""
    above = range(1, layout.header[0])
    found: dict[str, str] = {}
    if target.combined:
        day = own_date(sheet, [*above, *sorted(layout.skipped)[-20:]])
        there = set(layout.columns.values())
        found |= {label: day for label in target.combined.dated if day and label not in there}
    if year := own_year(sheet, above):
        found[YEAR] = year
    return found


def _split_columns(sheet: Sheet, target: Target, layout: SheetLayout) -> tuple[int, ...]:
    """Columns of names in which some cell holds more than one."""
    found = []
    for number, label in layout.columns.items():
        column = target.column(label)
        if column is None or target.ledger is None or column.resolver is None:
            continue
        if column.resolver.names != label:
            continue
        rows = (r for r in range(layout.first, len(sheet.rows) + 1) if r not in layout.skipped)
        if any(holds_several(sheet.cells(row)[number - 1]) for row in rows):
            found.append(number)
    return tuple(found[:1])


def with_pivot(sheet: Sheet, target: Target, layout: SheetLayout) -> SheetLayout:
    """A pivot where the target knows one and the headings beside its columns are data."""
    for hint in target.pivots:
        mapped = set(layout.columns.values())
        if {hint.heading, hint.value} & mapped:
            continue
        free = [n for n, label in sorted(layout.columns.items()) if not label]
        if len(free) >= 2 and mapped - {""}:
            return _pivoted(sheet, layout, hint, tuple(free))
    return layout


def _pivoted(sheet: Sheet, layout: SheetLayout, hint: PivotHint, free) -> SheetLayout:
    headings = {layout.header[-1]: hint.heading}
    header = layout.header
    below = header[-1] + 1
    if hint.second and hint.second not in layout.columns.values() and below <= len(sheet.rows):
        cells = [sheet.cells(below)[number - 1] for number in free]
        if all(isinstance(cell, int | float) for cell in cells):
            headings[below] = hint.second
            header = (*header, below)
    return replace(layout, header=header, pivot=Pivot(free, headings, hint.value, hint.blank))
