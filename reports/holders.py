"""Who has a summary on the table: by name, since when, and what is mine to do."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.models import RoleAssignment
from portal.roles import DUTIES
from portal.scope import access_of
from reports.models import Comment, ReviewStep, Summary
from reports.workflow import EDITABLE, ISSUES, REVIEWS, UNDER_REVIEW, SummaryState

ASKED = {SummaryState.SUBMITTED: REVIEWS, SummaryState.REVIEWED: ISSUES}
NAMES_SHOWN = 2


def roles_with(permission: str) -> list[str]:
    return [role for role, duty in DUTIES.items() if permission in duty.permissions]


def _holding(permission: str) -> QuerySet:
    today = timezone.localdate()
    return RoleAssignment.objects.valid_on(today).filter(
        role__in=roles_with(permission), user__is_active=True
    )


def submitters() -> Subquery:
    steps = ReviewStep.objects.filter(summary=OuterRef("pk"), step="submit").order_by("-pk")
    return Subquery(steps.values("taken_by")[:1])


def with_way(summaries: QuerySet) -> QuerySet:
    """Each with ``since`` (of its state), ``submitter`` (id) and ``open_remarks`` (all may see them)."""
    steps = ReviewStep.objects.filter(summary=OuterRef("pk")).order_by("-pk")
    remarks = (
        Comment.objects.kept()
        .filter(summary=OuterRef("pk"), reply_to=None, resolved_at=None)
        .exclude(demanded=True, summary__state__in=UNDER_REVIEW)
        .order_by()
        .values("summary")
        .annotate(count=Count("pk"))
    )
    return summaries.annotate(
        since=Coalesce(Subquery(steps.values("taken_at")[:1]), "recorded_at"),
        submitter=submitters(),
        open_remarks=Coalesce(Subquery(remarks.values("count")), 0),
    )


def holders_of(summaries: list[Summary]) -> dict[int, str]:
    """Who is asked now, by summary, of rows ``with_way``: names at the unit, else the unit above.

    Nobody for those that are out.
    """
    waiting = [summary for summary in summaries if summary.state in ASKED]
    people = defaultdict(list)
    for permission in {ASKED[summary.state] for summary in waiting}:
        rows = _holding(permission).filter(unit__in={summary.unit_id for summary in waiting})
        for row in rows.select_related("user").order_by("user__name", "pk"):
            people[permission, row.unit_id].append(row.user)
    return {summary.pk: _holder(summary, people) for summary in summaries}


def _holder(summary: Summary, people) -> str:
    if summary.state in EDITABLE:
        return str(summary.recorded_by or "")
    if summary.state not in ASKED:
        return ""
    permission = ASKED[summary.state]
    others = [
        user.name
        for user in dict.fromkeys(people[permission, summary.unit_id])
        if permission != REVIEWS or user.pk != summary.submitter
    ]
    if not others:
        return str(summary.unit.parent or summary.unit)
    more = f"等{len(others)}人" if len(others) > NAMES_SHOWN else ""
    return "、".join(others[:NAMES_SHOWN]) + more


def mine(summaries: QuerySet, user, permission: str) -> QuerySet:
    """Of those that wait for ``permission``: of my own office, or of one below that has nobody else.

    Nobody is asked to review what they submitted themselves.
    """
    own = {assignment.unit_id for assignment in access_of(user).assignments}
    rows = summaries.visible_to(user).annotate(submitter=submitters())
    there = _holding(permission).filter(unit=OuterRef("unit"))
    if permission == REVIEWS:
        rows = rows.exclude(submitter=user.pk)
        there = there.exclude(user=OuterRef("submitter"))
    return rows.filter(Q(unit__in=own) | ~Exists(there))
