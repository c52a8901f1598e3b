"""Why a row counts otherwise than it did: from the change log, as far as the reader's scope reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from django.apps import apps
from django.db import models

from portal.figures import figures
from portal.history import ACTIONS, BINNED, RESTORED, HistoryEntry, changes_since
from reports.evidence.columns import Shown, shown_for
from reports.evidence.differences import FigureChange, RowChange
from reports.evidence.reading import Evidence, told_day


class Cause(Enum):
    LATE = "补录"
    DELETED = "删除"
    RESTORED = "恢复"
    MOVED = "单位变动"
    EDITED = "修改"
    DEFINITION = "口径变化"
    RELATED = "关联变动"

    @property
    def explanation(self) -> str:
        return EXPLAINED.get(self, "")


EXPLAINED = {
    Cause.MOVED: "记录所属的单位有变动，或本单位的范围有变动。",
    Cause.DEFINITION: "记录没有改动，是指标的口径改了版本；旧口径已不能重算，只能按新口径统计。",
    Cause.RELATED: "记录本身没有改动，是它所关联的登记改了，或日期推移，按口径计入与否因此不同。",
}
UNIT_LABEL = "单位"


@dataclass(frozen=True)
class Told:
    """A changed row for people. ``by`` and ``on`` are of the last change since; ``entries`` are all of them,
    of the row or, for RELATED, of what it refers to. ``columns`` are (label, then, now) of what differs."""

    change: RowChange
    cause: Cause
    by: str = ""
    on: date | None = None
    title: str = ""
    url: str = ""
    entries: tuple[HistoryEntry, ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    seen: bool = True  # the row itself can be read in the present scope

    @property
    def reason(self) -> str:
        """Why a record of a closed period was corrected."""
        return next((entry.reason for entry in self.entries if entry.reason), "")


@dataclass(frozen=True)
class Reader:
    """Explains the rows of one figure of an issue to the present scope."""

    change: FigureChange
    evidence: Evidence
    units: frozenset[int]  # of the issue, when it was signed
    since: datetime
    model: type[models.Model] = field(init=False)

    def __post_init__(self):
        model = apps.get_model(self.evidence.ledger_of(self.change.key)["model"])
        object.__setattr__(self, "model", model)

    def told(self, changes: Iterable[RowChange]) -> list[Told]:
        changes = list(changes)
        keys = [each.pk for each in changes]
        log = changes_since(self.model, keys, self.since)
        shown = self._shown(keys)
        records = {record.pk: record for record in shown.read(keys)}
        untouched = [records[pk] for pk in keys if pk in records and pk not in log]
        related = self._related(untouched)
        return [
            self._told(each, records.get(each.pk), log.get(each.pk, []), related, shown)
            for each in changes
        ]

    def _shown(self, keys) -> Shown:
        """The columns of the issue's own ledger while there is one."""
        rows = self.model._default_manager.filter(pk__in=keys)
        code = self.change.code
        return shown_for(code, rows) if code in figures else Shown.of(rows, "")

    def _related(self, records) -> Mapping[int, list[HistoryEntry]]:
        """What happened since to what these rows refer to, by the row."""
        found: dict[int, list[HistoryEntry]] = {}
        for column in self.model._meta.concrete_fields:
            target = column.related_model
            if target is None or not hasattr(target, "deleted_at"):
                continue
            referring = {record.pk: getattr(record, column.attname) for record in records}
            log = changes_since(target, {key for key in referring.values() if key}, self.since)
            for pk, key in referring.items():
                found.setdefault(pk, []).extend(log.get(key, []))
        return found

    def _told(self, change: RowChange, record, log, related, shown: Shown) -> Told:
        cause = self._cause(change, record, log)
        entries = log or related.get(change.pk, [])
        last = max(entries, key=lambda entry: entry.when, default=None)
        return Told(
            change=change,
            cause=cause,
            by=last.actor_label if last else "",
            on=last.when.date() if last else None,
            title=str(record) if record is not None else f"编号 {change.pk}",
            url=shown.page_of(record) if record is not None else "",
            entries=tuple(entries),
            columns=tuple(self._differing(change, record, shown)),
            seen=record is not None,
        )

    def _cause(self, change: RowChange, record, log: list[HistoryEntry]) -> Cause:
        actions = {entry.action for entry in log}
        if change.then is None and ACTIONS["insert"] in actions:
            return Cause.LATE
        if change.now is None and self._is_gone(record, actions):
            return Cause.DELETED
        if change.then is None and RESTORED in actions:
            return Cause.RESTORED
        if self._moved(change, log):
            return Cause.MOVED
        if log:
            return Cause.EDITED
        return Cause.DEFINITION if self.change.redefined else Cause.RELATED

    def _is_gone(self, record, actions: set[str]) -> bool:
        if record is None:
            return ACTIONS["delete"] in actions
        return bool(getattr(record, "deleted_at", None)) and BINNED in actions

    def _moved(self, change: RowChange, log: list[HistoryEntry]) -> bool:
        """Whether the row, or its unit, came into the issue's units or left them."""
        if any(told.label == UNIT_LABEL for entry in log for told in entry.changes):
            return True
        now = change.now
        return not log and now is not None and change.then is None and now.unit not in self.units

    def _differing(self, change: RowChange, record, shown: Shown):
        """What the ledger showed then and shows now, where the two differ; the day first."""
        then, now = change.then, change.now
        if then and now and told_day(then) != told_day(now):
            yield "日期", told_day(then), told_day(now)
        before = dict(zip(*self._as_issued(change.pk), strict=False)) if then else {}
        after = {}
        if record is not None:
            after = dict(zip((c for c, _ in shown.columns), shown.texts(record), strict=True))
        if then is None:
            yield from ((label, "", text) for label, text in after.items() if text)
            return
        for label, text in before.items():
            present = after.get(label, "")
            if record is None or present != text:
                yield label, text, present

    def _as_issued(self, pk: int) -> tuple[list[str], list[str]]:
        key = self.change.key
        return self.evidence.labels(key), self.evidence.texts(key, pk)


@dataclass(frozen=True)
class Group:
    """Rows that were changed alike by the same person on the same day, with what that did to the figure."""

    cause: Cause
    by: str
    on: date | None
    count: int
    effect: int | float | None


def grouped(told: Iterable[Told]) -> list[Group]:
    """Who did what when, the most rows first."""
    found: dict[tuple, list[Told]] = {}
    for each in told:
        found.setdefault((each.cause, each.by, each.on), []).append(each)
    groups = [
        Group(cause, by, on, len(rows), _sum(row.change.effect for row in rows))
        for (cause, by, on), rows in found.items()
    ]
    return sorted(groups, key=lambda group: -group.count)


def _sum(effects):
    effects = list(effects)
    return None if None in effects else sum(effects)
