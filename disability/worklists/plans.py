"""What is due of plans: reviews by the plan's own months, and plans whose time is over."""

from django.db.models import DateField, F, Func, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from disability.enums.plans import PlanState
from disability.models import PlanReview, RehabPlan
from portal.worklists import Group, Worklist, adding, editing, ledger_step, register


class MonthsLater(Func):
    """A day and a number of months: the day so many months later, never beyond that month's end."""

    template, arg_joiner = "(%(expressions)s)::date", " + INTERVAL '1 month' * "
    output_field = DateField()


def carried_out(units):
    return RehabPlan.objects.kept().filter(
        unit__in=units, state=PlanState.ACTIVE, resident__died_on__isnull=True
    )


def review_due(units):
    """Carried out, and its months have passed since the last review, or since it began."""
    last = PlanReview.objects.kept().filter(plan=OuterRef("pk")).order_by("-occurred_on")
    since = Coalesce(Subquery(last.values("occurred_on")[:1]), F("starts_on"))
    rows = carried_out(units).annotate(due_on=MonthsLater(since, F("review_months")))
    rows = rows.filter(due_on__lte=timezone.localdate())
    return rows.select_related("resident").order_by("due_on", "pk")


def time_over(units):
    """Still 执行中 although the planned last day has passed."""
    rows = carried_out(units).filter(ends_on__lt=timezone.localdate())
    return rows.select_related("resident").order_by("ends_on", "pk")


def without_consent(units):
    rows = carried_out(units).filter(consented_on__isnull=True)
    return rows.select_related("resident").order_by("made_on", "pk")


register(
    Worklist(
        "disability.review_due",
        "康复方案该复评了",
        "disability.view",
        review_due,
        ledger="rehab-plans",
        text=str,
        due=lambda plan: f"应于 {plan.due_on} 复评",
        day="due_on",
        act=adding("登记复评", "plan-reviews", plan="pk"),
    ),
    Worklist(
        "disability.plan_over",
        "康复方案已到期，还没有完成或中止",
        "disability.view",
        time_over,
        ledger="rehab-plans",
        text=str,
        due=lambda plan: f"{plan.ends_on} 到期",
        day="ends_on",
        act=ledger_step("完成", "rehab-plans", "finish"),
    ),
    Worklist(
        "disability.plan_without_consent",
        "康复方案还没有告知本人并取得同意",
        "disability.view",
        without_consent,
        ledger="rehab-plans",
        text=str,
        due=lambda plan: f"{plan.made_on} 制订",
        group=Group.MEND,
        act=editing("补记同意"),
    ),
)
