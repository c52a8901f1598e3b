"""What is due about subsidies: exactly what the check lists today."""

from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from disability.enums.subsidies import PaymentState, RunState, SubsidyRule
from disability.models import Payment, PaymentRun, Subsidy
from disability.selectors.subsidy_rules import UNDUE_ONES, open_rows, open_undue
from disability.worklists.plans import MonthsLater
from portal.worklists import Act, Group, Worklist, ledger_step, register, stepping


def missing(units):
    rows = open_rows(SubsidyRule.MISSING, timezone.localdate()).filter(unit__in=units)
    return rows.select_related("resident").order_by("-tag_since", "pk")


def undue(units):
    rows = Subsidy.objects.filter(open_undue(timezone.localdate()), unit__in=units)
    return rows.select_related("resident", "kind").order_by("starts_on", "pk")


def review(units):
    """Since a year reviewed by nobody: due a year after ``since``."""
    rows = open_rows(SubsidyRule.REVIEW, timezone.localdate()).filter(unit__in=units)
    rows = rows.annotate(review_on=MonthsLater(F("since"), Value(12)))
    return rows.select_related("resident", "kind").order_by("since", "pk")


def outcome(subsidy) -> str:
    """The page of the yearly review."""
    return reverse("subsidy-outcome", args=[SubsidyRule.REVIEW, subsidy.pk, subsidy.kind_id])


def outcome_of_missing(certificate) -> str:
    """The page of the check for the first of the kinds that the person lacks."""
    return reverse(
        "subsidy-outcome", args=[SubsidyRule.MISSING, certificate.pk, certificate.kinds[0]]
    )


def outcome_of_undue(subsidy) -> str:
    """The page of the check by the first rule that finds the subsidy undue."""
    return reverse("subsidy-outcome", args=[UNDUE_ONES, subsidy.pk, subsidy.kind_id])


def waiting_runs(units):
    """Drafted, and to be confirmed by somebody else."""
    rows = PaymentRun.objects.kept().filter(unit__in=units, state=RunState.DRAFT)
    return rows.filter(is_drafted=True).select_related("kind", "unit").order_by("month", "pk")


def of_others(rows, user):
    """Who drafted a run, or a line of it, does not confirm it."""
    own = Payment.objects.filter(Q(recorded_by=user) | Q(deleted_by=user), run=OuterRef("pk"))
    return rows.exclude(recorded_by=user).filter(~Exists(own))


def sent_back(units):
    """What the bank sent back and nobody has paid again."""
    rows = Payment.objects.kept().filter(unit__in=units, state=PaymentState.RETURNED)
    return rows.select_related("resident", "run__kind").order_by("returned_on", "pk")


def check_page(rule="") -> str:
    return reverse("subsidy-check") + (f"?rule={rule}" if rule else "")


register(
    Worklist(
        "disability.subsidy_missing",
        "残疾人补贴应享未享",
        "disability.view",
        missing,
        ledger="certificates",
        text=lambda row: f"{row.resident.name}：{'、'.join(row.names)}",
        all_of_them=lambda: check_page(SubsidyRule.MISSING),
        group=Group.MEND,
        act=Act("核查", outcome_of_missing),
    ),
    Worklist(
        "disability.subsidy_undue",
        "残疾人补贴疑似多享",
        "disability.view",
        undue,
        ledger="subsidies",
        text=lambda row: f"{row.resident.name}：{row.kind}",
        all_of_them=lambda: check_page(UNDUE_ONES),
        group=Group.MEND,
        act=Act("核查", outcome_of_undue),
    ),
    Worklist(
        "disability.subsidy_review",
        "残疾人补贴年度复核到期",
        "disability.view",
        review,
        ledger="subsidies",
        text=lambda row: f"{row.resident.name}：{row.kind}",
        due=lambda row: f"{row.since}",
        all_of_them=lambda: check_page(SubsidyRule.REVIEW),
        day="review_on",
        act=Act("复核", outcome),
    ),
    Worklist(
        "disability.payments_returned",
        "补贴被银行退回",
        "disability.view",
        sent_back,
        ledger="subsidy-payments",
        text=lambda row: f"{row.resident.name}：{row.run}",
        due=lambda row: f"{row.returned_on} 退回 {row.return_reason}",
        group=Group.BACK,
        act=ledger_step("重新发放", "subsidy-payments", "repay"),
    ),
    Worklist(
        "disability.subsidy_runs",
        "补贴发放批次待确认",
        "subsidies.confirm",
        waiting_runs,
        ledger="subsidy-runs",
        text=str,
        due=lambda run: str(run.unit),
        for_user=of_others,
        group=Group.DECIDE,
        act=stepping("确认", "subsidy-run-step", "confirm"),
    ),
)
