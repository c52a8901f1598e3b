"""Every write to placements and their logs: what a day may hold, confirming, appraising, and the volunteer
service that follows from a log where its person chose so.

Rules that a person can mend raise ValidationError at the field, what they may not do raises Denied, a row
that changed since it was loaded raises StaleRecord.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.guided import chinese_day
from portal.scope import Denied, access_of
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, Trainee, TraineeLog
from volunteers.selectors.placements import (
    A_DAY,
    LONG_DAY,
    is_over,
    minutes_on,
    told_minutes,
    unconfirmed,
)
from volunteers.services.hours_guards import check, check_person, store

EDIT = "volunteers.edit"
FACTS = ("trainee_id", "occurred_on", "task", "minutes", "what")
FIXED = (HoursState.POSTED, HoursState.COUNTED)
VOID = (HoursState.REFUSED, HoursState.REVOKED)
IN_HOURS = (
    "这条日志的时长已公示或计入志愿服务，不能再改；确需更正的，先在服务记录中不予认定或撤销。"
)


# --- logs ---------------------------------------------------------------------------------------
def check_log(log: TraineeLog) -> None:
    """Raise ValidationError where the day lies outside the placement, or holds too much with this log."""
    trainee, day = log.trainee, log.occurred_on
    if day > timezone.localdate():
        raise ValidationError({"occurred_on": "日期不能晚于今天。"})
    if not trainee.starts_on <= day <= trainee.ends_on:
        first, last = chinese_day(trainee.starts_on), chinese_day(trainee.ends_on)
        raise ValidationError(
            {"occurred_on": f"这天不在实践期内：{trainee.name}的实践期是{first}至{last}。"}
        )
    others = minutes_on(trainee.pk, day, besides=log.pk)
    whole = others + log.minutes
    told = f"这天另有 {told_minutes(others)}，加上这条共 {told_minutes(whole)}" if others else ""
    if whole > A_DAY:
        raise ValidationError({"minutes": f"{told}，一天不能超过 24 小时，请核对。"})
    if whole > LONG_DAY and not log.what.strip():
        told = told or f"这条有 {told_minutes(whole)}"
        raise ValidationError(
            {"what": f"{told}，超过 10 小时的，请在工作内容里写明做了什么、为什么这么久。"}
        )
    if log.confirmed_on and log.confirmed_on < day:
        raise ValidationError({"confirmed_on": "确认日期不能早于日志日期。"})


@transaction.atomic
def store_log(log: TraineeLog, *, by) -> TraineeLog:
    """Store a log, and what follows from it in volunteer service; two at once see each other's minutes."""
    Trainee.objects.select_for_update(of=("self",)).get(pk=log.trainee_id)
    check_log(log)
    before = TraineeLog.objects.filter(pk=log.pk).first() if log.pk else None
    if before and any(getattr(before, name) != getattr(log, name) for name in FACTS):
        _check_free(before)
    if log._state.adding:
        log.recorded_by = by
    log.save()
    settle(log, by=by)
    return log


@transaction.atomic
def store_own(log: TraineeLog, *, by) -> TraineeLog:
    """The person's own day, while the placement runs and no mentor has confirmed it."""
    _check_own(log, by)
    if log._state.adding:
        log.by_self = True
    return store_log(log, by=by)


@transaction.atomic
def drop_own(log: TraineeLog, *, by) -> None:
    """Into the recycle bin, as long as it is not confirmed."""
    _check_own(log, by)
    log.deleted_at, log.deleted_by = timezone.now(), by
    log.save(update_fields=["deleted_at", "deleted_by"])


def _check_own(log, by) -> None:
    trainee = log.trainee
    if trainee.user_id != by.pk:
        raise Denied("只能填写本人的日志。")
    if is_over(trainee):
        raise Denied("实践期已满或已经鉴定，日志只能查看；有遗漏的请告诉指导老师补登。")
    if log.pk and TraineeLog.objects.filter(pk=log.pk, confirmed_on__isnull=False).exists():
        raise Denied("指导老师已确认这条日志，不能再改；有误的请告诉指导老师退回。")


@transaction.atomic
def confirm(logs, *, by) -> int:
    """A mentor's word that these days were so; each log as it was loaded."""
    count = 0
    for log in logs:
        _check_mentor(log, by)
        if log.confirmed_on:
            raise ValidationError(f"{log}已经确认过，请刷新页面。")
        log.confirmed_on, log.confirmed_by = timezone.localdate(), by.name
        log.save()
        settle(log, by=by)
        count += 1
    return count


@transaction.atomic
def reopen(log: TraineeLog, *, by) -> None:
    """Give a confirmed log back to its person to mend; the volunteer service is withdrawn."""
    _check_mentor(log, by)
    if not log.confirmed_on:
        raise ValidationError("这条日志还没有确认，可直接修改。")
    if log.trainee.appraised_on:
        raise ValidationError("已经鉴定，鉴定表上的时长以确认的日志为准，不能再退回。")
    _check_free(log)
    log.confirmed_on, log.confirmed_by = None, ""
    log.save()
    settle(log, by=by)


def _check_mentor(log, by) -> None:
    access_of(by).check(EDIT, log.unit_id)
    if log.trainee.user_id == by.pk:
        raise Denied("本人不能确认自己的日志。")


