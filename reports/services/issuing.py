"""Issuing: check, freeze and print at one moment."""

from itertools import islice

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from portal.bulk import load
from portal.errors import StaleRecord
from portal.isolation import moment, require_one_moment, taken_meanwhile
from portal.scope import Denied
from reports.checks import Piece
from reports.evidence.bundling import Bundling
from reports.evidence.reading import Evidence
from reports.evidence.vault import keep
from reports.facts import told_keys
from reports.frozen import canonical, document_of, freeze, hash_of
from reports.models import EvidenceRow, Issue, Summary
from reports.output.pdf import papers_of
from reports.output.preflight import Check, stopping
from reports.permissions import check_issue, check_open
from reports.readings import Readings, counted_keys
from reports.services.judging import facts_of, findings_of

BATCH = 5000


class NotReady(Exception):
    """The check still finds errors; nothing was issued."""

    def __init__(self, findings):
        super().__init__(f"{len(findings)} errors")
        self.findings = findings


class NotPrintable(Exception):
    """The file would not print as signed, say for a name without a glyph; nothing was issued."""

    def __init__(self, checks: list[Check]):
        super().__init__("；".join(check.message for check in checks))
        self.checks = checks


def issue(summary: Summary, *, version: int, by, note: str = "") -> Issue:
    """Check, freeze and print in one REPEATABLE READ transaction; the draft closes.

    ``note`` says why what was issued before is issued again. Raises Denied, NotReady (errors remain),
    NotPrintable, StaleRecord (somebody saved or signs meanwhile), ValidationError (a note is missing).
    """
    require_one_moment()
    began = moment()
    check_issue(by, summary)
    check_open(summary)
    try:
        with transaction.atomic():
            return _issue(summary, version, by, note.strip(), began)
    except OperationalError as error:
        if taken_meanwhile(error):
            raise StaleRecord(f"summary {summary.pk} is being changed or issued") from error
        raise


def _issue(summary: Summary, version: int, by, note: str, moment) -> Issue:
    rows = Summary.objects.select_related("unit", "group").select_for_update(
        of=("self",), nowait=True
    )
    summary = rows.get(pk=summary.pk)
    summary.version = version
    summary.state = Summary.State.ISSUED
    summary.note = note or summary.note
    last = Issue.objects.filter(**summary.about).aggregate(last=Max("number"))["last"] or 0
    if last and not summary.note:
        message = "这段时间的同类总结已经签发过，请写明这次更正了什么、为什么。"
        raise ValidationError({"note": message})
    # Compares the version first: the rest takes seconds.
    summary.save(update_fields=["state", "note"])
    sections = list(summary.sections.all())
    texts = [section.text for section in sections]
    facts = facts_of(summary, texts)
    pieces = [Piece(s.key, s.heading, s.text) for s in sections]
    errors = [f for f in findings_of(summary.title, pieces, facts) if f.is_error]
    if errors:
        raise NotReady(errors)
    if not any(text.strip() for text in texts):
        raise Denied("总结还没有内容，不能签发。")
    told = [(s.key, s.heading, s.text) for s in sections]
    document = document_of(summary.title, told, facts, unit_name=facts.telling.name)
    keys = told_keys(texts, summary.outline)
    bundling = Bundling(facts.telling, keys, Readings(facts.telling, counted_keys(keys)))
    counted = bundling.bundle(document)
    bundle = keep(counted, summary.unit)
    content = freeze(
        document,
        facts,
        keys,
        bundle=bundle.sha256,
        rows=bundling.sizes,
        date=timezone.localdate(moment),
        moment=moment,
    )
    sha256 = hash_of(canonical(content))
    evidence = Evidence(counted, bundle.sha256)
    papers = papers_of(content, evidence.as_rows(), sha256=sha256, names=evidence.persons)
    if refusals := stopping(papers.checks):
        raise NotPrintable(refusals)
    issue = Issue.objects.create(
        **summary.about,
        summary=summary,
        number=last + 1,
        content=content,
        as_of=moment,
        sha256=sha256,
        pdf=papers.full,
        pdf_sha256=hash_of(papers.full),
        public_pdf=papers.public,
        public_pdf_sha256=hash_of(papers.public),
        bundle=bundle,
        note=summary.note,
        issued_by=by,
        issued_at=timezone.now(),
    )
    _index(issue, bundling)
    return issue


def _index(issue: Issue, bundling: Bundling) -> None:
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
