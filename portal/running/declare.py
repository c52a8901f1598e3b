"""What a check is, and the table of all checks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.registry import Registry


class Level(StrEnum):
    GOOD = "good"
    WARN = "warn"  # works, and should be seen to soon
    BAD = "bad"  # work is stopped, or what is stored is not safe

    @property
    def label(self) -> str:
        return {"good": "正常", "warn": "留意", "bad": "须处理"}[self.value]


@dataclass(frozen=True)
class Finding:
    """What a check saw. ``told`` is a sentence for the officer; ``remedy`` names setting or command."""

    level: Level
    told: str
    remedy: str = ""

    @property
    def is_good(self) -> bool:
        return self.level is Level.GOOD


def good(told: str) -> Finding:
    return Finding(Level.GOOD, told)


def warn(told: str, remedy: str) -> Finding:
    return Finding(Level.WARN, told, remedy)


def bad(told: str, remedy: str) -> Finding:
    return Finding(Level.BAD, told, remedy)


@dataclass(frozen=True)
class Check:
    """One question. ``group`` orders the page; ``asks_database`` ones are skipped while it is down;
    ``for_serving`` ones decide whether ``/ready/`` answers 200; ``slow`` ones only ``doctor`` asks."""

    name: str
    title: str
    group: str
    ask: Callable[[], Finding]
    asks_database: bool = False
    for_serving: bool = False
    slow: bool = False


checks: Registry[Check] = Registry("running_checks")


def check(name: str, title: str, group: str, **how):
    """Declare the decorated function as a check."""

    def declare(ask):
        checks.add(name, Check(name, title, group, ask, **how))
        return ask

    return declare
