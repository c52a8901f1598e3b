"""变动类型 as a table: what each kind of life event does to the residency spell (domain §1.3).

All numbers of people follow from the spells, and the spells follow from these few acts.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from residents.enums import Residency, SpellEnd, SpellStart


class LifeEventKind(TextChoices):
    BORN = "born", "出生"
    DIED = "died", "死亡"
    MOVED_IN = "moved_in", "迁入"
    MOVED_OUT = "moved_out", "迁出"
    RELOCATED_IN = "relocated_in", "市内移入"
    RELOCATED_OUT = "relocated_out", "市内移出"
    RELOCATED = "relocated", "本社区内移居"
    MARRIED_IN = "married_in", "婚入"
    MARRIED_OUT = "married_out", "婚出"
    MARRIED = "married", "结婚"
    DIVORCED = "divorced", "离婚"
    ENLISTED = "enlisted", "服役"
    DISCHARGED = "discharged", "退役"
    IMPRISONED = "imprisoned", "入狱"
    RELEASED = "released", "释放"
    MISSING = "missing", "失联"
    FOUND = "found", "找回"
    LEFT_HOME = "left_home", "外出"
    CAME_HOME = "came_home", "返回"
    RESIDENCY_CHANGED = "residency_changed", "居住状态变更"


class Act(TextChoices):
    """What happens to the spell."""

    OPENS = "opens", "开始在册"
    CLOSES = "closes", "不再在册"
    CHANGES = "changes", "变更居住状态"
    NOTHING = "nothing", "不影响在册"


@dataclass(frozen=True)
class Effect:
    """``begins`` and ``ends`` are the reasons written into the spells. ``residency`` is that of the
    spell which begins; a change applies to those ``of`` these residencies and leaves others."""

    act: Act
    begins: SpellStart | None = None
    ends: SpellEnd | None = None
    residency: Residency | None = None
    of: frozenset[Residency] = frozenset(Residency)


REGISTERED_HERE = frozenset({Residency.HERE, Residency.AWAY})  # their 户口 is here


def _opens(begins: SpellStart) -> Effect:
    return Effect(Act.OPENS, begins=begins, residency=Residency.HERE)


def _closes(ends: SpellEnd) -> Effect:
    return Effect(Act.CLOSES, ends=ends)


def _changes(residency: Residency | None, of=frozenset(Residency)) -> Effect:
    return Effect(Act.CHANGES, SpellStart.CHANGED, SpellEnd.CHANGED, residency, of)


_AWAY = _changes(Residency.AWAY, REGISTERED_HERE)
_HOME = _changes(Residency.HERE, REGISTERED_HERE)

EFFECTS: dict[LifeEventKind, Effect] = {
    LifeEventKind.BORN: _opens(SpellStart.BORN),
    LifeEventKind.DIED: _closes(SpellEnd.DIED),
    LifeEventKind.MOVED_IN: _opens(SpellStart.MOVED),
    LifeEventKind.MOVED_OUT: _closes(SpellEnd.MOVED),
    LifeEventKind.RELOCATED_IN: _opens(SpellStart.MOVED),
    LifeEventKind.RELOCATED_OUT: _closes(SpellEnd.MOVED),
    LifeEventKind.RELOCATED: _changes(None),
    LifeEventKind.MARRIED_IN: _opens(SpellStart.MARRIED),
    LifeEventKind.MARRIED_OUT: _closes(SpellEnd.MARRIED),
    LifeEventKind.MARRIED: Effect(Act.NOTHING),
    LifeEventKind.DIVORCED: Effect(Act.NOTHING),
    LifeEventKind.ENLISTED: _AWAY,
    LifeEventKind.DISCHARGED: _HOME,
    LifeEventKind.IMPRISONED: _AWAY,
    LifeEventKind.RELEASED: _HOME,
    LifeEventKind.MISSING: _AWAY,
    LifeEventKind.FOUND: _HOME,
    LifeEventKind.LEFT_HOME: _AWAY,
    LifeEventKind.CAME_HOME: _HOME,
    LifeEventKind.RESIDENCY_CHANGED: _changes(None),
}

ARRIVALS = tuple(kind for kind, effect in EFFECTS.items() if effect.act is Act.OPENS)
DEPARTURES = tuple(kind for kind, effect in EFFECTS.items() if effect.act is Act.CLOSES)
MOVES_IN = (LifeEventKind.MOVED_IN, LifeEventKind.RELOCATED_IN, LifeEventKind.MARRIED_IN)
MOVES_OUT = (LifeEventKind.MOVED_OUT, LifeEventKind.RELOCATED_OUT, LifeEventKind.MARRIED_OUT)
