"""Issuing: check, freeze and print at one moment."""

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils import timezone

from portal.isolation import moment, require_one_moment
from portal.people_named import people_named
from portal.scope import Denied
from reports.evidence.keeping import index_rows, keep_evidence
from reports.facts import Facts, told_keys
from reports.frozen import canonical, hash_of
from reports.models import Issue, Summary
from reports.output.masking import words_of
from reports.output.pdf import papers_of
from reports.output.preflight import Check, stopping
from reports.services.answers import answers_of, frozen, unanswered
from reports.services.judging import NotReady, facts_of, judged
from reports.services.review import alone_with, move

MOST_ROWS = 50_000  # of evidence: more are not read, printed and sealed within a request (ADR 33)
TEXTS = 2_000  # asked about at once: each is some dozen names at most


class NotPrintable(Exception):
    """The file would not print as signed, say for a name without a glyph; nothing was issued."""

    def __init__(self, checks: list[Check]):
        super().__init__("；".join(check.message for check in checks))
        self.checks = checks


def issue(summary: Summary, *, version: int, opinion: str = "", note: str = "", by) -> Issue:
    """Check, freeze and print in one REPEATABLE READ transaction; the summary must be reviewed.

    ``note`` says why what was issued before is issued again. Raises Denied, NotReady (errors remain),
    NotPrintable, StaleRecord (somebody saved or signs meanwhile), ValidationError (a note is missing, or
    there are too many rows).
    """
    require_one_moment()
    began = moment()
    with alone_with(summary):
        # The step compares the version first: the rest takes seconds.
        signed = move(summary, "issue", version=version, opinion=opinion, by=by)
        return _issue(signed, note.strip(), began, by)


def issued_before(summary: Summary) -> QuerySet[Issue]:
    """What was issued of the same kind, units and period, withdrawn ones among it."""
    return Issue.objects.filter(**summary.about)


def _issue(summary: Summary, note: str, began, by) -> Issue:
    last = issued_before(summary).aggregate(last=Max("number"))["last"] or 0
    if last and not (note or summary.note):
        message = "这段时间的同类总结已经签发过，请写明这次更正了什么、为什么。"
        raise ValidationError({"note": message})
    if note:
        summary.note = note
        summary.save(update_fields=["note"])
    sections = list(summary.sections.all())
    texts = [section.text for section in sections]
    facts = facts_of(summary, texts)
    findings, answers = judged(summary, facts), answers_of(summary)
    if errors := unanswered(findings, answers):
        raise NotReady(errors)
    if not any(text.strip() for text in texts):
        raise Denied("总结还没有内容，不能签发。")
    told = [(s.key, s.heading, s.text) for s in sections]
    keys = told_keys(texts, summary.outline)
    kept = keep_evidence(summary.title, told, facts, keys, moment=began, most=MOST_ROWS)
    content = kept.content | {"answers": frozen(answers, findings)}
    sha256 = hash_of(canonical(content))
    evidence = kept.evidence
    worded = [words_of(content), *evidence.maybe_persons]
    names = [*evidence.persons, *_persons_told(worded, facts)]
    rows = evidence.as_rows(with_words=False)
    papers = papers_of(content, rows, sha256=sha256, names=names)
    if refusals := stopping(papers.checks):
        raise NotPrintable(refusals)
    issue = Issue.objects.create(
        **summary.about,
        summary=summary,
        number=last + 1,
        content=content,
        as_of=began,
        sha256=sha256,
        pdf=papers.full,
        pdf_sha256=hash_of(papers.full),
        public_pdf=papers.public,
        public_pdf_sha256=hash_of(papers.public),
        bundle=kept.bundle,
        note=summary.note,
        issued_by=by,
        issued_at=timezone.now(),
    )
    index_rows(issue, kept.bundling)
    return issue


def _persons_told(texts: list[str], facts: Facts) -> list[str]:
    """Whom the registers know of those whom the texts name: also where no row of a figure is about them."""
    units, day = facts.telling.units, facts.telling.period.end
    found = {}
    for start in range(0, len(texts), TEXTS):
        some = "\n".join(texts[start : start + TEXTS])
        found |= dict.fromkeys(each.name for each in people_named(units, some, day))
    return list(found)
