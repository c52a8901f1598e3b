"""Inputs and rule as JSON, to be kept with a score, and back without losing a digit."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sanitation.enums.rectification import CardColour
from sanitation.scoring.facts import Inputs, Rule

EDITION = 1  # of the way of computing: a later one keeps this one beside it, for what was frozen


def stored(inputs: Inputs, rule: Rule) -> dict:
    """All that a score follows from."""
    return {"edition": EDITION, "rule": _plain(rule), "inputs": _plain(inputs)}


def read(kept: dict) -> tuple[Inputs, Rule]:
    """What ``stored`` made, now or before values were added that change no digit of what was stored then.
    Raises ValueError for another edition."""
    if kept.get("edition") != EDITION:
        raise ValueError(f"scores of edition {kept.get('edition')} are not computed here")
    return _typed(Inputs, _with_colours(kept["inputs"])), _typed(Rule, kept["rule"])


def _with_colours(inputs: dict) -> dict:
    """Cards were once told apart only as yellow or not."""
    cards = [_coloured(card) for card in inputs["cards"]]
    return {**inputs, "cards": cards}


def _coloured(card: dict) -> dict:
    if "is_yellow" not in card:
        return card
    colour = CardColour.YELLOW.value if card["is_yellow"] else ""
    return {"source": card["source"], "colour": colour}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UnionType):
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _typed(hints[name], each) for name, each in value.items()})
    return Decimal(value) if kind is Decimal else value
