"""An issue read back: its hashes checked, its numbers and rows compared with the records of now."""

from dataclasses import dataclass

from portal.figures import Ratio, figures
from reports.evidence import vault
from reports.evidence.causes import Reader
from reports.evidence.differences import FigureChange, figure_changes
from reports.evidence.reading import Evidence
from reports.frozen import Damaged, canonical, hash_of, values_of
from reports.models import Bundle, Issue, Tombstone
from reports.readings import Readings
from reports.values import Value, value_at


def content_of(issue: Issue) -> dict:
    """The frozen content. Raises Damaged when it is not what was signed."""
    if hash_of(canonical(issue.content)) != issue.sha256:
        raise Damaged(f"issue {issue.pk}: content does not give its hash")
    return issue.content


def pdf_of(issue: Issue, *, public: bool = False) -> bytes:
    """The PDF as issued; the ``public`` one has names masked. Raises Damaged when it is not what was signed."""
    kept, sha256 = issue.pdf, issue.pdf_sha256
    if public:
        kept, sha256 = issue.public_pdf, issue.public_pdf_sha256
    pdf = bytes(kept)
    if hash_of(pdf) != sha256:
        raise Damaged(f"issue {issue.pk}: the file does not give its hash")
    return pdf


def bundle_of(issue: Issue) -> Evidence:
    """The evidence that the content names, or what the law left of it. Raises Damaged."""
    bundle = issue.bundle
    if bundle is None or bundle.sha256 != content_of(issue)["bundle"]:
        raise Damaged(f"issue {issue.pk}: the evidence is not the one that was signed")
    disposed = False
    while not bundle.sealed:
        bundle, disposed = _successor(issue, bundle), True
    return Evidence(vault.opened(bundle), bundle.sha256, disposed)


def _successor(issue: Issue, bundle: Bundle) -> Bundle:
    stones = Tombstone.objects.filter(
        issue=issue, kind=Tombstone.Kind.DISPOSED, sha256=bundle.sha256
    )
    stone = stones.select_related("replaced_by").last()
    if stone is None or stone.replaced_by is None:
        raise Damaged(f"issue {issue.pk}: the evidence is gone, and nothing says why")
    return stone.replaced_by


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

    @property
    def is_quotient(self) -> bool:
        return isinstance(figures.get(self.issued.code), Ratio)


def differences(issue: Issue) -> list[Difference]:
    """All figures of the issue in the order told. Raises OutOfScope, Damaged."""
    issued = values_of(content_of(issue))
    declared = [key for key, value in issued.items() if value.code in figures]
    readings = Readings(issue.telling, declared)
    now = {key: value_at(key, readings) for key in declared}
    return [Difference(value, now.get(key)) for key, value in issued.items()]


def changes_of(issue: Issue, evidence: Evidence, key: str) -> list[FigureChange]:
    """Row by row what became of a figure: for a ratio of both terms, for a comparison of both periods.

    Raises KeyError for what the issue does not tell, OutOfScope."""
    if key not in values_of(issue.content):
        raise KeyError(key)
    return figure_changes(key, evidence, issue.telling)


def reader_of(issue: Issue, evidence: Evidence, change: FigureChange) -> Reader:
    """Tells the rows of a change to the present scope: who did what, and when."""
    return Reader(change, evidence, frozenset(issue.content["units"]), issue.as_of)
