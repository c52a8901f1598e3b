"""What other summaries tell: the one before of the same kind and unit, and those of units around."""

import logging
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.summaries import Outline, Telling, outlines
from reports.checks.findings import Elsewhere, Grounds
from reports.checks.printed import Printed
from reports.frozen import Damaged, values_of
from reports.layout import lay_out
from reports.models import Issue, Summary
from reports.proof import content_of

MOST = 60  # issues or drafts that one check looks into
log = logging.getLogger(__name__)


def former(outline: Outline, telling: Telling) -> list[Elsewhere]:
    """The latest issues of the same kind of summary for the same units, of the period before and of the
    same one a year earlier."""
    keys = {telling.period.previous().key, telling.period.compared().key}
    issues = Issue.objects.filter(
        kind=outline.kind, unit=telling.unit, group=telling.group, period_key__in=keys
    )
    return _issued(issues)


def told_elsewhere(outline: Outline, telling: Telling) -> list[Elsewhere]:
    """What units in sight, this one, those above and below, tell of the same days in other summaries of
    the same departments, issued or in hand. Of other departments nothing is told: not everybody who may
    read this summary may read theirs."""
    kinds = [each.kind for each in outlines if set(each.domains) <= set(outline.domains)]
    around = {telling.unit.pk, *telling.units}
    unit = telling.unit.parent
    while unit is not None:
        around.add(unit.pk)
        unit = unit.parent
    about = {"unit": telling.unit, "group": telling.group, "period_key": telling.period.key}
    itself = Q(kind=outline.kind, **about)
    issues = _issued(Issue.objects.filter(unit__in=around, kind__in=kinds).exclude(itself))
    drafts = Summary.objects.kept().filter(unit__in=around, kind__in=kinds, issues=None)
    return [each for each in [*issues, *_in_hand(drafts.exclude(itself))] if _meets(each, telling)]


def _meets(other: Elsewhere, telling: Telling) -> bool:
    period = telling.period
    return other.period.start <= period.end and period.start <= other.period.end


def _issued(issues: QuerySet[Issue]) -> list[Elsewhere]:
    """What they say as signed. A damaged one says nothing; its own page says so."""
    rows = issues.order_by("-issued_at").only("period_key", "content", "sha256")[:MOST]
    found = []
    for issue in rows:
        try:
            content = content_of(issue)
        except Damaged as damage:
            log.error("damaged evidence: %s", damage)
            continue
        found.append(Elsewhere(content["title"], issue.period, tuple(_lines(content))))
    return found


def _lines(content) -> Iterable[str]:
    parts = [(data["key"], data["heading"], data["text"]) for data in content["sections"]]
    for section in lay_out(content["title"], parts, values_of(content), {}).sections:
        for block in section.blocks:
            yield str(block)


def _in_hand(drafts) -> Iterable[Elsewhere]:
    """Their figures are left out: only numbers that stand in the text may differ from ours."""
    for summary in drafts.prefetch_related("sections").order_by("-pk")[:MOST]:
        blank = Grounds(summary.period)
        texts = [line for each in summary.sections.all() for line in each.text.split("\n")]
        lines = tuple(str(Printed(line, blank)) for line in texts)
        yield Elsewhere(summary.title, summary.period, lines)
