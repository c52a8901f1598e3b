"""Why is one person counted in two units, or no longer counted? Declared in ``<app>/crossings.py``.

Whoever adds numbers up knows no register of persons; each app that keeps one answers for its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from portal.periods import Period
from portal.registry import Registry


class CrossingKind(TextChoices):
    """In this order: what comes first explains most."""

    MERGED = "merged", "合并了重复档案"
    MOVED = "moved", "迁移"
    SPLIT = "split", "人户分离"
    DEAD = "dead", "去世"


@dataclass(frozen=True)
class Reason:
    """``words`` tell the particular case: 2025年6月3日由甲社区迁到乙社区."""

    why: CrossingKind
    words: str


@dataclass(frozen=True)
class Crossing:
    """``explain(keys, period)`` gives pairs of a record's key and a reason, seen from the period's end and
    within the present scope; of one record there may be several."""

    model: str
    explain: Callable[[frozenset[int], Period], Iterable[tuple[int, Reason]]]


crossings: Registry[Crossing] = Registry("crossings")


def register(declared: Crossing) -> None:
    crossings.add(declared.model, declared)


def reasons(model: str, keys: Iterable[int], period: Period) -> dict[int, list[Reason]]:
    """By key, what is known of the records of a model, in the order of ``CrossingKind``."""
    found, known = {}, crossings.get(model)
    if known is not None and (keys := frozenset(keys)):
        for key, reason in known.explain(keys, period):
            found.setdefault(key, []).append(reason)
    order = list(CrossingKind)
    return {key: sorted(told, key=lambda r: order.index(r.why)) for key, told in found.items()}
