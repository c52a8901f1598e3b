"""What a step of a summary tells, and to whom: the next to act, and whoever wrote it."""

from django.urls import reverse

from portal.models import User
from portal.notifying import holders, notify
from reports.models import ReviewStep, Summary
from reports.workflow import ISSUES, REVIEWS

# The step: the kind of message, and the permission of those who are to act next ("" for the writers).
NEWS = {
    "submit": ("summaries.submitted", REVIEWS),
    "return": ("summaries.returned", ""),
    "review": ("summaries.reviewed", ISSUES),
    "issue": ("summaries.issued", ""),
    "withdraw": ("summaries.withdrawn", ""),
}


def tell(summary: Summary, name: str, by) -> None:
    """Called when the step is stored. Nobody is asked to review what they submitted."""
    if name not in NEWS:
        return
    kind, permission = NEWS[name]
    people = (
        holders((permission, "figures.view"), summary.unit_id, but=by)
        if permission
        else _writers(summary)
    )
    notify(
        kind,
        to=people,
        url=reverse("summary-detail", args=[summary.pk]),
        unit=summary.unit_id,
        by=by,
        title=summary.title,
    )


def _writers(summary: Summary) -> list[User]:
    """Who submitted it, last or before, and who began it."""
    steps = ReviewStep.objects.filter(summary=summary, step="submit").values("taken_by")
    return list(User.objects.filter(pk__in=steps) | User.objects.filter(pk=summary.recorded_by_id))
