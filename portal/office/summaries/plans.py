"""Paragraphs of all departments that are made from the office's own facts: what its plans hold next, what
was agreed with partners."""

from datetime import timedelta

from django.db.models import Q

from portal.office.models import Agreement, WorkTask
from portal.periods import Period
from portal.summaries import Telling
from portal.telling import clause, in_force, month_day, plain, quoted

MOST = 12


def following(period: Period) -> Period:
    """As many months, or days, as the period has, right after it."""
    start = period.end + timedelta(days=1)
    if period.start.day == start.day == 1:
        last = start
        for _ in period.months():
            last = (last + timedelta(days=31)).replace(day=1)
        return Period(start, last - timedelta(days=1))
    return Period(start, start + (period.end - period.start))


def open_tasks(telling: Telling, *domains: str):
    """Tasks of these departments, or of all, that were not done at the period's end, due by the next
    one's."""
    rows = WorkTask.objects.filter(
        Q(plan__domains__overlap=domains) if domains else Q(),
        deleted_at__isnull=True,
        unit__in=telling.units,
        plan__deleted_at__isnull=True,
        cancelled_on__isnull=True,
        due_on__lte=following(telling.period).end,
    ).exclude(done_on__lte=telling.period.end)
    return rows.order_by("due_on", "pk")


def planned_next(telling: Telling, *domains: str):
    """First what is late, without its day, then what falls due, in the order of days."""
    tasks = list(open_tasks(telling, *domains))
    late = [task for task in tasks if task.due_on <= telling.period.end]
    ahead = [task for task in tasks if task.due_on > telling.period.end]
    if late:
        yield f"抓紧完成到期未完成的任务：{named(late)}。"
    if ahead:
        year = "" if ahead[-1].due_on.year == telling.period.end.year else "下一年"
        steps = dict.fromkeys(f"{month_day(task.due_on)}前，{clause(task.title)}" for task in ahead)
        yield f"{year}按计划推进以下任务：{'；'.join(list(steps)[:MOST])}。"


def named(tasks) -> str:
    words = list(dict.fromkeys(clause(task.title) for task in tasks))
    return "；".join(words[:MOST]) + ("等" if len(words) > MOST else "")


def agreements_in_force(telling: Telling, domain: str):
    """With whom, and what was agreed; of partners that are counted as the department's."""
    rows = Agreement.objects.filter(
        partner__domains__contains=[domain], partner__deleted_at__isnull=True
    )
    for each in in_force(rows, telling).select_related("partner").order_by("starts_on", "pk"):
        about = f"：{clause(each.content)}" if each.content else ""
        yield f"与{plain(each.partner.name)}签订{quoted(each.title)}{about}。"
