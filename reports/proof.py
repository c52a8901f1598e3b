"""An issue read back: its hashes checked, its numbers and rows compared with the records of now."""

from dataclasses import dataclass

from portal.figures import figures
from reports.frozen import Damaged, canonical, hash_of, rows_behind, values_of
from reports.models import Issue
from reports.readings import Readings, counted_keys, read_keys
from reports.tokens import SHOWN, key_of, parts_of
from reports.values import Value, value_at


def content_of(issue: Issue) -> dict:
    """The frozen content. Raises Damaged when it is not what was signed."""
    if hash_of(canonical(issue.content)) != issue.sha256:
        raise Damaged(f"issue {issue.pk}: content does not give its hash")
    return issue.content


def pdf_of(issue: Issue) -> bytes:
    """The PDF as issued. Raises Damaged when it is not what was signed."""
    pdf = bytes(issue.pdf)
    if hash_of(pdf) != issue.pdf_sha256:
        raise Damaged(f"issue {issue.pk}: the file does not give its hash")
    return pdf


@dataclass(frozen=True)
class Difference:
    """One figure then and now; ``now`` is None where the figure is no longer declared."""

    issued: Value
    now: Value | None

    @property
    def changed(self) -> bool:
        return self.now is None or self.now.told != self.issued.told

    @property
    def redefined(self) -> bool:
        """The definition changed: then and now do not count the same thing."""
        return self.now is not None and self.now.version != self.issued.version


def differences(issue: Issue) -> list[Difference]:
    """All figures of the issue in the order told. Raises OutOfScope, Damaged."""
    issued = values_of(content_of(issue))
    declared = [key for key, value in issued.items() if value.code in figures]
    readings = Readings(issue.telling, declared)
    now = {key: value_at(key, readings) for key in declared}
    return [Difference(value, now.get(key)) for key, value in issued.items()]


@dataclass(frozen=True)
class RowChanges:
    """Row ids behind one counted figure: as issued, and what became of them. ``key`` says of which period."""

    key: str
    model: str
    issued: dict[int, int]  # id: version
    added: tuple[int, ...]
    gone: tuple[int, ...]
    edited: tuple[int, ...]

    @property
    def code(self) -> str:
        return parts_of(self.key)[0]

    @property
    def label(self) -> str:
        """As its token shows it; the code where the figure is no longer declared."""
        code, period = parts_of(self.key)
        label = figures[code].label if code in figures else code
        return key_of(label, SHOWN.get(period, ""))

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.gone or self.edited)


def row_changes(issue: Issue, key: str) -> list[RowChanges]:
    """For a ratio both terms, for a change both periods. Raises KeyError for what the issue does not tell."""
    content = content_of(issue)
    if key not in values_of(content) and key not in content["evidence"]:
        raise KeyError(key)
    frozen = content["evidence"]
    keys = counted_keys([key]) if parts_of(key)[0] in figures else read_keys([key])
    return [_changes(issue, each, frozen[each]) for each in keys if each in frozen]


def _changes(issue, key, frozen) -> RowChanges:
    then = dict(frozen["rows"])
    now = then
    if parts_of(key)[0] in figures:
        now = dict(rows_behind(key, issue.telling)["rows"])
    return RowChanges(
        key=key,
        model=frozen["model"],
        issued=then,
        added=tuple(sorted(now.keys() - then.keys())),
        gone=tuple(sorted(then.keys() - now.keys())),
        edited=tuple(pk for pk in then if pk in now and now[pk] != then[pk]),
    )
