"""Which boards somebody may open: those that come along, their own, and those shared with them."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from portal.boards import Line, boards
from portal.figures import figures
from portal.scope import access_of
from portal.tiles import tiles
from reports.boards.places import units_for
from reports.boards.when import Against, Span, When
from reports.models import Board

OVERVIEW = "overview"


@dataclass(frozen=True)
class Shown:
    """A board to be read; ``board`` is its row, where a user made it, and ``mine`` whether that is the
    reader."""

    key: str
    title: str
    lines: tuple[Line, ...]
    when: str = When.YEAR
    against: str = Against.YEAR_BEFORE
    board: Board | None = None
    mine: bool = False

    @property
    def url(self) -> str:
        return reverse("board-page", args=[self.key])

    def span(self, asked, against: str, today: date) -> Span:
        whole = asked or When(self.when).whole(today)
        return Span.of(whole, against or self.against, today)


def along(user) -> list[Shown]:
    """Those that come along, of the departments that the user sees."""
    access = access_of(user)
    seen = [code for code in tiles if access.may(figures[code].permission)]
    found = [Shown(OVERVIEW, "总览", tuple(Line(code) for code in seen))] if seen else []
    return found + [
        Shown(board.code, board.title, board.lines)
        for board in boards
        if access.may(f"{board.domain}.view")
    ]


def kept(user) -> list[Shown]:
    """Their own, then those shared with them."""
    found = [_of(board, user) for board in Board.objects.visible_to(user).select_related("unit")]
    return sorted(found, key=lambda shown: not shown.mine)


def _of(board: Board, user) -> Shown:
    mine = board.recorded_by_id == user.pk
    return Shown(str(board.pk), board.title, board.told, board.when, board.against, board, mine)


def shown_board(user, key: str) -> Shown:
    """Raises Http404 for one that is not theirs to open."""
    if key.isascii() and key.isdecimal() and len(key) < 18:
        board = Board.objects.visible_to(user).filter(pk=key).first()
        if board is not None:
            return _of(board, user)
    for board in along(user):
        if board.key == key:
            return board
    raise Http404


def first_board(user) -> Shown | None:
    """The one that 数据看板 opens with."""
    chosen = Board.objects.kept().of(user).filter(starts=True).first()
    if chosen is not None:
        return _of(chosen, user)
    return next(iter(along(user)), None)


def unit_for(user, shown: Shown, asked: str):
    """The unit asked for, else the board's own, else the reader's; None where they have none. Raises
    Http404 for a unit that is not theirs."""
    units = {str(unit.pk): unit for unit in units_for(user)}
    if asked:
        if asked not in units:
            raise Http404
        return units[asked]
    about = shown.board and str(shown.board.about_id or "")
    if about and about in units:
        return units[about]
    home = access_of(user).home
    return units.get(str(home.pk)) if home and str(home.pk) in units else _widest(units)


def _widest(units):
    return next(iter(units.values()), None)
