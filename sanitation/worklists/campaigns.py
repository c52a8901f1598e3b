"""What is due of clean-ups, hot spots and plans."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.ledgers.shares import part_of
from portal.office.models import WorkTask
from portal.worklists import Worklist, register
from residents.enums import ProblemState
from residents.models import Activity, Problem
from residents.worklists import days_overdue
from sanitation.models import CleanupDetail
from sanitation.selectors.shares import CLEANUPS, HOT_SPOTS

REMEMBERED, SOON = timedelta(days=180), timedelta(days=7)


def without_detail(units):
    """Clean-ups of the last half year of which nobody told what they brought away, whoever held them."""
    details = CleanupDetail.objects.kept().filter(activity=OuterRef("pk"))
    rows = Activity.objects.kept().filter(
        CLEANUPS,
        ~Exists(details),
        unit__in=units,
        occurred_on__gte=timezone.localdate() - REMEMBERED,
    )
    return rows.order_by("occurred_on", "pk")


def told_twice(units):
    """The street's of the last half year that one of its communities told too, by title and day."""
    below = Activity.objects.kept().filter(
        CLEANUPS,
        unit__parent=OuterRef("unit"),
        title=OuterRef("title"),
        occurred_on=OuterRef("occurred_on"),
    )
    rows = Activity.objects.kept().filter(
        CLEANUPS,
        Exists(below),
        unit__in=units,
        occurred_on__gte=timezone.localdate() - REMEMBERED,
    )
    return rows.order_by("occurred_on", "pk")


def overdue(units):
    """Hot spots not settled though the day has passed, the longest overdue first."""
    rows = evidence("sanitation.hot_spots_pending", units, all_dates())
    return rows.filter(due_on__lt=timezone.localdate()).order_by("due_on", "pk")


def unassigned(units):
    rows = Problem.objects.kept().filter(
        HOT_SPOTS, unit__in=units, state=ProblemState.OPEN, owner=""
    )
    return rows.order_by("occurred_on", "pk")


def tasks(units):
    ours = part_of("plan__domains", "sanitation")["where"]
    rows = WorkTask.objects.kept().filter(
        ours,
        unit__in=units,
        done_on__isnull=True,
        cancelled_on__isnull=True,
        due_on__lte=timezone.localdate() + SOON,
    )
    return rows.order_by("due_on", "pk")


def listed(code, title, rows, ledger, text, due) -> Worklist:
    return Worklist(f"sanitation.{code}", title, "sanitation.edit", rows, ledger, text, due)


register(
    listed(
        "cleanups_without_detail",
        "集中清理没有填写清理成果",
        without_detail,
        "cleanups",
        lambda row: row.title,
        lambda row: f"{row.occurred_on}",
    ),
    listed(
        "cleanups_told_twice",
        "街道和社区都登记了的集中清理，次数和人次重复",
        told_twice,
        "cleanups",
        lambda row: row.title,
        lambda row: f"{row.occurred_on}",
    ),
    listed(
        "hot_spots_overdue",
        "环境卫生热点问题超过办理期限",
        overdue,
        "hot-spots",
        lambda row: f"{row.title}（{row.owner or '未定责任人'}）",
        days_overdue,
    ),
    listed(
        "hot_spots_unassigned",
        "环境卫生热点问题还没有责任人",
        unassigned,
        "hot-spots",
        str,
        lambda row: f"{row.occurred_on}",
    ),
    listed(
        "tasks_due",
        "环卫工作任务即将到期",
        tasks,
        "sanitation-tasks",
        lambda row: f"{row.title}（{row.owner}）",
        lambda row: f"{row.due_on} 到期",
    ),
)
