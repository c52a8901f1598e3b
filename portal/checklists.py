"""Printed lists of points to look at on the spot; declared in ``<app>/checklists.py``."""

from dataclasses import dataclass

from portal.registry import Registry


@dataclass(frozen=True)
class Checklist:
    """``points`` are (what to look at, full mark, how marks are taken off); ``head`` are labels to
    fill in above, ``foot`` who signs below."""

    code: str
    title: str
    domain: str
    head: tuple[str, ...]
    points: tuple[tuple[str, int, str], ...]
    foot: tuple[str, ...]

    @property
    def full_mark(self) -> int:
        return sum(mark for _, mark, _ in self.points)


checklists: Registry[Checklist] = Registry("checklists")


def register(*declared: Checklist) -> None:
    for checklist in declared:
        checklists.add(checklist.code, checklist)
