"""What waits for review or signature, and what came back, for the home page."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.scope import access_of
from portal.worklists import Act, Group, Worklist, recorded, register
from reports.holders import mine
from reports.models import Summary
from reports.workflow import DRAFTS, ISSUES, REVIEWS, SummaryState


def in_state(state: str):
    def rows(units):
        return (
            Summary.objects.kept()
            .filter(state=state, unit__in=units)
            .select_related("unit")
            .order_by("recorded_at", "pk")
        )

    return rows


def came_back(rows, user):
    """Of the own office: a street mends none of its communities' drafts."""
    own = {assignment.unit_id for assignment in access_of(user).assignments}
    return rows.visible_to(user).filter(unit__in=own)


def drafted_by(rows, user):
    """One's own drafts; those that the night drafted are nobody's."""
    return came_back(rows, user).filter(recorded(user, "summaries"))


def declared(code, title, permission, state, for_user, group, label):
    return Worklist(
        code,
        title,
        permission,
        in_state(state),
        ledger="",
        text=lambda row: row.title,
        due=lambda row: str(row.unit),
        address=lambda row: row.get_absolute_url(),
        all_of_them=lambda: f"{reverse('summary-list')}?{urlencode({'state': state})}",
        for_user=for_user,
        group=group,
        act=Act(label, lambda row: row.get_absolute_url()),
    )


register(
    declared(
        "reports.to_review",
        "总结待我审核",
        REVIEWS,
        SummaryState.SUBMITTED,
        lambda rows, user: mine(rows, user, REVIEWS),
        Group.DECIDE,
        "审核",
    ),
    declared(
        "reports.to_issue",
        "总结待我签发",
        ISSUES,
        SummaryState.REVIEWED,
        lambda rows, user: mine(rows, user, ISSUES),
        Group.DECIDE,
        "签发",
    ),
    declared(
        "reports.returned",
        "总结被退回",
        DRAFTS,
        SummaryState.RETURNED,
        came_back,
        Group.BACK,
        "修改",
    ),
    declared(
        "reports.drafts",
        "我起草的总结",
        DRAFTS,
        SummaryState.DRAFT,
        drafted_by,
        Group.DRAFT,
        "接着写",
    ),
)
