"""An issue read back: its hashes checked, its numbers and rows compared with the records of now."""

from dataclasses import dataclass

from portal.figures import figures
from reports.frozen import Damaged, canonical, hash_of, rows_behind, values_of
from reports.models import Issue
from reports.readings import Readings, counted_codes
from reports.values import Value, value_of


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


def public_pdf_of(issue: Issue) -> bytes:
    """The public version as issued. Raises Damaged when it is not what was made then."""
    pdf = bytes(issue.public_pdf)
    if hash_of(pdf) != issue.public_pdf_sha256:
        raise Damaged(f"issue {issue.pk}: the public file does not give its hash")
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
    readings = Readings(issue.telling, [code for code in issued if code in figures])
    return [
        Difference(value, value_of(readings[code]) if code in figures else None)
        for code, value in issued.items()
    ]


@dataclass(frozen=True)
class RowChanges:
    """Row ids behind one counted figure: as issued, and what became of them."""

    code: str
    model: str
    issued: dict[int, int]  # id: version
    added: tuple[int, ...]
    gone: tuple[int, ...]
    edited: tuple[int, ...]

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.gone or self.edited)


def row_changes(issue: Issue, code: str) -> list[RowChanges]:
    """For a ratio both terms. Raises KeyError for a figure that the issue does not tell."""
    content = content_of(issue)
    if code not in values_of(content) and code not in content["evidence"]:
        raise KeyError(code)
    frozen = content["evidence"]
    codes = counted_codes([code]) if code in figures else [c for c in frozen if c == code]
    return [_changes(issue, each, frozen[each]) for each in codes if each in frozen]


def _changes(issue, code, frozen) -> RowChanges:
    then = dict(frozen["rows"])
    now = then
    if code in figures:
        now = dict(rows_behind(code, issue.telling)["rows"])
    return RowChanges(
        code=code,
        model=frozen["model"],
        issued=then,
        added=tuple(sorted(now.keys() - then.keys())),
        gone=tuple(sorted(then.keys() - now.keys())),
        edited=tuple(pk for pk in then if pk in now and now[pk] != then[pk]),
    )
