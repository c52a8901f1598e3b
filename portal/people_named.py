"""Which persons does a text name, and may they be named? Declared in ``<app>/people_named.py``.

Whoever checks a text knows no register of persons; each app that keeps one answers for its own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.registry import Registry


@dataclass(frozen=True)
class Named:
    """A name of a register that stands in the text. Of namesakes the strictest holds: ``is_minor`` where
    one of them is under 18 on the day asked, ``consented`` only where all agreed to be named."""

    name: str
    is_minor: bool = False
    consented: bool = False


@dataclass(frozen=True)
class Register:
    """``named(units, text, day)`` gives the persons of these units whose names occur in the text."""

    code: str
    named: Callable[[frozenset[int], str, date], Iterable[Named]]


registers: Registry[Register] = Registry("people_named")


def register(declared: Register) -> None:
    registers.add(declared.code, declared)


def people_named(units: Iterable[int], text: str, day: date) -> Iterator[Named]:
    """What all registers know, within the present scope."""
    for each in registers:
        yield from each.named(frozenset(units), text, day)
