"""Summaries signed for tests that look at numbers, not at paper: frozen as services freeze, without a PDF."""

from django.utils import timezone

from portal.figures import engine, figures
from portal.periods import Period
from portal.summaries import Telling, outlines
from reports.facts import Facts, told_keys
from reports.frozen import canonical, freeze, hash_of
from reports.models import EvidenceRow, Issue, Summary
from reports.rollup.counting import counts_persons, measures
from reports.services import draft, facts_of

PAPER = b"%PDF-1.7 of a test"


def sign_draft(kind, unit, period: Period, by) -> Issue:
    """What the records tell of the unit, drafted and signed."""
    summary = draft(outline=outlines[kind], unit=unit, period=period, by=by)
    sections = [(s.key, s.heading, s.text) for s in summary.sections.all()]
    texts = [text for _, _, text in sections]
    keys = told_keys(texts, summary.outline)
    return _signed(summary, sections, facts_of(summary, texts), keys, by)


def sign_figures(kind, unit, period: Period, codes, by) -> Issue:
    """A summary that tells these figures and nothing else."""
    outline = outlines[kind]
    title = f"{unit.name}{period.label}{outline.name}"
    summary = Summary.objects.create(kind=kind, unit=unit, period_key=period.key, title=title)
    telling = Telling.of(unit, period)
    readings = {code: engine.read(code, telling.units, period) for code in codes}
    text = "".join(f"{figures[code].label}{{{code}}}。" for code in codes)
    section = (outline.parts[0].key, outline.parts[0].heading, text)
    return _signed(summary, [section], Facts(outline, telling, readings, {}), codes, by)


def _signed(summary, sections, facts: Facts, keys, by) -> Issue:
    moment = timezone.now()
    content = freeze(
        summary.title,
        sections,
        facts,
        keys,
        unit_name=facts.telling.name,
        date=timezone.localdate(moment),
        moment=moment,
    )
    summary.state = Summary.State.ISSUED
    summary.save(update_fields=["state"])
    issue = Issue.objects.create(
        kind=summary.kind,
        unit=summary.unit,
        period_key=summary.period_key,
        group=summary.group,
        summary=summary,
        number=1,
        content=content,
        as_of=moment,
        sha256=hash_of(canonical(content)),
        pdf=PAPER,
        pdf_sha256=hash_of(PAPER),
        issued_by=by,
        issued_at=moment,
    )
    keep_rows(issue, facts.telling)
    return issue


def keep_rows(issue: Issue, telling: Telling) -> None:
    """What each record added to the figures of now, as issuing keeps it."""
    for code in issue.content["evidence"]:
        figure = figures.get(code)
        if figure is None or counts_persons(figure):
            continue
        rows = engine.evidence(code, telling.units, telling.period)
        EvidenceRow.objects.bulk_create(
            EvidenceRow(
                unit=issue.unit,
                issue=issue,
                code=code,
                model=figure.model._meta.label_lower,
                record_id=pk,
                row_version=1,
                measure=value,
            )
            for pk, value in measures(figure, rows, telling.period).items()
        )
