"""What is due in the office: instructions, tasks, agreements, duty, postings, documents."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.office.models import (
    Agreement,
    DutyShift,
    IncomingDocument,
    Instruction,
    Posting,
    ScheduledEvent,
    WorkTask,
)
from portal.worklists import Act, Group, Worklist, marking, recorded, register

OURS = ["office"]
SOON, BEFORE_END = timedelta(days=7), timedelta(days=30)


def _open(model, units, *, tags="domains", **conditions):
    """Kept rows of the office's own work: other departments' are named where they are known."""
    return model.objects.kept().filter(unit__in=units, **{f"{tags}__contains": OURS}, **conditions)


def instructions(units):
    due = timezone.localdate() + SOON
    rows = _open(Instruction, units, done_on__isnull=True, due_on__lte=due)
    return rows.order_by("due_on", "pk")


def documents(units):
    due = timezone.localdate() + SOON
    rows = _open(IncomingDocument, units, done_on__isnull=True, due_on__lte=due)
    return rows.order_by("due_on", "pk")


def tasks(units):
    due = timezone.localdate() + SOON
    rows = _open(WorkTask, units, tags="plan__domains", done_on__isnull=True, due_on__lte=due)
    return rows.filter(cancelled_on__isnull=True).order_by("due_on", "pk")


def events(units):
    """Of this year's schedule: to be held within a week, or not noted as held."""
    today = timezone.localdate()
    rows = _open(ScheduledEvent, units, held_on__isnull=True, planned_on__year=today.year)
    return rows.filter(planned_on__lte=today + SOON).order_by("planned_on", "pk")


def agreements(units):
    today = timezone.localdate()
    rows = _open(Agreement, units, tags="partner__domains", ends_on__lte=today + BEFORE_END)
    return rows.filter(ends_on__gte=today).select_related("partner").order_by("ends_on", "pk")


def duty(units):
    today = timezone.localdate()
    rows = _open(DutyShift, units, handed_over=False, on__lt=today, on__gte=today - BEFORE_END)
    return rows.order_by("on", "pk")


def postings(units):
    due = timezone.localdate() + SOON
    rows = _open(Posting, units, tags="board__domains", removed_on__isnull=True, due_on__lte=due)
    return rows.order_by("due_on", "pk")


def by(row) -> str:
    return f"{row.due_on} 到期"


def responsible(field):
    """One's own: what one recorded, and what is on one's name, as people write it."""
    return lambda user: recorded(user, "office") | Q(**{field: user.name})


def renewal(agreement) -> str:
    """The form of the agreement that follows, with the partner and the title of this one."""
    known = urlencode({"partner": agreement.partner_id, "title": agreement.title})
    return f"{reverse('ledger-add', args=['agreements'])}?{known}"


def listed(code, title, rows, ledger, text, due, **more) -> Worklist:
    return Worklist(f"office.{code}", title, "office.edit", rows, ledger, text, due, **more)


FINISH = marking("办结", "done_on")


register(
    listed(
        "instructions_overdue",
        "领导批示到期或超期未办结",
        instructions,
        "instructions",
        lambda row: f"{row.subject}（{row.owner}）",
        by,
        day="due_on",
        act=FINISH,
        own=responsible("owner"),
    ),
    listed(
        "documents_due",
        "收文即将到期",
        documents,
        "incoming-documents",
        lambda row: row.title,
        by,
        day="due_on",
        act=FINISH,
        own=responsible("handler"),
    ),
    listed(
        "tasks_due",
        "任务到期",
        tasks,
        "work-tasks",
        lambda row: f"{row.title}（{row.owner}）",
        by,
        day="due_on",
        act=FINISH,
        own=responsible("owner"),
    ),
    listed(
        "events_due",
        "年度安排到期或还没有登记开展",
        events,
        "schedule",
        lambda row: row.title,
        lambda row: f"计划 {row.planned_on}",
        day="planned_on",
        act=marking("已开展", "held_on"),
        own=responsible("owner"),
    ),
    listed(
        "agreements_expiring",
        "共建协议 30 天内到期",
        agreements,
        "agreements",
        lambda row: f"{row.partner.name}：{row.title}",
        lambda row: f"{row.ends_on} 到期",
        day="ends_on",
        act=Act("续签", renewal),
    ),
    listed(
        "duty_not_handed_over",
        "值班未交接",
        duty,
        "duty",
        lambda row: f"{row.person}（{row.get_shift_display()}）",
        lambda row: f"{row.on}",
        group=Group.MEND,
        act=marking("已交接", "handed_over", True, False),
        own=responsible("person"),
    ),
    listed(
        "postings_to_remove",
        "公示到期应撤下",
        postings,
        "postings",
        lambda row: row.title,
        lambda row: f"{row.due_on} 应撤",
        day="due_on",
        act=marking("已撤下", "removed_on"),
    ),
)
