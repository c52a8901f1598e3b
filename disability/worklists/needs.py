"""What is due of the needs survey: who was not asked this year, what was not met."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from disability.enums.steps import UNMET
from disability.models import Need, NeedsSurvey
from portal.figures.engine import evidence
from portal.periods import Period
from portal.worklists import Group, Worklist, adding, ledger_step, register

PATIENCE = timedelta(days=60)


def not_surveyed(units):
    """Open files of the living whom this year's round has not asked yet."""
    today = timezone.localdate()
    so_far = Period(date(today.year, 1, 1), today)
    asked = NeedsSurvey.objects.kept().filter(resident=OuterRef("resident"), year=today.year)
    rows = evidence("disability.registered", units, so_far)
    rows = rows.filter(~Exists(asked), resident__died_on__isnull=True)
    return rows.select_related("resident").order_by("opened_on", "pk")


def unmet(units):
    """Raised two months ago and not met yet, the oldest first."""
    rows = Need.objects.kept().filter(
        unit__in=units,
        state__in=sorted(UNMET),
        occurred_on__lt=timezone.localdate() - PATIENCE,
        resident__died_on__isnull=True,
    )
    return rows.select_related("resident").order_by("occurred_on", "pk")


register(
    Worklist(
        "disability.not_surveyed",
        "在册残疾人本年尚未做需求调查",
        "disability.view",
        not_surveyed,
        ledger="disability-files",
        text=lambda row: row.resident.name,
        group=Group.MEND,
        act=adding("登记调查", "needs-surveys", resident="resident_id"),
    ),
    Worklist(
        "disability.unmet_needs",
        "康复需求提出两个月仍未满足",
        "disability.view",
        unmet,
        ledger="rehab-needs",
        text=lambda row: (
            f"{row.resident.name}：{row.get_kind_display()}{row.item and f'（{row.item}）'}"
        ),
        due=lambda row: f"{row.occurred_on} 提出",
        group=Group.MEND,
        act=ledger_step("已满足", "rehab-needs", "meet"),
    ),
)