# --- volunteer service that follows from a log --------------------------------------------------
def service_of(log: TraineeLog) -> ServiceRecord | None:
    return ServiceRecord.objects.filter(trainee_log=log).first()


def _check_free(log) -> None:
    service = service_of(log)
    if service and service.deleted_at is None and service.state in FIXED:
        raise ValidationError(IN_HOURS)


def wants_service(log: TraineeLog) -> bool:
    """Confirmed, chosen by the person, and on a day on which they were a volunteer."""
    volunteer = log.trainee.as_volunteer
    if volunteer is None or not log.confirmed_on or log.deleted_at:
        return False
    try:
        check_person(volunteer, log.occurred_on)
    except ValidationError:
        return False
    return True


def settle(log: TraineeLog, *, by) -> None:
    """Bring the service record of a log into line with it: made, begun anew, or withdrawn.

    What was refused or revoked stays so. Raises ValidationError where posted hours would change.
    """
    service = service_of(log)
    if service and service.deleted_at is None and service.state in VOID:
        return
    if not wants_service(log):
        if service and service.deleted_at is None:
            _check_free(log)
            service.deleted_at, service.deleted_by = timezone.now(), by
            service.save(update_fields=["deleted_at", "deleted_by"])
        return
    facts = {
        "volunteer": log.trainee.as_volunteer,
        "occurred_on": log.occurred_on,
        "minutes": log.minutes,
        "what": "：".join(filter(None, (log.get_task_display(), log.what)))[:100],
    }
    if service is None:
        service = ServiceRecord(
            unit=log.unit,
            trainee_log=log,
            manner=RecordManner.PLACEMENT,
            recorder=log.trainee.name,
            recorded_by=by,
            **facts,
        )
        check(service)
        store(service)
        return
    same = all(getattr(service, name) == value for name, value in facts.items())
    if same and service.deleted_at is None:
        return
    if service.deleted_at is None:
        _check_free(log)
    for name, value in facts.items():
        setattr(service, name, value)
    service.state, service.manner = HoursState.RECORDED, RecordManner.PLACEMENT
    service.recorded_by = by
    service.confirmed_by = service.confirmed_on = service.approved_by = None
    service.deleted_at = service.deleted_by = None
    check(service)
    store(service)


# --- placements ---------------------------------------------------------------------------------
def check_trainee(trainee: Trainee) -> None:
    """Raise ValidationError where logs lie outside the days, or the volunteer is somebody else."""
    if trainee.pk:
        logs = TraineeLog.objects.kept().filter(trainee=trainee).order_by("occurred_on")
        first, last = logs.first(), logs.last()
        if first and first.occurred_on < trainee.starts_on:
            told = chinese_day(first.occurred_on)
            raise ValidationError({"starts_on": f"已有{told}的日志，开始日期不能更晚。"})
        if last and last.occurred_on > trainee.ends_on:
            told = chinese_day(last.occurred_on)
            raise ValidationError({"ends_on": f"已有{told}的日志，结束日期不能更早。"})
    volunteer = trainee.as_volunteer
    if volunteer and volunteer.called != trainee.name:
        raise ValidationError({"as_volunteer": "所选志愿者与实践人员姓名不同，请核对是否本人。"})


@transaction.atomic
def store_trainee(trainee: Trainee, *, by) -> Trainee:
    """Store a placement; a changed choice to be counted as volunteer settles the logs confirmed so far."""
    check_trainee(trainee)
    before = None
    if trainee._state.adding:
        trainee.recorded_by = by
    else:
        before = Trainee.objects.filter(pk=trainee.pk).values_list("as_volunteer", flat=True).get()
    trainee.save()
    if before != trainee.as_volunteer_id:
        confirmed = TraineeLog.objects.kept().filter(trainee=trainee, confirmed_on__isnull=False)
        for log in confirmed.select_related("trainee__as_volunteer", "unit"):
            settle(log, by=by)
    return trainee


@transaction.atomic
def appraise(trainee: Trainee, step: str, values: dict, *, by) -> Trainee:
    """One step of the appraisal: the person's own words, the mentor's, then the office's with the grade."""
    if step == "own" and trainee.user_id == by.pk:
        if is_over(trainee):
            raise Denied("实践期已满或已经鉴定，自我小结不能再改；请告诉指导老师代为补写。")
    else:
        access_of(by).check(EDIT, trainee.unit_id)
    for name, value in values.items():
        setattr(trainee, name, value)
    if step == "office":
        _check_appraisal(trainee)
    trainee.save()
    return trainee


def _check_appraisal(trainee) -> None:
    if not trainee.mentor_words.strip():
        raise ValidationError("请先由指导老师写评语。")
    if waiting := unconfirmed([trainee.unit_id]).filter(trainee=trainee).count():
        raise ValidationError(
            f"还有 {waiting} 条日志没有确认，请先确认；鉴定表上的时长以确认的为准。"
        )
    last = TraineeLog.objects.kept().filter(trainee=trainee).order_by("occurred_on").last()
    if last and trainee.appraised_on < last.occurred_on:
        raise ValidationError(
            {"appraised_on": f"鉴定日期不能早于最后一条日志（{chinese_day(last.occurred_on)}）。"}
        )
    if trainee.appraised_on < trainee.starts_on:
        raise ValidationError({"appraised_on": "鉴定日期不能早于开始日期。"})
