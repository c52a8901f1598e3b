"""The declaration of a data-quality rule; declared in ``<app>/quality.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet, TextChoices

from portal.registry import Registry


class Severity(TextChoices):
    """``HIGH`` makes numbers wrong, ``MIDDLE`` leaves something undone, ``LOW`` is a gap."""

    HIGH = "high", "错误"
    MIDDLE = "middle", "待办"
    LOW = "low", "缺项"


@dataclass(frozen=True)
class QualityRule:
    """``rows`` gives the kept records of these units that ask to be mended; of facts tagged with
    departments only those of ``domain``, so that the count is the same whoever sees it.

    ``why`` says what goes wrong otherwise. ``ledger`` shows and edits the records. ``field`` is one
    field that mends it, filled in place; ``parse`` cleans what is typed there. ``page`` names the
    URL of a page of its own where the records are dealt with instead. ``seen_by`` is the permission to
    see it, where the records ask for more than the department's.
    """

    code: str
    label: str
    domain: str
    why: str
    ledger: str
    rows: Callable[[frozenset[int]], QuerySet]
    severity: Severity = Severity.LOW
    field: str = ""
    parse: Callable[[str], str] | None = None
    page: str = ""
    seen_by: str = ""

    @property
    def permission(self) -> str:
        return self.seen_by or f"{self.domain}.view"


rules: Registry[QualityRule] = Registry("quality")


def register(*declared: QualityRule) -> None:
    for rule in declared:
        rules.add(rule.code, rule)
