"""Summaries signed for tests that look at numbers, not at paper: frozen as services freeze, without a PDF."""

from django.utils import timezone

from portal.figures import engine, figures
from portal.periods import Period
from portal.summaries import Telling, outlines
from reports.evidence.keeping import index_rows, keep_evidence
from reports.facts import Facts, told_keys
from reports.frozen import canonical, hash_of
from reports.models import Issue, Summary
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
    kept = keep_evidence(summary.title, sections, facts, keys, moment=moment)
    summary.state = Summary.State.ISSUED
    summary.save(update_fields=["state"])
    issue = Issue.objects.create(
        **summary.about,
        summary=summary,
        number=1,
        content=kept.content,
        as_of=moment,
        sha256=hash_of(canonical(kept.content)),
        pdf=PAPER,
        pdf_sha256=hash_of(PAPER),
        bundle=kept.bundle,
        issued_by=by,
        issued_at=moment,
    )
    index_rows(issue, kept.bundling)
    return issue
