"""Placements: logs that wait for a mentor, placements over without an appraisal."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.worklists import Act, Group, Worklist, register, stepping
from volunteers.models import Trainee
from volunteers.selectors.hours import told_hours
from volunteers.selectors.placements import unconfirmed

BEFORE_END = timedelta(days=7)


def to_appraise(units):
    """Over, or over within a week, and not appraised."""
    rows = Trainee.objects.kept().filter(
        unit__in=units,
        appraised_on__isnull=True,
        ends_on__lte=timezone.localdate() + BEFORE_END,
    )
    return rows.order_by("ends_on", "pk")


register(
    Worklist(
        "volunteers.trainee_logs",
        "实习日志待确认",
        "volunteers.edit",
        unconfirmed,
        ledger="trainee-logs",
        text=lambda log: (
            f"{log.trainee.name}：{log.get_task_display()} {told_hours(log.minutes)} 小时"
        ),
        due=lambda log: str(log.occurred_on),
        all_of_them=lambda: reverse("trainee-logs-confirm"),
        group=Group.DECIDE,
        act=Act("确认", lambda log: reverse("trainee-confirm", args=[log.trainee_id])),
    ),
    Worklist(
        "volunteers.trainees_to_appraise",
        "实践实习期满待鉴定",
        "volunteers.edit",
        to_appraise,
        ledger="trainees",
        text=lambda trainee: f"{trainee.name}（{trainee.school}）",
        due=lambda trainee: f"{trainee.ends_on} 期满",
        day="ends_on",
        act=stepping("鉴定", "trainee-appraise", "own"),
    ),
)
