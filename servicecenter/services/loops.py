"""Steps of supervisions and redresses: who may take one, and its trace."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from portal.ledgers.services import take_step
from portal.scope import Denied, access_of
from portal.workdays import after_workdays
from servicecenter.enums.loops import (
    CLERK,
    OF_CLERKS,
    REDRESS,
    REDRESS_OVER,
    SUPERVISION,
    SUPERVISOR,
    URGING,
)
from servicecenter.enums.supervision import SupervisionLevel, SupervisionState
from servicecenter.models import Redress, RedressStep, Supervision, SupervisionStep
from servicecenter.selectors.supervision import next_level, target_of
from servicecenter.services.news import tell_escalated

L = SupervisionLevel
REVIEWS = frozenset({"pass", "redo"})
OTHER = {  # whoever took the one may not take the other
    "pass": ("remedy", "整改人不能复核自己的整改，请换人复核。"),
    "redo": ("remedy", "整改人不能复核自己的整改，请换人复核。"),
    "uphold": ("appeal", "申诉人不能复核自己的申诉，请换人复核。"),
    "reject": ("appeal", "申诉人不能复核自己的申诉，请换人复核。"),
}


def reply_by(day: date) -> date:
    """Until when what is asked on that day is to be answered."""
    return after_workdays(day, settings.SUPERVISION_REPLY_DAYS)


def way_of(record):
    """The workflow of a supervision or a redress."""
    return SUPERVISION if isinstance(record, Supervision) else REDRESS


def permissions_for(record, name: str) -> tuple[str, ...]:
    """Any of these lets one take the step: the clerk answers for what the window left undone, a head
    for what came up to the head."""
    who = way_of(record).steps[name].who
    if name != "reply":
        return (who,)
    more = (CLERK,) if record.trigger in OF_CLERKS else ()
    return (who, *more, *((SUPERVISOR,) if record.level != L.HANDLER else ()))


def may_take(record, name: str, user) -> bool:
    """Whether the user's roles allow the step there; the state is another question."""
    access = access_of(user)
    return any(access.may(each, record.unit_id) for each in permissions_for(record, name))


def steps_open_to(record, user) -> dict:
    """The steps that the user may take from the record's state."""
    steps = way_of(record).steps_from(record.state)
    return {
        name: step
        for name, step in steps.items()
        if may_take(record, name, user) and not _barred(record, name)
    }


def _barred(record, name: str) -> str:
    """Why a step of this state is not to be taken now; "" where nothing stands against it."""
    if name == "escalate" and not next_level(record):
        return "已经督办到街道，不能再升级。"
    if name == "close" and record.state == SupervisionState.WAITING:
        return "还没有答复，不能销号。"
    if name == "appeal" and record.judged_on:
        return "申诉已经复核过，不能再次申诉。"
    return ""


@transaction.atomic
def act(record, name: str, values: dict, *, by):
    """Take one step of a supervision or a redress, as it was loaded; the step is kept.

    Raises Denied without the permission or where the same person did what is now reviewed,
    ValidationError where the state or the values do not allow it, StaleRecord when it changed.
    """
    if not may_take(record, name, by):
        raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")
    earlier, message = OTHER.get(name, ("", ""))
    if earlier and _last_taken(record, earlier) == by.pk:
        raise Denied(message)
    if reason := _barred(record, name):
        raise ValidationError(reason)
    lacking = [f for f in way_of(record).steps[name].needs if not values.get(f)]
    if lacking:
        labels = {f: str(record._meta.get_field(f).verbose_name) for f in lacking}
        raise ValidationError({f: f"请填写{label}。" for f, label in labels.items()})
    if name in REVIEWS and values["reviewed_by"] == record.remedied_by:
        raise ValidationError({"reviewed_by": OTHER[name][1]})
    return go(record, name, values, by=by)


def _last_taken(record, action: str):
    taken = record.steps.filter(action=action).order_by("-recorded_at", "-pk")
    return taken.values_list("recorded_by", flat=True).first()


def go(record, name: str, values: dict, *, by):
    """The step itself, without asking who may: for act() above and for jobs."""
    way, day, person, note = way_of(record), *_told(values)
    source, further = record.state, _further(record, name, values, day)
    take_step(record, way, name, {**_kept(name, values), **further})
    record = type(record).objects.select_related("unit").get(pk=record.pk)
    traced = {
        "unit": record.unit,
        "occurred_on": day,
        "action": name,
        "source": source,
        "target": record.state,
        "person": person or (by.name if by else ""),
        "note": note,
        "recorded_by": by,
    }
    if isinstance(record, Redress):
        RedressStep.objects.create(redress=record, **traced)
    else:
        SupervisionStep.objects.create(supervision=record, level=record.level, **traced)
        if name == "escalate":
            tell_escalated(record, by=by)
    return record


def _told(values: dict) -> tuple:
    """Day, person and words among the values of a step: each step asks for one of each at most."""
    found = {name.rpartition("_")[2]: value for name, value in values.items() if "_" in name}
    words = [value for name, value in values.items() if "_" not in name]
    return found["on"], found.get("by", ""), words[0] if words else ""


def _kept(name: str, values: dict) -> dict:
    """A review that sends back is kept in its step alone, so that the next round begins anew."""
    return {} if name == "redo" else values


def _further(record, name: str, values: dict, day) -> dict:
    if isinstance(record, Supervision):
        more = {}
        if name in URGING:
            more |= {"urges": record.urges + 1, "reply_by": reply_by(day)}
        if name == "escalate":
            level = next_level(record)
            more |= {"level": level, "level_on": day, "target": target_of(record.case, level)}
        return more
    if name == "redo":
        return {"rounds": record.rounds + 1}
    target = REDRESS.steps[name].target
    return {"closed_on": day} if target in REDRESS_OVER else {}
