"""What the pages of an issue tell of its evidence: each figure's story, its rows, and who changed them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.figures import figures
from portal.figures.by_row import CountedRow
from portal.numbers import format_number
from portal.scope import access_of
from reports import proof
from reports.evidence.causes import Group, Reader, Told, grouped
from reports.evidence.differences import FigureChange, RowChange, figure_changes, keys_behind
from reports.evidence.reading import Evidence, told_day
from reports.models import Issue

SHOWN = 10  # rows told in full on the page of the issue
COLUMNS_SHOWN = 8


@dataclass(frozen=True)
class Part:
    """A counted figure of a story: its sum line, who did what, and the first rows in full. ``again``: a
    story above tells it already."""

    change: FigureChange
    groups: list[Group]
    rows: list[Told]
    again: bool = False

    @property
    def more(self) -> int:
        return len(self.change.changes) - len(self.rows)

    @property
    def sentence(self) -> str:
        """1 条由陈刚于2026年1月5日删除（−1）；2 条由王小明于2026年1月6日补录（+2）"""
        return "；".join(said(group, self.change) for group in self.groups)

    @property
    def sum_line(self) -> str:
        """312 − 4 + 1 = 309; empty where rows do not add up."""
        return sum_line(self.change, self.groups)


@dataclass(frozen=True)
class Story:
    """What became of one figure told in the issue, of which the number, the definition or merely the rows
    changed; ``hidden`` where the reader may not see its records."""

    difference: proof.Difference
    parts: list[Part]
    hidden: bool = False

    @property
    def now_definition(self) -> str:
        return figures[self.difference.issued.code].definition


def stories(issue: Issue, evidence: Evidence, differences, user) -> list[Story]:
    """Of each figure that tells another number now, counts by another definition, or counts other rows
    that give the same number."""
    told: dict[str, Part] = {}
    changes = _Changes(issue, evidence)
    found = []
    for difference in differences:
        moved = difference.changed or difference.redefined
        if not moved and evidence.disposed:
            continue
        story = _story(issue, evidence, difference, user, told, changes)
        if moved or (story.parts and not story.hidden):
            found.append(story)
    return found


class _Changes:
    """The changes behind the figures of an issue; a term of several figures is counted once."""

    def __init__(self, issue: Issue, evidence: Evidence):
        self.telling, self.evidence = issue.telling, evidence
        self.known: dict[str, list[FigureChange]] = {}

    def of(self, key: str) -> list[FigureChange]:
        return [change for each in keys_behind(key, self.evidence) for change in self._of(each)]

    def _of(self, key: str) -> list[FigureChange]:
        if key not in self.known:
            self.known[key] = figure_changes(key, self.evidence, self.telling)
        return self.known[key]


def _story(issue, evidence, difference, user, told: dict[str, Part], changes: _Changes) -> Story:
    if difference.now is None or evidence.disposed:
        return Story(difference, [])
    parts = []
    for change in changes.of(difference.issued.key):
        if not may_see(change, user, issue):
            return Story(difference, [], hidden=True)
        if not change.changes:
            continue
        if change.key in told:
            parts.append(replace(told[change.key], again=True))
        else:
            told[change.key] = _part(proof.reader_of(issue, evidence, change))
            parts.append(told[change.key])
    return Story(difference, parts)


def may_see(change: FigureChange, user, issue: Issue) -> bool:
    """Whether the rows of the figure are shown: by the domain that it had when it was signed, and by that of
    now. Of a figure that is no longer declared and whose domain was not kept nobody sees them."""
    domains = {change.figure["domain"]} if "domain" in change.figure else set()
    if change.code in figures:
        domains.add(figures[change.code].domain)
    access = access_of(user)
    return bool(domains) and all(access.may(f"{each}.view", issue.unit_id) for each in domains)


def _part(reader: Reader) -> Part:
    rows = reader.told(reader.change.changes)
    return Part(reader.change, grouped(rows), rows[:SHOWN])


def said(group: Group, change: FigureChange) -> str:
    """What one person did on one day, with its effect."""
    who = f"由{group.by}" if group.by else ""
    when = f"于{group.on.year}年{group.on.month}月{group.on.day}日" if group.on else ""
    if group.cause.explanation:
        seen = f"，所关联的登记{who}{when}改动" if who else ""
        words = f"{group.count} 条因{group.cause.value}{seen}"
    else:
        words = f"{group.count} 条{who}{when}{group.cause.value}"
    return (
        words if group.effect is None else f"{words}（{signed(group.effect)}{measure_of(change)}）"
    )


def sum_line(change: FigureChange, groups: Iterable[Group]) -> str:
    effects = [group.effect for group in groups]
    if None in effects:
        return ""
    start = _base(change)
    steps = "".join(f" {signed(effect)[0]} {signed(effect)[1:]}" for effect in effects if effect)
    end = start + change.net
    return f"{format_number(start)}{steps} = {format_number(end)}{measure_of(change)}"


def signed(number: int | Decimal) -> str:
    """+2, −3, ±0, with the minus sign of print."""
    return f"{'+' if number > 0 else '−' if number < 0 else '±'}{format_number(abs(number))}"


def measure_of(change: FigureChange) -> str:
    return change.figure["measure"] if change.counts_keys else change.figure["row_measure"]


def _base(change: FigureChange) -> int | Decimal:
    """The issued value in the measure in which effects are told."""
    if change.counts_keys:
        return len({key for row in change.then.values() for key in row.keys})
    return sum(row.measure for row in change.then.values())


# --- the page of one figure -------------------------------------------------------------------


@dataclass(frozen=True)
class IssuedRow:
    """A row as it was counted, with what became of it."""

    pk: int
    version: int
    day: str
    unit: str
    measure: str
    cells: list[dict]
    state: tuple[str, str]
    told: Told | None


def issued_rows(reader: Reader, keys: Iterable[int]) -> list[IssuedRow]:
    """The rows with these keys as they stood in the bundle."""
    change, evidence, keys = reader.change, reader.evidence, list(keys)
    changed = {each.pk: each for each in change.changes}
    edited = {pk: RowChange(pk, change.then[pk], change.then[pk], 0) for pk in change.edited}
    wanted = [each for pk in keys if (each := changed.get(pk) or edited.get(pk))]
    told = {each.change.pk: each for each in reader.told(wanted)}
    return [
        _issued_row(change, evidence, change.then[pk], told.get(pk), pk in edited) for pk in keys
    ]


def _issued_row(change, evidence, row: CountedRow, told: Told | None, only_edited) -> IssuedRow:
    state = ("neutral", "未变")
    if only_edited:
        state = ("info", "有修改，计数未变")
    elif told and told.change.now is None:
        state = ("bad", f"{told.cause.value}，不再计入")
    elif told:
        state = ("warn", f"{told.cause.value}，计数有变")
    return IssuedRow(
        pk=row.pk,
        version=row.version,
        day=told_day(row),
        unit=evidence.unit_name(row.unit),
        measure="" if row.measure is None else format_number(row.measure),
        cells=_cells(evidence, change.key, row.pk),
        state=state,
        told=told,
    )


def _cells(evidence: Evidence, key: str, pk: int) -> list[dict]:
    labels, texts = evidence.labels(key)[:COLUMNS_SHOWN], evidence.texts(key, pk)
    texts = [*texts, *[""] * len(labels)]  # of a row that could not be read nothing is told
    return [{"label": label, "value": text} for label, text in zip(labels, texts, strict=False)]
