"""Recording what happens in people's lives: the one door through which spells begin and end.

An event, what it does to the residency spell, and the mark of a death are stored as one. Undoing
the event undoes all of it, as long as nothing was built upon it since.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.ledgers import services as records
from portal.scope import Denied, access_of
from residents.enums import SpellStart
from residents.life_events import EFFECTS, Act, LifeEventKind
from residents.models import CareTag, LifeEvent, Membership, ResidencySpell, Resident

ONE_DAY = timedelta(days=1)
BEGINS_LATER = ((ResidencySpell, "在册时段"), (Membership, "户成员"), (CareTag, "关爱对象"))


@dataclass(frozen=True)
class Living:
    """How the resident lives from the event on; empty values leave it as it is."""

    residency: str = ""
    grid: object = None


@transaction.atomic
def record_event(
    resident: Resident, kind, *, on: date, by, unit, residency="", grid=None, **details
) -> LifeEvent:
    """Store the event of that day and what it does to the residency spell; mark a death.

    ``residency`` and ``grid`` say how the resident lives from then on, where a spell begins.
    ``details`` are further fields of LifeEvent. The same event told again is given back unchanged.
    ``resident`` is brought up to date. Raises ValidationError where the day cannot be: in the
    future, before birth or after death, on days on which the resident is not, or already is, in
    the register, or before a change that was recorded already.
    """
    kind = LifeEventKind(kind)
    person = _locked(resident)
    known = LifeEvent.objects.kept().filter(resident=person, unit=unit, kind=kind, occurred_on=on)
    if (event := known.first()) is not None:
        return event
    event = LifeEvent(
        unit=unit, resident=person, kind=kind, occurred_on=on, recorded_by=by, **details
    )
    event.grid = grid or (person.grid if person.unit_id == unit.pk else None)
    _refuse_impossible_day(person, kind, on)
    _apply(event, person, Living(residency, grid))
    event.full_clean(exclude={"recorded_by"}, validate_constraints=False)
    event.save()
    resident.refresh_from_db()
    return event


def _locked(resident: Resident) -> Resident:
    """The row, locked, so that two clerks do not end the same spell."""
    try:
        return Resident.objects.select_for_update(of=("self",)).get(
            pk=resident.pk, deleted_at__isnull=True
        )
    except Resident.DoesNotExist:
        raise ValidationError("这位居民现由其他单位管理，不能在这里登记变动。") from None


def _refuse_impossible_day(person: Resident, kind: LifeEventKind, on: date) -> None:
    if on > timezone.localdate():
        raise _wrong_day("日期不能晚于今天。")
    if person.born_on and on < person.born_on:
        raise _wrong_day(f"日期不能早于出生日期（{person.born_on}）。")
    if kind is LifeEventKind.BORN and person.born_on and on != person.born_on:
        raise _wrong_day(f"出生的日期应与居民的出生日期（{person.born_on}）一致。")
    if person.died_on and on > person.died_on:
        raise _wrong_day(f"这位居民已于{person.died_on}去世，之后不能再有变动。")


def _wrong_day(text: str) -> ValidationError:
    return ValidationError({"occurred_on": text})


def _apply(event: LifeEvent, person: Resident, living: Living) -> None:
    """Do to the spells what the kind says; set the event's links to them."""
    event.closed_spell = event.opened_spell = None
    event.adopted = False
    effect = EFFECTS[LifeEventKind(event.kind)]
    match effect.act:
        case Act.OPENS:
            _open(event, person, effect, living)
        case Act.CLOSES:
            _close(event, person, effect)
        case Act.CHANGES:
            _change(event, person, effect, living)
    if event.kind == LifeEventKind.DIED:
        _mark_dead(person, event.occurred_on)


# --- the three acts -------------------------------------------------------------------------------
def _open(event, person, effect, living) -> None:
    on = event.occurred_on
    spells = person.spells.kept().order_by("-starts_on")
    last = spells.first()
    if last is not None and last.starts_on == on and _may_be_adopted(last, event):
        last.began_by = effect.begins
        last.residency = living.residency or last.residency
        last.grid = living.grid or last.grid
        last.save()
        event.opened_spell, event.adopted = last, True
        return
    if last is not None and (last.ends_on is None or last.ends_on >= on):
        raise _wrong_day(_already_here(last))
    if person.unit_id != event.unit_id:
        person.unit, person.grid = event.unit, None
        person.save(update_fields=["unit", "grid"])
    event.opened_spell = ResidencySpell.objects.create(
        unit=event.unit,
        resident=person,
        starts_on=on,
        began_by=effect.begins,
        residency=living.residency or effect.residency,
        grid=living.grid,
        recorded_by=event.recorded_by,
        recorded_at=event.recorded_at,
    )


def _may_be_adopted(spell, event) -> bool:
    """Registered from that very day: the event only tells how the resident came."""
    return spell.began_by == SpellStart.REGISTERED and spell.unit_id == event.unit_id


def _already_here(spell) -> str:
    where = f"自{spell.starts_on}起已在{spell.unit}在册"
    if spell.ends_on:
        where += f"，到{spell.ends_on}为止"
    return f"这位居民{where}。日期有误的，请先更正在册时段；在其他单位的，请先办理移出。"


