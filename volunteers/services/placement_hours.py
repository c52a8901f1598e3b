"""The volunteer service that follows from a log of a placement, where its person chose so."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, TraineeLog
from volunteers.models.hours import VOID
from volunteers.services.hours_guards import check, check_person, store

FIXED = (HoursState.POSTED, HoursState.COUNTED)
IN_HOURS = (
    "这条日志的时长已公示或计入志愿服务，不能再改；确需更正的，先在服务记录中不予认定或撤销。"
)


def service_of(log: TraineeLog) -> ServiceRecord | None:
    return ServiceRecord.objects.filter(trainee_log=log).first()


def check_free(log) -> None:
    """Raise ValidationError where the hours of the log are posted or counted."""
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
            check_free(log)
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
        check_free(log)
    for name, value in facts.items():
        setattr(service, name, value)
    service.state, service.manner = HoursState.RECORDED, RecordManner.PLACEMENT
    service.recorded_by = by
    service.confirmed_by = service.confirmed_on = service.approved_by = None
    service.deleted_at = service.deleted_by = None
    check(service)
    store(service)
