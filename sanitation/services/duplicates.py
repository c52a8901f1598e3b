"""One problem found by several inspections counts once: with the finding that takes off most."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from sanitation.models import Finding
from sanitation.selectors.duplicates import counting
from sanitation.services.findings import same_as


@transaction.atomic
def mark(findings: Sequence[Finding], *, by) -> Finding:
    """Say that these are one problem; the one that counts. Others of its own inspection stay problems of
    their own. Raises Denied, StaleRecord, and ValidationError where there is nothing to join."""
    if not findings:
        raise ValidationError("请选择同一问题的各条记录。")
    counts = counting(findings)
    repeats = [row for row in findings if row.inspection_id != counts.inspection_id]
    if not repeats:
        raise ValidationError("请选择不同检查发现的记录；同一次检查的各条是不同的问题。")
    for row in repeats:
        same_as(row, counts, by=by)
    return counts


@transaction.atomic
def unmark(finding: Finding, *, by) -> Finding:
    """The finding is a problem of its own after all."""
    if finding.same_as_id is None:
        raise ValidationError("这条记录没有标为与别的是同一问题。")
    return same_as(finding, None, by=by)