def _present(person, event) -> ResidencySpell:
    """The open spell in this unit that the event happens in."""
    spell = person.spells.kept().filter(ends_on__isnull=True).first()
    if spell is None:
        raise ValidationError("这位居民现在不在册，不能登记这种变动。")
    if spell.unit_id != event.unit_id:
        raise ValidationError(f"这位居民现在{spell.unit}在册，请由该单位登记。")
    if spell.starts_on > event.occurred_on:
        raise _wrong_day(
            f"这位居民自{spell.starts_on}起有一次“{spell.get_began_by_display()}”，晚于这一天；"
            "请先撤销或更正那次变动。"
        )
    if spell.starts_on == event.occurred_on and spell.began_by == SpellStart.CHANGED:
        raise _wrong_day("同一天已登记过状态变更，请先撤销那次变动再登记。")
    return spell


def _close(event, person, effect) -> None:
    spell = _present(person, event)
    event.closed_spell = spell
    if spell.starts_on == event.occurred_on:  # came and went on one day: never there at its end
        spell.deleted_at, spell.deleted_by = timezone.now(), event.recorded_by
    else:
        spell.ends_on, spell.ended_by = event.occurred_on - ONE_DAY, effect.ends
    spell.save()


def _change(event, person, effect, living) -> None:
    spell = person.spells.kept().filter(ends_on__isnull=True).first()
    residency, grid = living.residency or effect.residency, living.grid
    if event.kind == LifeEventKind.RESIDENCY_CHANGED and not living.residency:
        raise ValidationError({"residency": "请选择变更后的居住状态。"})
    if spell is None or (not living.residency and spell.residency not in effect.of):
        residency = ""
    residency = residency or (spell and spell.residency)
    grid_id = grid.pk if grid else (spell and spell.grid_id)
    if spell is None or (residency == spell.residency and grid_id == spell.grid_id):
        if event.kind == LifeEventKind.RESIDENCY_CHANGED:
            raise ValidationError({"residency": "居住状态没有变化。"})
        return
    spell = _present(person, event)
    if spell.starts_on == event.occurred_on:
        raise _wrong_day("这位居民当天才在册，请直接更正居住状态。")
    event.closed_spell = spell
    spell.ends_on, spell.ended_by = event.occurred_on - ONE_DAY, effect.ends
    spell.save()
    event.opened_spell = ResidencySpell.objects.create(
        unit=spell.unit,
        resident=person,
        starts_on=event.occurred_on,
        began_by=effect.begins,
        residency=residency,
        grid_id=grid_id,
        recorded_by=event.recorded_by,
        recorded_at=event.recorded_at,
    )


def _mark_dead(person, on: date) -> None:
    for model, label in BEGINS_LATER:
        later = model.objects.kept().filter(resident=person, starts_on__gt=on).first()
        if later is not None:
            raise _wrong_day(f"这一天之后还有{label}（自{later.starts_on}起），请先更正。")
    person.refresh_from_db(fields=["version", "residency", "grid"])
    person.died_on = on
    person.save(update_fields=["died_on"])


# --- and back -------------------------------------------------------------------------------------
def check_undoable(event: LifeEvent) -> None:
    """Raise Denied where something was built upon what the event did."""
    opened, closed = event.opened_spell, event.closed_spell
    later = event.resident.spells.kept().filter(starts_on__gt=event.occurred_on)
    if (opened or closed) and later.exists():
        raise Denied("这次变动之后又有在册变动，请先撤销后面的变动。")
    if opened is not None and (opened.ends_on or opened.deleted_at):
        raise Denied("这次变动开始的在册时段之后又有改动，不能撤销。")
    if closed is None:
        return
    came_and_went = closed.starts_on == event.occurred_on
    as_left = (
        closed.deleted_at is not None
        if came_and_went
        else closed.left_on == event.occurred_on and closed.deleted_at is None
    )
    if not as_left:
        raise Denied("这次变动结束的在册时段之后又有改动，不能撤销。")


@transaction.atomic
def undo_event(event: LifeEvent, *, version: int, by) -> None:
    """Move the event to the recycle bin and restore the spells as they were before it.

    Raises Denied where something was built upon it, StaleRecord where it changed meanwhile.
    """
    person = _locked(event.resident)
    event.refresh_from_db(fields=["opened_spell", "closed_spell", "adopted"])
    check_undoable(event)
    records.recycle(event, version=version, by=by)
    opened, closed = event.opened_spell, event.closed_spell
    if opened is not None and event.adopted:
        opened.began_by = SpellStart.REGISTERED
        opened.save()
    elif opened is not None:
        opened.deleted_at, opened.deleted_by = event.deleted_at, by
        opened.save()
    if event.kind == LifeEventKind.DIED:
        person.died_on = None
        person.save(update_fields=["died_on"])
    if closed is not None:
        closed.ends_on, closed.ended_by = None, ""
        closed.deleted_at = closed.deleted_by = None
        closed.save()


@transaction.atomic
def redo_event(event: LifeEvent, *, by) -> None:
    """Take an event back from the recycle bin and do again what it does.

    Raises ValidationError where it can no longer have happened that way.
    """
    access_of(by).check(f"{event.domain}.edit", event.unit_id)
    person = _locked(event.resident)
    before = event.opened_spell
    living = Living(before.residency, before.grid) if before is not None else Living()
    _refuse_impossible_day(person, LifeEventKind(event.kind), event.occurred_on)
    _apply(event, person, living)
    event.deleted_at = event.deleted_by = None
    event.save()
