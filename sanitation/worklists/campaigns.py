"""What is due of clean-ups, hot spots and plans."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.ledgers.shares import part_of
from portal.office.models import IncomingDocument, WorkTask
from portal.worklists import Act, Group, Worklist, editing, marking, register
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
    """Hot spots not settled, and to be within a week or before; the longest overdue first."""
    rows = evidence("sanitation.hot_spots_pending", units, all_dates())
    return rows.filter(due_on__lte=timezone.localdate() + SOON).order_by("due_on", "pk")


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


def in_name(user) -> Q:
    """What one recorded, and what one's name stands at."""
    return Q(recorded_by=user) | Q(owner=user.name)


def papers(units):
    """Documents about sanitation that came in and are to be dealt with within a week."""
    rows = IncomingDocument.objects.kept().filter(
        unit__in=units,
        domains__contains=["sanitation"],
        done_on__isnull=True,
        due_on__lte=timezone.localdate() + SOON,
    )
    return rows.order_by("due_on", "pk")


def listed(code, title, rows, ledger, text, due, **more) -> Worklist:
    return Worklist(f"sanitation.{code}", title, "sanitation.edit", rows, ledger, text, due, **more)


register(
    listed(
        "cleanups_without_detail",
        "集中清理没有填写清理成果",
        without_detail,
        "cleanups",
        lambda row: row.title,
        lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("填写成果"),
    ),
    listed(
        "cleanups_told_twice",
        "街道和社区都登记了的集中清理，次数和人次重复",
        told_twice,
        "cleanups",
        lambda row: row.title,
        lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=Act("核对", page="detail"),
    ),
    listed(
        "hot_spots_overdue",
        "环境卫生热点问题一周内到期或已超期",
        overdue,
        "hot-spots",
        lambda row: f"{row.title}（{row.owner or '未定责任人'}）",
        days_overdue,
        day="due_on",
        act=editing("办结"),
        own=in_name,
    ),
    listed(
        "hot_spots_unassigned",
        "环境卫生热点问题还没有责任人",
        unassigned,
        "hot-spots",
        str,
        lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("定责任人"),
    ),
    listed(
        "tasks_due",
        "环卫工作任务即将到期",
        tasks,
        "sanitation-tasks",
        lambda row: f"{row.title}（{row.owner}）",
        lambda row: f"{row.due_on} 到期",
        day="due_on",
        act=marking("办结", "done_on"),
        own=in_name,
    ),
    listed(
        "papers_due",
        "环卫来文即将到期",
        papers,
        "sanitation-incoming",
        lambda row: row.title,
        lambda row: f"{row.due_on} 到期",
        day="due_on",
        act=marking("办结", "done_on"),
        own=lambda user: Q(recorded_by=user) | Q(handler=user.name),
    ),
)
