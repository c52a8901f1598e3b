"""What is due of meetings, their issues and promises."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from portal.months import first_of
from portal.worklists import Group, Worklist, editing, recorded, register
from servicecenter.models import Agent, HallWindow, JointMeeting, MeetingIssue

SOON = timedelta(days=7)


def meetings(units):
    """Of this month and before, in this year: neither held nor explained."""
    today = timezone.localdate()
    rows = JointMeeting.objects.kept().filter(
        unit__in=units,
        month__year=today.year,
        month__lte=first_of(today),
        held_on__isnull=True,
        not_held_for="",
    )
    return rows.order_by("month", "pk")


def issues(units):
    rows = MeetingIssue.objects.kept().filter(
        unit__in=units, closed_on__isnull=True, due_on__lte=timezone.localdate() + SOON
    )
    return rows.order_by("due_on", "pk")


def windows_of_the_gone(units):
    """Windows in use whose agent or backup has left."""
    today = timezone.localdate()
    gone = Agent.objects.filter(ends_on__lt=today).values("pk")
    in_use = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = HallWindow.objects.kept().filter(in_use, unit__in=units)
    return rows.filter(Q(agent__in=gone) | Q(backup__in=gone)).order_by("pk")


def due(code, title, rows, ledger, text, when, **more) -> Worklist:
    return Worklist(
        f"servicecenter.{code}",
        title,
        "servicecenter.view",
        rows,
        ledger=ledger,
        text=text,
        due=when,
        **more,
    )


register(
    due(
        "meetings",
        "本月及以前的例会还没有召开",
        meetings,
        "joint-meetings",
        str,
        lambda row: row.state,
        group=Group.MEND,
        act=editing("登记召开"),
    ),
    due(
        "issues",
        "例会议题即将到期或已超期",
        issues,
        "meeting-issues",
        lambda row: f"{row.issue}（{row.owner}）",
        lambda row: f"{row.due_on} 到期",
        day="due_on",
        act=editing("办结"),
        own=lambda user: recorded(user, "servicecenter") | Q(owner=user.name),
    ),
    due(
        "windows",
        "窗口人员或 B 岗已离任",
        windows_of_the_gone,
        "hall-windows",
        str,
        lambda row: f"{row.starts_on} 启用",
        group=Group.MEND,
        act=editing("换人"),
    ),
)
