"""Every write of a summary: draft, save, compose again, issue."""

from collections.abc import Mapping

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from portal.errors import StaleRecord
from portal.figures import figures
from portal.isolation import require_one_moment, taken_meanwhile
from portal.models import Unit
from portal.pdf import missing_glyphs
from portal.periods import Period
from portal.scope import Denied
from portal.summaries import Outline
from reports.checks import Finding, Grounds, Piece, check
from reports.compose import compose, telling_of
from reports.output.document import issued_document
from reports.output.pdf import pdf_of_document
from reports.facts import Facts, empty_months, facts_for, told_codes
from reports.frozen import canonical, freeze, hash_of
from reports.models import Issue, Section, Summary
from reports.permissions import check_draft, check_issue, check_open
from reports.tables import tables_of


class AlreadyOpen(Denied):
    """There is an open draft of the same kind, unit and period."""


class NotReady(Exception):
    """The check still finds errors; nothing was issued."""

    def __init__(self, findings):
        super().__init__(f"{len(findings)} errors")
        self.findings = findings


def open_draft(outline: Outline, unit: Unit, period: Period) -> Summary | None:
    return (
        Summary.objects.kept()
        .filter(kind=outline.kind, unit=unit, period_key=period.key, state=Summary.State.DRAFT)
        .first()
    )


@transaction.atomic
def draft(*, outline: Outline, unit: Unit, period: Period, by) -> Summary:
    """A new draft composed from the records. Raises AlreadyOpen, Denied, OutOfScope."""
    check_draft(by, unit.pk, outline)
    composed = compose(outline, unit, period)
    told = {section.key: section.text for section in composed.sections}
    return _store(outline, unit, period, composed.title, told, by)


@transaction.atomic
def draft_from(issue: Issue, *, by) -> Summary:
    """A new draft with the words of an issue and the figures of now, to correct and sign again.

    Raises AlreadyOpen."""
    check_draft(by, issue.unit_id, issue.outline)
    told = {section["key"]: section["text"] for section in issue.content["sections"]}
    return _store(issue.outline, issue.unit, issue.period, issue.content["title"], told, by)


def _store(outline, unit, period, title, told: Mapping[str, str], by) -> Summary:
    """The summary with a section for each part, blank where nothing is told yet."""
    try:
        with transaction.atomic():
            summary = Summary.objects.create(
                kind=outline.kind,
                unit=unit,
                period_key=period.key,
                title=title,
                recorded_by=by,
            )
    except IntegrityError as error:
        message = "这个单位这段时间的同类总结已有一份草稿，请在那份草稿上修改。"
        raise AlreadyOpen(message) from error
    Section.objects.bulk_create(
        Section(
            unit=unit,
            summary=summary,
            key=part.key,
            heading=part.heading,
            ordinal=ordinal,
            text=told.get(part.key, ""),
        )
        for ordinal, part in enumerate(outline.parts)
    )
    return summary


@transaction.atomic
def save(summary: Summary, *, version: int, title: str, texts: Mapping[str, str], by) -> None:
    """Store typed texts by section key. Raises StaleRecord when ``version`` is not the present."""
    check_draft(by, summary.unit_id, summary.outline)
    check_open(summary)
    summary.version = version
    summary.title = title
    # Saving the summary, even unchanged, compares the version that covers its sections too.
    summary.save(update_fields=["title"])
    for section in summary.sections.all():
        text = texts.get(section.key, section.text)
        if text != section.text:
            section.text = text
            section.save(update_fields=["text"])


def redraft(summary: Summary, *, version: int, by) -> None:
    """Replace title and texts by what the records tell now; the old words stay in the history."""
    composed = compose(summary.outline, summary.unit, summary.period)
    told = {section.key: section.text for section in composed.sections}
    texts = {section.key: told.get(section.key, "") for section in summary.sections.all()}
    save(summary, version=version, title=composed.title, texts=texts, by=by)


def facts_of(summary: Summary, texts) -> Facts:
    telling = telling_of(summary.unit, summary.period)
    return facts_for(summary.outline, telling, texts)


def findings_of(title: str, sections: list[Piece], facts: Facts) -> list[Finding]:
    """What the checker says, with the facts as its grounds."""
    grounds = Grounds(
        period=facts.period,
        readings=facts.readings,
        tables=frozenset(tables_of(facts.outline)),
        labels={figure.code: figure.label for figure in figures},
        empty_months=empty_months(facts),
        unprintable=frozenset(missing_glyphs(title + "".join(p.text for p in sections))),
    )
    return check(title, sections, grounds)


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
    rows = Summary.objects.select_related("unit").select_for_update(of=("self",), nowait=True)
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
        told_codes(texts, summary.outline),
        unit_name=summary.unit.name_on(facts.period.end),
        date=timezone.localdate(moment),
        moment=moment,
    )
    sha256 = hash_of(canonical(content))
    pdf = pdf_of_document(issued_document(content, sha256=sha256))
    about = {"kind": summary.kind, "unit": summary.unit, "period_key": summary.period_key}
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
