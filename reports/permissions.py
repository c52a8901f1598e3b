"""Who may write and sign summaries. Reading follows ``visible_to``."""

from django.db.models import Q

from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import Denied, access_of
from portal.summaries import Outline, outlines
from reports.models import Issue, Summary
from reports.workflow import ISSUES, OUT


def may_draft(user, summary: Summary) -> bool:
    return summary.is_draft and access_of(user).may("summaries.draft", summary.unit_id)


def may_issue(user, summary: Summary) -> bool:
    return summary.is_draft and access_of(user).may("summaries.issue", summary.unit_id)


def check_draft(user, unit_id: int, outline: Outline) -> None:
    """Raise Denied unless ``user`` writes summaries of the unit and sees the records told."""
    access = access_of(user)
    for permission in ("summaries.draft", "figures.view", f"{outline.domain}.view"):
        access.check(permission, unit_id)


def check_issue(user, summary: Summary) -> None:
    access_of(user).check("summaries.issue", summary.unit_id)


def check_open(summary: Summary) -> None:
    if not summary.is_draft:
        raise Denied("这份总结已经签发，不能再改；需要更正的，请另起草稿再次签发。")


def may_withdraw(user, issue: Issue) -> bool:
    return issue.summary.state in OUT and access_of(user).may(ISSUES, issue.unit_id)


def may_take_pdf(user, issue: Issue) -> bool:
    """Of what was withdrawn only those who sign take the file, to answer for it."""
    withdrawn = issue.summary.state == Summary.State.WITHDRAWN
    return not withdrawn or access_of(user).may(ISSUES, issue.unit_id)


def check_pdf(user, issue: Issue) -> None:
    if not may_take_pdf(user, issue):
        raise Denied("这份签发件已撤回，不再提供下载；确需使用的，请向签发人索取。")


def drafting_units(user):
    """Communities, streets and districts for which ``user`` may draft something."""
    units = access_of(user).units("summaries.draft")
    return Unit.objects.filter(~Q(kind=UnitKind.GRID), pk__in=units).order_by("code")


def drafting_outlines(user) -> list[Outline]:
    access = access_of(user)
    return [outline for outline in outlines if access.may(f"{outline.domain}.view")]
