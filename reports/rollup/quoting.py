"""What may be quoted in a draft: paragraphs of issued summaries of the units below."""

from dataclasses import dataclass

from django.db.models import Q

from portal.summaries import outlines
from portal.telling import plain, titled
from reports.frozen import laid_out
from reports.layout import Paragraph
from reports.models import Issue, Summary
from reports.proof import content_of
from reports.workflow import OUT

SOURCE = "（摘自"  # what stands right behind quoted words


@dataclass(frozen=True)
class Quotable:
    """One paragraph as it stands in an issue, its numbers as words; ``key`` names it in a form."""

    key: str
    heading: str
    words: str


def quotable_issues(summary: Summary, user) -> list[Issue]:
    """The last issue of each summary below whose period lies within this one's, that the user may read: of
    the departments alone that every reader of this one sees."""
    telling = summary.telling
    of_groups = (
        Q(unit=summary.unit, group__isnull=False) if summary.group_id is None else Q(pk=None)
    )
    below = Q(unit__in=telling.units, group__isnull=True) & ~Q(unit=summary.unit)
    kinds = [o.kind for o in outlines if set(o.domains) <= set(summary.outline.domains)]
    issues = (
        Issue.objects.visible_to(user)
        .filter(below | of_groups, summary__state__in=OUT, kind__in=kinds)
        .defer("content", "pdf", "public_pdf")
        .select_related("unit", "group", "summary")
        .order_by("unit__code", "kind", "period_key", "number")
    )
    last = {(i.kind, i.unit_id, i.group_id, i.period_key): i for i in issues}
    return [issue for issue in last.values() if _within(issue.period, telling.period)]


def _within(period, other) -> bool:
    return other.start <= period.start and period.end <= other.end


def paragraphs_of(issue: Issue) -> list[Quotable]:
    """In order, tables left out. Raises Damaged where the issue is not what was signed."""
    return [
        Quotable(f"{section.key}-{place}", section.heading, str(block))
        for section in laid_out(content_of(issue)).sections
        for place, block in enumerate(section.blocks)
        if isinstance(block, Paragraph)
    ]


def one_line(words: str) -> str:
    """The words as they stand in stored text."""
    return " ".join(plain(words).split())


def with_source(words: str, title: str) -> str:
    """The words as one line of stored text, followed by where they come from."""
    return f"{one_line(words)}{SOURCE}{titled(title)}）"
