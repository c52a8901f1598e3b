"""What is due about subsidies: exactly what the check lists today."""

from django.urls import reverse
from django.utils import timezone

from disability.enums.subsidies import SubsidyRule
from disability.models import Subsidy
from disability.selectors.subsidy_rules import open_rows, open_undue
from portal.worklists import Worklist, register


def missing(units):
    rows = open_rows(SubsidyRule.MISSING, timezone.localdate()).filter(unit__in=units)
    return rows.select_related("resident").order_by("-tag_since", "pk")


def undue(units):
    rows = Subsidy.objects.filter(open_undue(timezone.localdate()), unit__in=units)
    return rows.select_related("resident", "kind").order_by("starts_on", "pk")


def review(units):
    rows = open_rows(SubsidyRule.REVIEW, timezone.localdate()).filter(unit__in=units)
    return rows.select_related("resident", "kind").order_by("since", "pk")


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
    ),
    Worklist(
        "disability.subsidy_undue",
        "残疾人补贴疑似多享",
        "disability.view",
        undue,
        ledger="subsidies",
        text=lambda row: f"{row.resident.name}：{row.kind}",
        all_of_them=lambda: check_page("undue"),
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
    ),
)
