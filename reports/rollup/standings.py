"""How the summaries of the units right below stand: issued, on their way, or not begun."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from portal.periods import Period
from portal.summaries import Outline, Telling, outlines
from portal.telling import listed, month_day, plain
from reports.branches import Branch, below_word, branches
from reports.models import Issue, Summary
from reports.workflow import OPEN, OUT, SummaryState

NOTHING_YET = ("neutral", "没有")
TONES = {
    SummaryState.DRAFT: "info",
    SummaryState.RETURNED: "warn",
    SummaryState.SUBMITTED: "info",
    SummaryState.REVIEWED: "info",
}


@dataclass(frozen=True)
class Standing:
    """One unit's summary of one kind and period: what is issued of it, and what is on its way."""

    outline: Outline
    issue: Issue | None = None
    summary: Summary | None = None

    @property
    def state(self) -> tuple[str, str]:
        """(tone, words)."""
        if self.issue is not None:
            return "good", f"第{self.issue.number}次签发"
        if self.summary is None:
            return NOTHING_YET
        state = SummaryState(self.summary.state)
        return TONES[state], str(state.label)


@dataclass(frozen=True)
class Below:
    """A unit right below with its summaries by kind."""

    branch: Branch
    standings: Mapping[str, Standing]

    @property
    def issues(self) -> list[Issue]:
        return [each.issue for each in self.standings.values() if each.issue]


def kinds_below(outline: Outline) -> list[Outline]:
    """The outlines that the units below write and this one joins: the same, or all that are no roll-up."""
    if not outline.rolls_up:
        return [outline]
    known = (o for o in outlines if not o.rolls_up and set(o.domains) <= set(outline.domains))
    return sorted(known, key=lambda each: each.kind)


def standings(telling: Telling, kinds: Iterable[Outline]) -> list[Below]:
    """For each unit right below one entry, by code; a summary that was taken back does not count. Issues
    come without their content."""
    kinds = list(kinds)
    found = [branch for branch in branches(telling) if not branch.own]
    about = {
        "unit__in": [branch.pk for branch in found],
        "kind__in": [outline.kind for outline in kinds],
        "period_key": telling.period.key,
        "group": None,
    }
    issues = Issue.objects.filter(**about, summary__state__in=OUT).order_by("number")
    issues = issues.defer("content", "pdf", "public_pdf")
    issued = {(issue.unit_id, issue.kind): issue for issue in issues}
    on_way = Summary.objects.kept().filter(**about, state__in=OPEN)
    open_ones = {(summary.unit_id, summary.kind): summary for summary in on_way}
    return [
        Below(
            branch,
            {
                o.kind: Standing(
                    o, issued.get((branch.pk, o.kind)), open_ones.get((branch.pk, o.kind))
                )
                for o in kinds
            },
        )
        for branch in found
    ]


def issued_below(outline: Outline, telling: Telling) -> str:
    """What a summary says of the summaries that it joins; "" where nobody below has issued one."""
    kinds = kinds_below(outline)
    below = standings(telling, kinds)
    return said_of(telling, kinds, below) if below else ""


def said_of(telling: Telling, kinds: Iterable[Outline], below: list[Below]) -> str:
    """截至次年1月15日，12个社区中，残疾人工作总结9个已签发，尚未签发的为… of the kinds of which any is
    issued; "" where none is."""
    told = []
    for outline in kinds:
        missing = [b.branch.name for b in below if not b.standings[outline.kind].issue]
        done = len(below) - len(missing)
        if not done:
            continue
        names = f"，尚未签发的是{listed(map(plain, missing))}" if missing else ""
        told.append(f"{outline.name}已签发{done}份{names}")
    if not told:
        return ""
    word = below_word([each.branch for each in below])
    return f"截至{_today(telling.period)}，所辖{len(below)}个{word}中，{'；'.join(told)}。"


def _today(period: Period) -> str:
    """The day on which it is said, without a year where that is clear."""
    day = timezone.localdate()
    years = day.year - period.end.year
    if years > 1:
        return "起草时"
    return f"{'次年' if years == 1 else ''}{month_day(day)}"
