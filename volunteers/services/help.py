"""Requests for help and those served: what one act stores in several places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.bulk import load, prepared
from portal.errors import StaleRecord
from portal.ledgers.services import recycle
from portal.scope import access_of
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import HelpState
from volunteers.models import HelpRequest, Served, Shift, VolunteerActivity, VolunteerActivityType
from volunteers.selectors.help import care_kinds_on, household_on, last_day, open_to_serve
from volunteers.services import activities, shifts
from volunteers.workflow import EDIT, HELP


@dataclass(frozen=True)
class Errand:
    """A new activity with one shift, made for a request. Its title and place are read by whoever signs up,
    so they tell nothing of the household."""

    title: str
    type: VolunteerActivityType
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    leader: str = ""


def check_step(request: HelpRequest, name: str) -> HelpRequest:
    """The request, locked and as it was loaded, where the step may be taken from its state; raises
    ValidationError otherwise, StaleRecord where somebody was faster."""
    step, loaded = HELP.steps[name], request.version
    request = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.version != loaded:
        raise StaleRecord(f"{request._meta.label} {request.pk} was changed")
    if request.state not in step.sources:
        raise ValidationError(f"现在是“{request.get_state_display()}”，不能{step.label}。")
    request.state = step.target
    return request


@transaction.atomic
def arrange(
    request: HelpRequest, *, shift: Shift | None = None, errand: Errand | None = None, by
) -> HelpRequest:
    """Give the request a shift: one that is announced, or that of a new activity (``errand``)."""
    access_of(by).check("served.edit", request.unit_id)
    request = check_step(request, "arrange")
    if (shift is None) == (errand is None):
        raise ValidationError({"shift": "请选择一个班次，或填写一次新的活动。"})
    if shift is None:
        shift = _announce(request, errand, by)
    elif shift.unit_id != request.unit_id or not open_to_serve(shift.activity):
        raise ValidationError({"shift": "这个班次已经取消，或不属于本单位，请另选。"})
    elif timezone.localdate(shift.ends_at) < request.occurred_on:
        raise ValidationError({"shift": "这个班次早于提出日期，请另选。"})
    request.shift = shift
    request.save()
    return request


def _announce(request: HelpRequest, errand: Errand, by) -> Shift:
    """Not sought on the web: the errand is one household's."""
    starts_on = timezone.localdate(errand.starts_at)
    if starts_on < request.occurred_on:
        raise ValidationError({"day": "活动日期不能早于提出日期。"})
    activity = VolunteerActivity(
        unit=request.unit,
        title=errand.title,
        type=errand.type,
        place=errand.place,
        starts_on=starts_on,
        leader=errand.leader,
        needed=errand.capacity,
        is_public=False,
        state=ActivityState.RECRUITING,
    )
    if activities.needs_telling(activity):
        raise ValidationError(
            {"type": "这类活动有风险，请先在志愿活动中登记并告知风险，再来选择它的班次。"}
        )
    activity.full_clean(exclude={"recorded_by", "deleted_by"})
    activities.store(activity, by=by)
    shift = Shift(
        unit=request.unit,
        activity=activity,
        starts_at=errand.starts_at,
        ends_at=errand.ends_at,
        capacity=errand.capacity,
    )
    shift.full_clean(exclude={"recorded_by", "deleted_by"})
    return shifts.store_shift(shift, by=by)


@transaction.atomic
def decline(request: HelpRequest, reason: str, *, by) -> HelpRequest:
    access_of(by).check("served.edit", request.unit_id)
    request = check_step(request, "decline")
    request.declined_for, request.decided_on = reason, timezone.localdate()
    request.full_clean(exclude={"recorded_by", "deleted_by"})
    request.save()
    return request


@transaction.atomic
def serve(request: HelpRequest, served: Served, *, by) -> Served:
    """The errand is done: the household was served. The leader may say so, too.

    ``served`` holds what was done and how it was found; whom and in which activity the request knows.
    """
    access_of(by).check(EDIT, request.unit_id)
    request = check_step(request, "done")
    served.unit, served.resident = request.unit, request.resident
    served.activity, served.request = request.shift.activity, request
    served.recorded_by = by
    check_day(served.activity, served.occurred_on)
    served = store(served)
    request.decided_on = served.occurred_on
    request.save()
    return served


def check_day(activity: VolunteerActivity, day: date) -> None:
    """Raise ValidationError where nobody can have been served in the activity on the day."""
    if not open_to_serve(activity):
        raise ValidationError({"activity": "这次活动已取消，没有服务对象。"})
    if day > timezone.localdate():
        raise ValidationError({"occurred_on": "服务日期不能晚于今天。"})
    if not activity.starts_on <= day <= last_day(activity):
        raise ValidationError({"occurred_on": f"这次活动是{_days(activity)}，请核对服务日期。"})


def _days(activity: VolunteerActivity) -> str:
    ends = last_day(activity)
    return (
        str(activity.starts_on) if ends == activity.starts_on else f"{activity.starts_on}至{ends}"
    )


@transaction.atomic
def store(served: Served) -> Served:
    """Store one with what follows from person and day: the activity took place, and a request for the
    same service that still waited is answered by it."""
    new = served._state.adding
    complete(served)
    served.full_clean(exclude={"recorded_by", "deleted_by"})
    served.save()
    take_place([served])
    if new and served.request is None:
        answer_request(served)
    return served


@transaction.atomic
def store_new(many: Sequence[Served], *, by) -> list[Served]:
    """Store new ones together, just as store() would one by one."""
    for served in many:
        served.recorded_by = by
        complete(served)
    stored = load(Served, [prepared(served) for served in many])
    take_place(stored)
    for served in stored:
        answer_request(served)
    return stored


def take_place(many: Sequence[Served]) -> None:
    """Where somebody was served, the activity took place: its shared fact is written."""
    announced = {served.activity_id: served.activity for served in many}
    for activity in announced.values():
        if activity.state != ActivityState.HELD:
            activities.hold(activity)


def complete(served: Served) -> None:
    """The household of the day; of a new record also the care tag of the day, unless one was chosen."""
    served.household = household_on(served.resident, served.occurred_on)
    if served._state.adding and served.care_kind_id is None:
        served.care_kind = next(iter(care_kinds_on(served.resident, served.occurred_on)), None)


@transaction.atomic
def recycle_served(served: Served, *, version: int, by) -> None:
    """Who was not served after all still waits: the request goes back to its shift."""
    request, served.request, served.version = served.request, None, version
    served.save(update_fields=["request"])
    recycle(served, version=served.version, by=by)
    if request is not None:
        request.state, request.decided_on = HelpState.ARRANGED, None
        request.save()


def answer_request(served: Served) -> None:
    """A request for this service that still waits is done: first one arranged in the activity, else the
    oldest without a shift, which then was this activity's."""
    asked = HelpRequest.objects.kept().filter(
        unit=served.unit_id,
        resident=served.resident_id,
        service=served.service,
        occurred_on__lte=served.occurred_on,
    )
    here = asked.filter(state=HelpState.ARRANGED, shift__activity=served.activity_id)
    request = here.first()
    if request is None:
        shift = served.activity.shifts.kept().order_by("starts_at", "pk").first()
        request = asked.filter(state=HelpState.OPEN).order_by("occurred_on", "pk").first()
        if request is None or shift is None:
            return
        request.shift = shift
    served.request = request
    served.save(update_fields=["request"])
    request.state, request.decided_on = HelpState.DONE, served.occurred_on
    request.save()


@transaction.atomic
def restore_served(served: Served) -> None:
    """After the row came back: the request that it answered, where that still waits."""
    answer_request(served)
