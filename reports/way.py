"""The way of a summary so far, who has it now, and what may be done next; what was submitted anew."""

from dataclasses import dataclass

from reports.checks.findings import TITLE
from reports.differences import Difference, compared
from reports.holders import holders_of, with_way
from reports.models import ReviewStep, Revision, Section, Summary
from reports.permissions import may_take
from reports.remarks import headings_of
from reports.workflow import SUMMARY


@dataclass(frozen=True)
class Way:
    """``next`` are the steps, by name, that the user may take in the present state."""

    steps: list[ReviewStep]
    holder: str
    since: object
    next: dict[str, str]


def way_of(summary: Summary, user) -> Way:
    row = with_way(Summary.objects.filter(pk=summary.pk)).select_related(
        "unit__parent", "recorded_by"
    )[0]
    steps = list(summary.steps.select_related("taken_by").order_by("pk"))
    possible = SUMMARY.steps_from(summary.state)
    return Way(
        steps=steps,
        holder=holders_of([row])[row.pk],
        since=row.since,
        next={name: step.label for name, step in possible.items() if may_take(user, summary, name)},
    )


def words_of(revision: Revision) -> dict[str, str]:
    return {TITLE: revision.title, **revision.texts}


def between(older: Revision, newer: Revision, sections: list[Section]) -> Difference:
    return compared(words_of(older), words_of(newer), headings_of(sections))


def changed_since_submitted(
    summary: Summary, steps: list[ReviewStep], sections: list[Section]
) -> Difference | None:
    """What the last 送审 changed against the one before; None when it was the first."""
    numbers = [step.revision for step in steps if step.step == "submit" and step.revision]
    if len(numbers) < 2:
        return None
    found = {r.number: r for r in summary.revisions.filter(number__in=numbers[-2:])}
    return between(found[numbers[-2]], found[numbers[-1]], sections)
