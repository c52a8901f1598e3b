"""Who may write, review, remark on and sign summaries. Reading follows ``visible_to``."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q

from portal.figures import figures
from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.scope import Denied, access_of
from portal.summaries import ABOVE_COMMUNITIES, Outline, Telling, outlines
from reports.models import Comment, Issue, Summary, Tombstone
from reports.readings import codes_of
from reports.tokens import codes_in
from reports.workflow import (
    CLOSED_WORDS,
    DRAFTS,
    ISSUES,
    REVIEWS,
    SUMMARY,
    UNDER_REVIEW,
)


def check_told(user, unit_id: int, outline: Outline, permission: str) -> None:
    """Raise Denied unless ``user`` holds the permission there and sees the records told."""
    access = access_of(user)
    domains = (f"{domain}.view" for domain in outline.domains)
    for asked in (permission, "figures.view", *domains):
        access.check(asked, unit_id)


def check_draft(user, unit_id: int, outline: Outline) -> None:
    """Raise Denied unless ``user`` writes summaries of the unit and sees the records told."""
    check_told(user, unit_id, outline, DRAFTS)


def may_draft(user, summary: Summary) -> bool:
    return summary.is_draft and access_of(user).may(DRAFTS, summary.unit_id)


def check_tokens(
    user, summary: Summary, texts: Mapping[str, str], present: Mapping[str, str]
) -> None:
    """Raise ValidationError by section key where ``texts`` tell figures that ``user`` does not see at all
    the units told of, unless they are the outline's own or stand in the ``present`` texts already."""
    access = access_of(user)
    units = summary.group.members if summary.group_id else [summary.unit_id]
    known = {code for text in present.values() for code in codes_in(text)}
    known.update(codes_of(summary.outline))
    refused = {
        key: [
            figures[code].label
            for code in codes_in(text)
            if code not in known
            and not all(access.may(figures[code].permission, unit) for unit in units)
        ]
        for key, text in texts.items()
    }
    if found := {key: _foreign(labels) for key, labels in refused.items() if labels}:
        raise ValidationError(found)


def _foreign(labels: list[str]) -> str:
    return f"您没有查看这些指标的权限，不能写入总结：{'、'.join(labels)}。请改用本条线的指标。"


def sees_residents(user, telling: Telling) -> bool:
    """Whether ``user`` may read the residents' register of all that is told of."""
    access = access_of(user)
    units = telling.group.members if telling.group else [telling.unit.pk]
    return all(access.may("residents.view", unit) for unit in units)


def check_suits(outline: Outline, unit: Unit, group: UnitGroup | None) -> None:
    if not outline.suits(unit, group):
        raise Denied(f"“{outline.name}”汇总几个社区的工作，只由街道、区县或社区组起草。")


def check_open(summary: Summary) -> None:
    """Raise Denied where the words may not be changed now, saying who has them."""
    if not summary.is_draft:
        raise Denied(CLOSED_WORDS[summary.state])


def check_step(user, summary: Summary, name: str) -> None:
    """Raise Denied unless ``user`` may take the step of ``reports.workflow`` in the present state.

    Nobody reviews or returns what they submitted themselves, also not when others have passed it: of a
    head who wrote it the street reviews.
    """
    step = SUMMARY.steps[name]
    check_told(user, summary.unit_id, summary.outline, step.who)
    if summary.state not in step.sources:
        raise Denied(f"这份总结现在是“{summary.get_state_display()}”，不能{step.label}。")
    judged = summary.state in UNDER_REVIEW and step.who == REVIEWS
    if judged and submitter_of(summary) == user.pk:
        raise Denied("这份总结是您送审的，不能由您自己审核；请由其他审核人或上级审核。")


def submitter_of(summary: Summary) -> int | None:
    """The account that submitted it last; None while nobody has."""
    return (
        summary.steps.filter(step="submit")
        .order_by("-pk")
        .values_list("taken_by", flat=True)
        .first()
    )


def may_take(user, summary: Summary, name: str) -> bool:
    try:
        check_step(user, summary, name)
    except Denied:
        return False
    return True


def check_remark(user, summary: Summary) -> None:
    """Whoever drafts, reviews or signs at the unit may remark, while the summary is on its way."""
    if not summary.is_open:
        raise Denied(CLOSED_WORDS[summary.state])
    access = access_of(user)
    held = [name for name in (DRAFTS, REVIEWS, ISSUES) if access.may(name, summary.unit_id)]
    check_told(user, summary.unit_id, summary.outline, held[0] if held else DRAFTS)


def check_settle(user, comment: Comment) -> None:
    """A reason of a return is under review taken back by who reviews, never by who submitted the summary;
    after the return it is settled by who drafts. Other remarks are settled by all."""
    summary = comment.summary
    check_remark(user, summary)
    if comment.demanded and summary.state in UNDER_REVIEW:
        check_step(user, summary, "return")


def may_take_pdf(user, issue: Issue) -> bool:
    """Of what was withdrawn only those who sign take the file, to answer for it."""
    withdrawn = issue.summary.state == Summary.State.WITHDRAWN
    return not withdrawn or access_of(user).may(ISSUES, issue.unit_id)


def check_pdf(user, issue: Issue) -> None:
    if not may_take_pdf(user, issue):
        raise Denied("这份签发件已撤回，不再提供下载；确需使用的，请向签发人索取。")


def check_made(issue: Issue) -> None:
    """Raise Denied where the words may no longer leave as a new file: the persons in them were disposed of."""
    if is_disposed(issue):
        raise Denied(
            "所依据的记录已依法处置，不再另外生成文件；正文文字照签发时保留在网页上，需要文件的请下载公开版。"
        )


def is_disposed(issue: Issue) -> bool:
    return issue.tombstones.filter(kind=Tombstone.Kind.DISPOSED).exists()


def check_paper(user, summary: Summary) -> None:
    """Who reviews or signs lays a draft out for print; nobody what was signed: that has its own file."""
    check_unsigned(summary)
    access = access_of(user)
    if not any(access.may(name, summary.unit_id) for name in (REVIEWS, ISSUES)):
        access.check(REVIEWS, summary.unit_id)


def check_unsigned(summary: Summary) -> None:
    """Raise Denied for what was signed, archived or withdrawn: it has a file of its own."""
    if not summary.is_open:
        raise Denied("这份总结已经签发，不再生成草稿；请在签发件的页面查看和下载。")


def drafting_units(user):
    """Communities, streets and districts for which ``user`` may draft something."""
    units = access_of(user).units(DRAFTS)
    return Unit.objects.filter(~Q(kind=UnitKind.GRID), pk__in=units).order_by("code")


def drafting_groups(user):
    """Groups of communities of the units for which ``user`` drafts."""
    units = access_of(user).units(DRAFTS)
    return UnitGroup.objects.kept().filter(unit__in=units).select_related("unit")


def grouping_units(user):
    """Streets and districts whose communities ``user`` may group."""
    return drafting_units(user).filter(kind__in=ABOVE_COMMUNITIES)


def check_group(user, unit_id: int) -> None:
    access_of(user).check(DRAFTS, unit_id)


def drafting_outlines(user) -> list[Outline]:
    """The kinds that ``user`` may draft somewhere, by letter; roll-ups only above communities."""
    access = access_of(user)
    units = list(drafting_units(user))
    found = [
        outline
        for outline in outlines
        if all(access.may(f"{domain}.view") for domain in outline.domains)
        and any(outline.suits(unit) for unit in units)
    ]
    return sorted(found, key=lambda outline: outline.kind)
