"""What supervision and ratings add to the page of a case: what was said, and what may be done."""

from django.urls import reverse

from portal.ledgers import Action
from portal.ledgers.offers import offers_on
from portal.ledgers.registry import ledgers
from portal.scope import access_of
from servicecenter.models import Case, Rating, Supervision
from servicecenter.selectors.cases_page import case_part
from servicecenter.services.ratings import rating_url_path
from servicecenter.workflow import CLERK, FINISHED, RUNNING, SUPERVISOR


@case_part(40, "servicecenter/_case_supervisions.html")
def supervised(case: Case, user) -> dict | None:
    rows = Supervision.objects.kept().filter(case=case).order_by("-occurred_on", "-pk")
    shown = [{"row": row, "url": ledgers["supervisions"].url("detail", row)} for row in rows]
    return {"supervisions": shown} if shown else None


@case_part(30, "servicecenter/_case_ratings.html")
def rated(case: Case, user) -> dict | None:
    """The ratings; or that there is none yet, while the applicant may still rate."""
    rows = Rating.objects.kept().filter(case=case).order_by("pk")
    shown = [{"row": row, "url": ledgers["ratings"].url("detail", row)} for row in rows]
    return {"ratings": shown} if shown or rating_url_path(case) else None


@offers_on("cases")
def supervise(case: Case, user) -> list[Action]:
    if case.state not in RUNNING | FINISHED:
        return []
    if not access_of(user).may(SUPERVISOR, case.unit_id):
        return []
    return [Action("督办", f"{reverse('case-supervise')}?case={case.pk}")]


@offers_on("cases")
def take_rating(case: Case, user) -> list[Action]:
    """At the window, on paper or by a call: staff write down what the applicant said."""
    if case.state not in FINISHED or not access_of(user).may(CLERK, case.unit_id):
        return []
    if Rating.objects.kept().filter(case=case, voided_on__isnull=True).exists():
        return []
    return [Action("登记评价", f"{ledgers['ratings'].url('add')}?case={case.pk}")]
