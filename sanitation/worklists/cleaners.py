"""Grids that nobody sweeps: without a cleaner, or with all of theirs away and nobody standing in."""

from django.urls import reverse
from django.utils import timezone

from portal.worklists import Act, Group, Worklist, register
from sanitation.selectors.cleaners import grids_where, unattended, uncovered
from sanitation.workflow import EDIT


def without_cleaner(units):
    today = timezone.localdate()
    return grids_where(uncovered(today), units, today)


def nobody_there(units):
    today = timezone.localdate()
    return grids_where(unattended(today), units, today)


def called(grid) -> str:
    return f"{grid.parent.name}{grid.name}"


def page_of(grid) -> str:
    return f"{reverse('sanitation-grids')}?community={grid.parent_id}"


def page_of_all() -> str:
    return reverse("sanitation-grids")


def entry(code, title, rows, due):
    return Worklist(
        f"sanitation.{code}",
        title,
        EDIT,
        rows,
        "grid-assignments",
        called,
        due,
        address=page_of,
        all_of_them=page_of_all,
        group=Group.MEND,
        place="parent",
        act=Act("安排", page_of),
    )


register(
    entry("grids_uncovered", "没有保洁员的网格", without_cleaner, lambda grid: "待安排"),
    entry(
        "grids_unattended", "今天无人保洁的网格", nobody_there, lambda grid: "都请假、没有人顶岗"
    ),
)
