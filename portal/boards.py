"""数据看板 that come along, one for each department; an app declares its own in ``<app>/boards.py``.

A board is data: which figures stand as tiles, which of them in the table by unit, which as a picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from portal.registry import Registry


class Picture(TextChoices):
    """How a line of a board is drawn beside its tile."""

    NONE = "", "数和走势"
    BARE = "bare", "只要数"  # of a figure whose every month takes long to count
    MONTHS = "line", "另画近十二个月折线"
    COLUMNS = "bar", "另画近十二个月柱形"
    UNITS = "units", "另画下级单位比较"
    PLAN = "plan", "另画下级单位平面图"
    PANELS = "panels", "另画各单位各月小图"
    SHADED = "shaded", "另画各单位各月深浅表"
    DAYS = "days", "另画每天"  # of a figure that counts by event date alone


@dataclass(frozen=True)
class Line:
    """One figure of a board; ``tabled`` puts it into the table by unit."""

    code: str
    picture: str = Picture.NONE
    tabled: bool = True


@dataclass(frozen=True)
class Board:
    """``domain`` is the department whose records must be seen to be offered it; "" for everybody."""

    code: str
    title: str
    domain: str
    lines: tuple[Line, ...]


boards: Registry[Board] = Registry("boards")
_better: dict[str, str] = {}
MORE, LESS = "more", "less"


def register(board: Board) -> None:
    boards.add(board.code, board)


def better(direction: str, codes: Iterable[str]) -> None:
    """Say of figures whether ``MORE`` or ``LESS`` of them is the better; of others it is not known."""
    _better.update(dict.fromkeys(codes, direction))


def direction_of(code: str) -> str:
    """MORE, LESS, or "" where no good direction was declared."""
    len(boards)  # the apps' modules say so when they are first asked for
    return _better.get(code, "")
