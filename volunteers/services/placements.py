"""Every write to placements and their logs: what a day may hold, confirming, appraising.

Rules that a person can mend raise ValidationError at the field, what they may not do raises Denied, a row
that changed since it was loaded raises StaleRecord.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.guided import chinese_day
from portal.scope import Denied, access_of
from volunteers.models import Trainee, TraineeLog
from volunteers.selectors.placements import (
    A_DAY,
    LONG_DAY,
    is_over,
    minutes_on,
    told_minutes,
    unconfirmed,
)
from volunteers.services.placement_hours import check_free, settle

EDIT = "volunteers.edit"
FACTS = ("trainee_id", "occurred_on", "task", "minutes", "what")
CONFIRMATION = ("confirmed_on", "confirmed_by")
VERDICT = ("mentor_words", "office_words", "grade", "appraised_on")
APPRAISED = (
    "已经鉴定，鉴定表上的时长以确认的日志为准，日志不能再增加、修改、删除或恢复；"
    "确需更正的，先在实践实习人员中清除鉴定日期。"
)


# --- logs ---------------------------------------------------------------------------------------
def stored_log(log: TraineeLog) -> TraineeLog | None:
    rows = TraineeLog.objects.kept().select_related("trainee")
    return rows.filter(pk=log.pk).first() if log.pk else None


def _differs(one, other, names) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _came_whole(log: TraineeLog) -> bool:
    """Of a new log of a file: it was confirmed before the appraisal, and all that before the placement
    was entered here. An old register comes in as it is."""
    trainee, told = log.trainee, log.confirmed_on
    entered = timezone.localdate(trainee.recorded_at)
    return told is not None and told <= trainee.appraised_on < entered


def check_log(log: TraineeLog, *, of_file: bool = False) -> None:
    """Raise ValidationError where the day lies outside the placement, or holds too much with this log, or
    where a log of somebody appraised would change, be added or come back."""
    trainee, day = log.trainee, log.occurred_on
    before = stored_log(log)
    changes = before is None or _differs(before, log, FACTS + CONFIRMATION)
    over = trainee.appraised_on or (before and before.trainee.appraised_on)
    new = log._state.adding and of_file
    if changes and over and not (new and _came_whole(log)):
        raise ValidationError(APPRAISED)
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
def store_log(log: TraineeLog, *, by, of_file: bool = False) -> TraineeLog:
    """Store a log, and what follows from it in volunteer service; two at once see each other's minutes."""
    log.trainee = Trainee.objects.select_for_update(of=("self",)).get(pk=log.trainee_id)
    check_log(log, of_file=of_file)
    check_confirmation(log, by)
    before = stored_log(log)
    if before and _differs(before, log, FACTS):
        check_free(before)
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
    check_free(log)
    log.confirmed_on, log.confirmed_by = None, ""
    log.save()
    settle(log, by=by)


def _check_mentor(log, by) -> None:
    access_of(by).check(EDIT, log.unit_id)
    if log.trainee.user_id == by.pk:
        raise Denied("本人不能确认自己的日志。")


def check_confirmation(log: TraineeLog, by) -> None:
    """Raise Denied where a confirmation that is typed, taken back, or holds for changed facts is not a
    mentor's."""
    before = stored_log(log)
    new = [name for name in CONFIRMATION if getattr(log, name)]
    if before is None:
        if new:
            _check_mentor(log, by)
    elif _differs(before, log, CONFIRMATION) or (new and _differs(before, log, FACTS)):
        _check_mentor(before, by)
        _check_mentor(log, by)


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
    check_verdict(trainee, by)
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
        if step != "own":
            _check_other(trainee, by)
    Trainee.objects.select_for_update(of=("self",)).get(pk=trainee.pk)
    for name, value in values.items():
        setattr(trainee, name, value)
    if step == "office":
        _check_appraisal(trainee)
    trainee.save()
    return trainee


def check_verdict(trainee: Trainee, by) -> None:
    """What the steps of the appraisal ask, asked wherever its words, grade and day are typed otherwise.

    Raises Denied to the person's own account, ValidationError where something is missing.
    """
    stored = Trainee.objects.filter(pk=trainee.pk).first() if trainee.pk else None
    before = stored or Trainee()
    if not _differs(before, trainee, VERDICT):
        return
    for each in (before, trainee):
        _check_other(each, by)
    if trainee.grade and not trainee.appraised_on:
        raise ValidationError({"appraised_on": "有鉴定等次的，请填写鉴定日期。"})
    if trainee.appraised_on:
        _check_appraisal(trainee)


def _check_other(trainee, by) -> None:
    if trainee.user_id == by.pk:
        raise Denied("评语和鉴定不能由本人填写。")


def _check_appraisal(trainee) -> None:
    if not trainee.mentor_words.strip():
        raise ValidationError("请先由指导老师写评语。")
    if trainee.appraised_on < trainee.starts_on:
        raise ValidationError({"appraised_on": "鉴定日期不能早于开始日期。"})
    if trainee.pk is None:
        return
    if waiting := unconfirmed([trainee.unit_id]).filter(trainee=trainee).count():
        raise ValidationError(
            f"还有 {waiting} 条日志没有确认，请先确认；鉴定表上的时长以确认的为准。"
        )
    last = TraineeLog.objects.kept().filter(trainee=trainee).order_by("occurred_on").last()
    if last and trainee.appraised_on < last.occurred_on:
        raise ValidationError(
            {"appraised_on": f"鉴定日期不能早于最后一条日志（{chinese_day(last.occurred_on)}）。"}
        )
