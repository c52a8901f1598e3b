"""Boards of a user's own: made, changed, copied, begun with, taken away and brought back."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.boards import Line
from portal.figures import figures
from portal.models import Unit
from portal.scope import Denied, access_of
from reports.boards import lines as of_lines
from reports.boards.lines import kept_as
from reports.boards.when import Against, When
from reports.models import Board

MOST = 30  # of one user


def check_own(user, board: Board) -> None:
    """Raise Denied unless ``user`` made the board and still sees numbers where it belongs."""
    access_of(user).check("figures.view", board.unit_id)
    if board.recorded_by_id != user.pk:
        raise Denied("这是别人的看板，只能查看；可以复制一份再修改。")


@transaction.atomic
def make_board(
    *,
    unit: Unit,
    title: str,
    by,
    lines: Sequence[Line] = (),
    when: str = When.YEAR,
    against: str = Against.YEAR_BEFORE,
    about: Unit | None = None,
    shared: bool = False,
) -> Board:
    """A new board that belongs to ``by`` within ``unit``. Raises Denied, and ValidationError for a name that
    is taken, too many boards or lines that make none."""
    access_of(by).check("figures.view", unit.pk)
    if Board.objects.kept().filter(recorded_by=by).count() >= MOST:
        raise ValidationError(f"每人最多{MOST}个看板，请先删去不用的。")
    board = Board(unit=unit, recorded_by=by)
    _settle(board, title, when, against, about, shared, by)
    _fill(board, lines)
    board.full_clean()
    board.save()
    return board


@transaction.atomic
def settle_board(
    board: Board, *, title: str, when: str, against: str, about: Unit | None, shared: bool, by
) -> Board:
    """A new name, period or unit; sharing begun or ended. Raises Denied, StaleRecord, ValidationError."""
    check_own(by, board)
    _settle(board, title, when, against, about, shared, by)
    board.full_clean()
    board.save()
    return board


def _settle(board: Board, title, when, against, about, shared, by) -> None:
    if about is not None:
        access_of(by).check("figures.view", about.pk)
    board.title, board.when, board.against = title.strip(), when, against
    board.about, board.shared = about, shared


@transaction.atomic
def add_line(board: Board, *, code: str, by) -> Board:
    """One more figure at the end. Raises Denied where ``by`` may not see it anywhere, StaleRecord, and
    ValidationError for an unknown figure, one that is there already, or one too many."""
    if code in figures:
        access_of(by).check(figures[code].permission)
    return _relined(board, by, lambda lines: of_lines.added(lines, code))


@transaction.atomic
def move_line(board: Board, *, code: str, places: int, by) -> Board:
    """Up (-1) or down (1). Raises Denied, StaleRecord, and ValidationError where the figure is gone."""
    return _relined(board, by, lambda lines: of_lines.moved(lines, code, places))


@transaction.atomic
def change_line(board: Board, *, code: str, picture: str, tabled: bool, by) -> Board:
    """How a figure is shown. Raises as ``move_line``, and ValidationError for an unknown picture."""
    return _relined(
        board, by, lambda lines: of_lines.changed(lines, code, picture=picture, tabled=tabled)
    )


@transaction.atomic
def remove_line(board: Board, *, code: str, by) -> Board:
    """Raises as ``move_line``."""
    return _relined(board, by, lambda lines: of_lines.removed(lines, code))


def _relined(board: Board, by, change: Callable) -> Board:
    check_own(by, board)
    _fill(board, change(board.told))
    board.save()
    return board


def _fill(board: Board, lines: Sequence[Line]) -> None:
    of_lines.check(lines)
    board.lines = kept_as(lines)


@transaction.atomic
def start_with(board: Board | None, *, by) -> None:
    """The board that 数据看板 opens with; None for the one that comes along. Raises Denied."""
    mine = Board.objects.kept().of(by)
    for former in mine.filter(starts=True):
        former.starts = False
        former.save(update_fields=["starts"])
    if board is not None:
        check_own(by, board)
        board = mine.get(pk=board.pk)
        board.starts = True
        board.save(update_fields=["starts"])


@transaction.atomic
def remove_board(board: Board, *, by) -> None:
    """Out of use, until brought back. Raises Denied, StaleRecord."""
    check_own(by, board)
    board.deleted_at, board.deleted_by, board.starts = timezone.now(), by, False
    board.save(update_fields=["deleted_at", "deleted_by", "starts"])


@transaction.atomic
def restore_board(board: Board, *, by) -> None:
    """Back in use. Raises Denied, StaleRecord, and ValidationError where its name was given anew."""
    check_own(by, board)
    if Board.objects.kept().filter(recorded_by=by, title=board.title).exists():
        raise ValidationError(f"您已有名为“{board.title}”的看板，请先把那个改名再恢复。")
    board.deleted_at = board.deleted_by = None
    board.save(update_fields=["deleted_at", "deleted_by"])


def free_title(title: str, user) -> str:
    """The title, numbered where the user has one of that name."""
    taken = set(Board.objects.kept().filter(recorded_by=user).values_list("title", flat=True))
    number, free = 1, title
    while free in taken:
        number += 1
        free = f"{title[: 36 - len(str(number))]}（{number}）"
    return free
