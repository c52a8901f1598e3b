"""What depends on the calendar: records of the apps whose dates a new notice changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.registry import Registry


@dataclass(frozen=True)
class Change:
    """One record whose date becomes another: told by its number and subject, never by a name."""

    number: str
    unit: str
    subject: str
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Dependent:
    """``changes(calendar, units)``: what would change in these units if that were the calendar.

    ``redate(notice, units, by, most)`` dates anew, by the calendar as stored, at most ``most`` records
    (None: all) and logs old and new date of each; how many it changed. It needs a scope of the units.
    """

    code: str
    title: str
    changes: Callable[..., list[Change]]
    redate: Callable[..., int]


dependents: Registry[Dependent] = Registry("redating")


def register(*declared: Dependent) -> None:
    for dependent in declared:
        dependents.add(dependent.code, dependent)
