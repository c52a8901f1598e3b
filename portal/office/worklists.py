"""What is due in the office: instructions, tasks, agreements, duty, postings, documents."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from portal.office.models import (
    Agreement,
    DutyShift,
    IncomingDocument,
    Instruction,
    Posting,
    WorkTask,
)
from portal.worklists import Worklist, register

OURS = ["office"]
SOON, BEFORE_END = timedelta(days=7), timedelta(days=30)


def _open(model, units, *, tags="domains", **conditions):
    """Kept rows of the office's own work: other departments' are named where they are known."""
    return model.objects.kept().filter(unit__in=units, **{f"{tags}__contains": OURS}, **conditions)


def instructions(units):
    rows = _open(Instruction, units, done_on__isnull=True, due_on__lt=timezone.localdate())
    return rows.order_by("due_on", "pk")


def documents(units):
    due = timezone.localdate() + SOON
    rows = _open(IncomingDocument, units, done_on__isnull=True, due_on__lte=due)
    return rows.order_by("due_on", "pk")


def tasks(units):
    due = timezone.localdate() + SOON
    rows = _open(WorkTask, units, tags="plan__domains", done_on__isnull=True, due_on__lte=due)
    return rows.filter(cancelled_on__isnull=True).order_by("due_on", "pk")


def agreements(units):
    today = timezone.localdate()
    rows = _open(Agreement, units, tags="partner__domains", ends_on__lte=today + BEFORE_END)
    return rows.filter(ends_on__gte=today).select_related("partner").order_by("ends_on", "pk")


def duty(units):
    today = timezone.localdate()
    rows = _open(DutyShift, units, handed_over=False, on__lt=today, on__gte=today - BEFORE_END)
    return rows.order_by("on", "pk")


def postings(units):
    rows = _open(Posting, units, tags="board__domains", removed_on__isnull=True)
    return rows.filter(Q(due_on__lte=timezone.localdate())).order_by("due_on", "pk")


def by(row) -> str:
    return f"{row.due_on} 到期"


def listed(code, title, rows, ledger, text, due) -> Worklist:
    return Worklist(f"office.{code}", title, "office.edit", rows, ledger=ledger, text=text, due=due)


register(
    listed(
        "instructions_overdue",
        "领导批示逾期未办结",
        instructions,
        "instructions",
        lambda row: f"{row.subject}（{row.owner}）",
        by,
    ),
    listed(
        "documents_due",
        "收文即将到期",
        documents,
        "incoming-documents",
        lambda row: row.title,
        by,
    ),
    listed(
        "tasks_due",
        "任务到期",
        tasks,
        "work-tasks",
        lambda row: f"{row.title}（{row.owner}）",
        by,
    ),
    listed(
        "agreements_expiring",
        "共建协议 30 天内到期",
        agreements,
        "agreements",
        lambda row: f"{row.partner.name}：{row.title}",
        lambda row: f"{row.ends_on} 到期",
    ),
    listed(
        "duty_not_handed_over",
        "值班未交接",
        duty,
        "duty",
        lambda row: f"{row.person}（{row.get_shift_display()}）",
        lambda row: f"{row.on}",
    ),
    listed(
        "postings_to_remove",
        "公示应撤下",
        postings,
        "postings",
        lambda row: row.title,
        lambda row: f"{row.due_on} 应撤",
    ),
)
