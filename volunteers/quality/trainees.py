"""What is undone or doubtful in the records of placements."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from residents.enums import ActivityKind
from residents.models import Activity
from volunteers.models import Trainee, TraineeLog
from volunteers.quality.base import rule
from volunteers.selectors.placements import LONG_DAY

CONFIRM_WITHIN, APPRAISE_WITHIN = timedelta(days=14), timedelta(days=14)


def confirmed_late(units):
    before = timezone.localdate() - CONFIRM_WITHIN
    return kept(TraineeLog, units).filter(confirmed_on__isnull=True, occurred_on__lt=before)


def outside_placement(units):
    """Days of a placement were changed below the logs by a way that knows no form."""
    logs = kept(TraineeLog, units)
    return logs.filter(occurred_on__lt=F("trainee__starts_on")) | logs.filter(
        occurred_on__gt=F("trainee__ends_on")
    )


def over(units):
    before = timezone.localdate() - APPRAISE_WITHIN
    return kept(Trainee, units).filter(ends_on__lt=before)


def without_logs(units):
    logs = TraineeLog.objects.kept().filter(trainee=OuterRef("pk"))
    return over(units).filter(~Exists(logs))


def lectures(units):
    return kept(Activity, units).filter(domains__contains=["volunteers"], kind=ActivityKind.LECTURE)


register(
    rule(
        "trainee_log_late", "实习日志两周没有确认", "不确认就不计入时长，鉴定表上也没有。",
        "trainee-logs", confirmed_late,
    ),
    rule(
        "trainee_log_long", "一条实习日志超过 10 小时", "可能把分钟和小时弄错了，请核对。",
        "trainee-logs", lambda units: kept(TraineeLog, units).filter(minutes__gt=LONG_DAY),
        Severity.MIDDLE, field="minutes",
    ),
    rule(
        "trainee_log_outside", "实习日志不在实践期内", "日期或实践期有一个不对。", "trainee-logs",
        outside_placement, Severity.MIDDLE, field="occurred_on",
    ),
    rule(
        "trainee_not_appraised", "实践期满两周还没有鉴定", "学校等着鉴定表。", "trainees",
        lambda units: over(units).filter(appraised_on__isnull=True),
    ),
    rule(
        "trainee_without_logs", "实践期满没有一条日志", "做了什么、做了多久都说不清。", "trainees",
        without_logs,
    ),
    rule(
        "lecture_speaker", "讲座没有主讲人", "总结里说不清谁讲的。", "volunteer-lectures",
        lambda units: lectures(units).filter(speaker=""), field="speaker",
    ),
    rule(
        "lecture_audience", "讲座没有听众人次", "听众人次会少。", "volunteer-lectures",
        lambda units: lectures(units).filter(participants__isnull=True), field="participants",
    ),
)  # fmt: skip
