"""Cases: the only two ways that one is begun and goes on, ``register`` and ``act``.

Both raise ValidationError at the field of the form that it belongs to, Denied with the reason, and
StaleRecord where somebody else was first; what is refused changes nothing.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.scope import Denied, access_of
from portal.workcalendar.holding import hold_calendar
from servicecenter.models import Case, CaseMaterial, CaseStep
from servicecenter.services import cases_beginning as beginning
from servicecenter.services import cases_effects as effects
from servicecenter.services import cases_guards as guards
from servicecenter.services.numbers import next_number
from servicecenter.workflow import CASE, CLERK, NOTE_NEEDED, ON, day_field, who_of

LATER = {"recorded_by", "deleted_by"}
ACCEPTING = frozenset({"accept", "at_once"})


@transaction.atomic
def register(case: Case, *, materials: Iterable[CaseMaterial] = (), by, note: str = "") -> Case:
    """Store a new case as 待受理, with its materials and its first step.

    ``case`` is unsaved, with unit, item (the version), applicant and ``occurred_on``; ``materials`` are
    unsaved too: handed in on a day, to follow by a day, or neither, which means missing.
    """
    access_of(by).check(CLERK, case.unit_id)
    case.kind, case.recorded_by = case.item.kind, by
    beginning.check(case)
    case.full_clean(exclude=LATER)
    case.save()
    for material in materials:
        material.case, material.unit, material.recorded_by = case, case.unit, by
        beginning.check_material(material)
        material.full_clean(exclude=LATER)
        material.save()
    _write_step(case, "register", "", case.occurred_on, note, by)
    effects.told(case, "register", by)
    return case


def may(user, case: Case, name: str) -> bool:
    """Whether the user has the permission that the step asks for in the case's present state."""
    permission = who_of(name, case.state, case.paused_from)
    return access_of(user).may(permission, case.unit_id)


def next_steps(case: Case, user) -> dict:
    """The steps that this user may take now, by name, in the order of the table."""
    found = CASE.steps_from(case.state)
    return {
        name: step
        for name, step in found.items()
        if may(user, case, name) and guards.fits(case, name)
    }


@transaction.atomic
def act(case: Case, name: str, values: dict, note: str = "", *, by) -> Case:
    """Take one step with a case as it was loaded; gives the case as it now stands.

    ``values`` are the fields that the step asks for, 挂起 also ``reason`` and ``evidence``; a step without
    a day of its own takes its day as ``on``, today where it is left out.
    """
    step = CASE.steps[name]
    if not may(by, case, name):
        raise Denied(f"您的角色不能办理“{step.label}”；如确需办理，请联系负责的人员。")
    if name in effects.REDATED:
        hold_calendar()  # before the row, as who dates cases anew takes them: else both would wait
    rows = Case.objects.select_for_update(of=("self",)).select_related("unit", "item__item")
    current = rows.filter(pk=case.pk, deleted_at__isnull=True).first()
    if current is None or current.version != case.version:
        raise StaleRecord(f"case {case.pk} was changed")
    case, source = current, current.state
    if source not in step.sources:
        raise ValidationError(f"现在是“{case.get_state_display()}”，不能{step.label}。")
    values, day = _asked(name, values)
    _check_day(case, name, day)
    note = note.strip()
    if name in NOTE_NEEDED and not note:
        raise ValidationError({"note": f"{step.label}请写明原因。"})
    if len(note) > 500:
        raise ValidationError({"note": f"意见最多 500 个字，现在是 {len(note)} 个。"})
    guards.check(case, name, values, day, by)
    for field in step.clears:
        setattr(case, field, Case._meta.get_field(field).get_default())
    for field in step.asks:
        if field in values:
            setattr(case, field, values[field])
    if step.target:
        case.state = step.target
    effects.apply(case, name, values, day, note, source, by)
    _store(case, name)
    _write_step(case, name, source, day, note, by)
    effects.told(case, name, by)
    return case


def _asked(name: str, values: dict) -> tuple[dict, date]:
    """The values with their day, each of those that are needed; ValidationError at what is missing."""
    step, of_day = CASE.steps[name], day_field(name)
    values = dict(values)
    if of_day == ON:
        values[ON] = values.get(ON) or timezone.localdate()
    missing = {
        field: f"请填写{Case._meta.get_field(field).verbose_name}。"
        for field in step.needs
        if values.get(field) in (None, "")
    }
    if missing:
        raise ValidationError(missing)
    return values, values[of_day]


def _check_day(case: Case, name: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({day_field(name): "日期不能晚于今天。"})
    last = last_day(case)
    if day < last:
        raise ValidationError({day_field(name): f"不能早于上一步的日期{last}。"})


def last_day(case: Case) -> date:
    """The day of the last thing that happened with the case."""
    done = case.steps.filter(deleted_at__isnull=True).values_list("occurred_on", flat=True)
    own = (getattr(case, name) for name in guards.DAYS_OF_STEPS)
    return max(filter(None, [case.occurred_on, *own, *done]))


def _store(case: Case, name: str) -> None:
    """Save the case by all rules of its model; a number is taken last, others wait for it from then on."""
    case.clean_fields(exclude=LATER)
    case.clean()
    if name in ACCEPTING:
        give_number(case)
    case.validate_constraints(exclude=LATER)
    case.save()


def give_number(case: Case) -> None:
    """The next number of the year of acceptance."""
    number = next_number(case.unit, case.accepted_on.year)
    case.number, case.number_year, case.number_serial = str(number), number.year, number.serial


def _write_step(case: Case, name: str, source: str, day: date, note: str, by) -> CaseStep:
    return CaseStep.objects.create(
        unit=case.unit,
        case=case,
        action=name,
        source=source,
        target=case.state,
        occurred_on=day,
        note=note,
        recorded_by=by,
    )
