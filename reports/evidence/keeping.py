"""What issuing keeps: the content with the hash of its evidence, the sealed bundle, the index of its rows."""

from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.bulk import load
from reports.evidence.bundling import Bundling
from reports.evidence.reading import Evidence
from reports.evidence.vault import keep
from reports.facts import Facts
from reports.frozen import document_of, freeze
from reports.models import Bundle, EvidenceRow, Issue
from reports.readings import Readings, counted_keys

BATCH = 5000


@dataclass(frozen=True)
class Kept:
    content: dict
    bundle: Bundle
    evidence: Evidence
    bundling: Bundling


def keep_evidence(title: str, sections, facts: Facts, keys, *, moment, most=None) -> Kept:
    """Count, row by row, what the ``keys`` name, and store the bundle; ``sections`` are (key, heading,
    stored text) as edited. Raises Disagreement, Denied, ValidationError where more than ``most`` rows were
    counted: their columns are not read then."""
    document = document_of(title, sections, facts)
    bundling = Bundling(facts.telling, keys, Readings(facts.telling, counted_keys(keys)))
    rows = sum(bundling.sizes.values())
    if most is not None and rows > most:
        message = f"所依据的记录有 {rows:,} 条，一次最多签发 {most:,} 条，请按半年或季度分别签发。"
        raise ValidationError(message)
    counted = bundling.bundle(document)
    bundle = keep(counted, facts.telling.unit)
    content = freeze(
        document,
        facts,
        keys,
        bundle=bundle.sha256,
        rows=bundling.sizes,
        date=timezone.localdate(moment),
        moment=moment,
    )
    return Kept(content, bundle, Evidence(counted, bundle.sha256), bundling)


def index_rows(issue: Issue, bundling: Bundling) -> None:
    """Which record stands behind which figure, to be found from the record; the rows are the bundle's."""
    rows = (
        EvidenceRow(
            unit_id=issue.unit_id,
            issue=issue,
            code=key,
            model=shown.model._meta.label_lower,
            record_id=row.pk,
            row_version=row.version,
            measure=row.measure,
        )
        for key, (shown, counted) in bundling.counted.items()
        for row in counted
    )
    while batch := list(islice(rows, BATCH)):
        load(EvidenceRow, batch)
