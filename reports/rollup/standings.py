"""How the summaries of the units right below stand: issued, on their way, or not begun."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from portal.periods import Period
from portal.summaries import Outline, Telling, outlines
from portal.telling import listed, month_day, plain
from reports.branches import Branch, below_word, branches
from reports.models import Issue, Summary
from reports.rollup.due import recorded, written_before
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


@dataclass(frozen=True)
class Tally:
    """How many of the units right below have issued one kind, and who has not."""

    outline: Outline
    done: int
    missing: list[str]


@dataclass(frozen=True)
class Tallied:
    """Of the kinds that the units right below issued or owe: who has issued. Nothing of other kinds."""

    telling: Telling
    word: str  # what the units are called together
    count: int
    tallies: list[Tally]

    @property
    def sentence(self) -> str:
        """截至次年1月15日，所辖12个社区中，残疾人工作总结已签发9份，尚未签发的是…；环卫工作总结均未签发。
        所辖12个社区均未签发残疾人工作总结。 "" where there is nothing to tell."""
        begun = [_said(each) for each in self.tallies if each.done]
        none = listed(each.outline.name for each in self.tallies if not each.done)
        start = f"截至{_today(self.telling.period)}，所辖{self.count}个{self.word}"
        if begun:
            told = "；".join([*begun, *([f"{none}均未签发"] if none else [])])
            return f"{start}中，{told}。"
        return f"{start}均未签发{none}。" if none else ""

    @property
    def warnings(self) -> list[str]:
        """One of each kind that is not complete."""
        period = self.telling.period.label
        return [
            f"还有{len(each.missing)}个{self.word}没有签发{period}{each.outline.name}："
            f"{'、'.join(each.missing)}。"
            if each.done
            else f"所辖{self.count}个{self.word}都没有签发{period}{each.outline.name}。"
            for each in self.tallies
            if each.missing
        ]


def _said(tally: Tally) -> str:
    names = f"，尚未签发的是{listed(map(plain, tally.missing))}" if tally.missing else ""
    return f"{tally.outline.name}已签发{tally.done}份{names}"


def tallied(outline: Outline, telling: Telling, below: list[Below] | None = None) -> Tallied:
    """``below`` are the ``standings`` of the kinds below, where they are known already."""
    kinds = kinds_below(outline)
    below = standings(telling, kinds) if below is None else below
    missing = {
        o.kind: [b.branch.name for b in below if not b.standings[o.kind].issue] for o in kinds
    }
    begun = {kind for kind, names in missing.items() if len(names) < len(below)}
    told = begun | (_owed([o for o in kinds if o.kind not in begun], outline, telling, below))
    return Tallied(
        telling,
        below_word([each.branch for each in below]) if below else "",
        len(below),
        [
            Tally(o, len(below) - len(missing[o.kind]), missing[o.kind])
            for o in kinds
            if o.kind in told
        ],
    )


def _owed(kinds: list[Outline], outline: Outline, telling: Telling, below: list[Below]) -> set[str]:
    """The kinds that somebody below drafts or issued before; for a roll-up also those with records."""
    if not kinds or not below:
        return set()
    drafted = {
        o.kind
        for o in kinds
        for b in below
        if (s := b.standings[o.kind].summary) and not s.automatic
    }
    owed = drafted | written_before(kinds, [each.branch.pk for each in below])
    if outline.rolls_up and owed != {o.kind for o in kinds}:
        units = frozenset().union(*(each.branch.units for each in below))
        owed |= recorded(kinds, telling, units)
    return owed


def issued_below(outline: Outline, telling: Telling) -> str:
    """What a summary says of the summaries that it joins; "" where there is nothing to tell."""
    return tallied(outline, telling).sentence


def _today(period: Period) -> str:
    """The day on which it is said, without a year where that is clear."""
    day = timezone.localdate()
    years = day.year - period.end.year
    if years > 1:
        return "起草时"
    return f"{'次年' if years == 1 else ''}{month_day(day)}"
