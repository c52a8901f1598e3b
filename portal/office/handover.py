"""What of the office's work stands in somebody's name."""

from django.utils import timezone

from portal.handover import Handed, named, register
from portal.office.models import (
    DutyShift,
    IncomingDocument,
    Instruction,
    ScheduledEvent,
    WorkTask,
)


def _shifts(account, units):
    """Shifts to come, and those of the past whose log was not handed on."""
    rows = DutyShift.objects.kept().filter(unit__in=units, person=account.name)
    return rows.filter(on__gte=timezone.localdate()) | rows.filter(handed_over=False)


def _take_shifts(rows, receiver, day):
    """Shifts to come change hands; who was on duty before stays, the log of it is closed."""
    for row in rows:
        if row.on >= day:
            row.person = receiver.name
            row.save(update_fields=["person"])
        else:
            row.handed_over = True
            row.save(update_fields=["handed_over"])


register(
    named("office.instructions", "领导批示", "office", Instruction, "owner", done_on=None),
    named("office.documents", "收文", "office", IncomingDocument, "handler", done_on=None),
    named(
        "office.tasks", "任务", "office", WorkTask, "owner", done_on=None, cancelled_on=None
    ),
    named("office.events", "年度安排", "office", ScheduledEvent, "owner", held_on=None),
    Handed("office.shifts", "值班", "office", _shifts, _take_shifts),
)  # fmt: skip
