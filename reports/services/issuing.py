"""Issuing: check, freeze and print at one moment."""

from django.db import OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from portal.errors import StaleRecord
from portal.isolation import require_one_moment, taken_meanwhile
from portal.scope import Denied
from reports.checks import Piece
from reports.document import issued_document, pdf_of_document
from reports.facts import told_keys
from reports.frozen import canonical, freeze, hash_of
from reports.models import Issue, Summary
from reports.permissions import check_issue, check_open
from reports.services.judging import facts_of, findings_of


class NotReady(Exception):
    """The check still finds errors; nothing was issued."""

    def __init__(self, findings):
        super().__init__(f"{len(findings)} errors")
        self.findings = findings


def issue(summary: Summary, *, version: int, by) -> Issue:
    """Check, freeze and print in one REPEATABLE READ transaction; the draft closes.

    Raises Denied, NotReady (errors remain), StaleRecord (somebody saved or signs meanwhile).
    """
    require_one_moment()
    check_issue(by, summary)
    check_open(summary)
    try:
        with transaction.atomic():
            return _issue(summary, version, by)
    except OperationalError as error:
        if taken_meanwhile(error):
            raise StaleRecord(f"summary {summary.pk} is being changed or issued") from error
        raise


def _issue(summary: Summary, version: int, by) -> Issue:
    rows = Summary.objects.select_related("unit", "group").select_for_update(
        of=("self",), nowait=True
    )
    summary = rows.get(pk=summary.pk)
    summary.version = version
    summary.state = Summary.State.ISSUED
    summary.save(update_fields=["state"])  # compares the version first: the rest takes seconds
    sections = list(summary.sections.all())
    texts = [section.text for section in sections]
    facts = facts_of(summary, texts)
    pieces = [Piece(s.key, s.heading, s.text) for s in sections]
    errors = [f for f in findings_of(summary.title, pieces, facts) if f.is_error]
    if errors:
        raise NotReady(errors)
    if not any(text.strip() for text in texts):
        raise Denied("总结还没有内容，不能签发。")
    moment = timezone.now()
    content = freeze(
        summary.title,
        [(s.key, s.heading, s.text) for s in sections],
        facts,
        told_keys(texts, summary.outline),
        unit_name=facts.telling.name,
        date=timezone.localdate(moment),
        moment=moment,
    )
    sha256 = hash_of(canonical(content))
    pdf = pdf_of_document(issued_document(content, sha256=sha256))
    about = {
        "kind": summary.kind,
        "unit": summary.unit,
        "period_key": summary.period_key,
        "group": summary.group,
    }
    last = Issue.objects.filter(**about).aggregate(last=Max("number"))["last"] or 0
    return Issue.objects.create(
        **about,
        summary=summary,
        number=last + 1,
        content=content,
        as_of=moment,
        sha256=sha256,
        pdf=pdf,
        pdf_sha256=hash_of(pdf),
        issued_by=by,
        issued_at=moment,
    )
