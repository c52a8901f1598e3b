"""Issuing: check, freeze and print at one moment."""

from django.db.models import Max
from django.utils import timezone

from portal.isolation import require_one_moment
from portal.scope import Denied
from reports.facts import told_keys
from reports.frozen import canonical, freeze, hash_of
from reports.models import Issue, Summary
from reports.output.pdf import papers_of
from reports.output.preflight import Check, stopping
from reports.services.answers import answers_of, frozen, unanswered
from reports.services.judging import NotReady, facts_of, judged
from reports.services.review import alone_with, move


class NotPrintable(Exception):
    """The file would not print as signed, say for a name without a glyph; nothing was issued."""

    def __init__(self, checks: list[Check]):
        super().__init__("；".join(check.message for check in checks))
        self.checks = checks


def issue(summary: Summary, *, version: int, opinion: str = "", by) -> Issue:
    """Check, freeze and print in one REPEATABLE READ transaction; the summary must be reviewed.

    Raises Denied, NotReady (errors remain), NotPrintable, StaleRecord (somebody saved or signs
    meanwhile).
    """
    require_one_moment()
    with alone_with(summary):
        # The step compares the version first: the rest takes seconds.
        return _issue(move(summary, "issue", version=version, opinion=opinion, by=by), by)


def _issue(summary: Summary, by) -> Issue:
    sections = list(summary.sections.all())
    texts = [section.text for section in sections]
    facts = facts_of(summary, texts)
    findings, answers = judged(summary, facts), answers_of(summary)
    if errors := unanswered(findings, answers):
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
    content["answers"] = frozen(answers, findings)
    sha256 = hash_of(canonical(content))
    papers = papers_of(content, {}, sha256=sha256, names=())
    if refusals := stopping(papers.checks):
        raise NotPrintable(refusals)
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
        pdf=papers.full,
        pdf_sha256=hash_of(papers.full),
        public_pdf=papers.public,
        public_pdf_sha256=hash_of(papers.public),
        issued_by=by,
        issued_at=moment,
    )
