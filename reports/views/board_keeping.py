"""A user's own boards: made, changed, begun with, copied, taken away and brought back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.figures import figures
from portal.guided import GuidedView
from portal.marks import needs
from portal.models.versioned import sent_version
from portal.scope import access_of
from reports.boards.finding import found_figures
from reports.boards.forms import BoardForm, LineForm
from reports.boards.lines import pictures_of
from reports.boards.places import units_for
from reports.boards.reading import RETIRED
from reports.boards.shown import along, kept, shown_board
from reports.models import Board
from reports.services import boards as services

BIN = 20


def own_board(request, pk) -> Board:
    """One that the user made. Raises Http404 for any other."""
    return get_object_or_404(Board.objects.kept().of(request.user), pk=pk)


@require_safe
@needs("figures.view")
def board_list(request):
    """All that the user may open, and those of theirs that were taken away."""
    removed = Board.objects.of(request.user).filter(deleted_at__isnull=False)
    shown = kept(request.user)
    context = {
        "own": [board for board in shown if board.mine],
        "shared": [board for board in shown if not board.mine],
        "along": along(request.user),
        "removed": removed.order_by("-deleted_at")[:BIN],
        "may_make": bool(units_for(request.user)),
    }
    return render(request, "boards/list.html", context)


class BoardGuide(GuidedView):
    button = "保存"

    def context(self):
        return {
            "above_url": reverse("board-home"),
            "above_title": "数据看板",
            "parent_url": reverse("board-list"),
            "parent_title": "全部看板",
        }


class BoardNew(BoardGuide):
    title = "新建看板"

    def form(self, data=None):
        form = BoardForm(data, by=self.request.user)
        form.fields["source"].initial = self.request.GET.get("from", "")
        return form

    def perform(self, form):
        return services.make_board(
            unit=belongs_to(self.request.user),
            lines=form.begun_with.lines if form.begun_with else (),
            by=self.request.user,
            **form.settings,
        )

    def done(self, form, result):
        messages.success(self.request, f"已建看板“{result}”，请选指标。")
        return redirect("board-edit", result.pk)


def belongs_to(user):
    """The unit that a new board of the user belongs to: where they work. Raises Http404 without one."""
    access, units = access_of(user), units_for(user)
    if not units:
        raise Http404
    return access.home if access.home in units else units[0]


class BoardEdit(BoardGuide):
    """Name and period above, the figures below: each of their buttons is stored at once."""

    template_name = "boards/edit.html"

    @property
    def title(self):
        return f"修改看板：{self.board.title}"

    def dispatch(self, request, *args, **kwargs):
        self.board = own_board(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return BoardForm(data, by=self.request.user, board=self.board)

    def perform(self, form):
        board = form.as_loaded(self.board)
        return services.settle_board(board, by=self.request.user, **form.settings)

    def context(self):
        typed = self.request.GET.get("q", "")
        present = {line.code for line in self.board.told}
        return super().context() | {
            "board": self.board,
            "lines": [_line(line) for line in self.board.told],
            "typed": typed,
            "found": [
                {"figure": figure, "present": figure.code in present}
                for figure in found_figures(self.request.user, typed)
            ],
        }

    def done(self, form, result):
        messages.success(self.request, "已保存。")
        return redirect(result)


def _line(line) -> dict:
    figure = figures.get(line.code)
    return {
        "line": line,
        "label": figure.label if figure else line.code,
        "measure": figure.measure if figure else "",
        "trouble": "" if figure else RETIRED,
        "pictures": pictures_of(line.code).items(),
    }


@require_POST
@needs("figures.view")
def board_line(request, pk):
    """One act at one figure of a board."""
    board = own_board(request, pk)
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    told = form.cleaned_data
    board.version, code, by = told["version"], told["code"], request.user
    try:
        match told["act"]:
            case "add":
                services.add_line(board, code=code, by=by)
            case "up":
                services.move_line(board, code=code, places=-1, by=by)
            case "down":
                services.move_line(board, code=code, places=1, by=by)
            case "remove":
                services.remove_line(board, code=code, by=by)
            case "show":
                picture, tabled = told["picture"], told["tabled"]
                services.change_line(board, code=code, picture=picture, tabled=tabled, by=by)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    back = redirect("board-edit", pk)
    back["Location"] += f"#line-{code}" if told["act"] != "remove" else "#lines"
    return back


@require_POST
@needs("figures.view")
def board_copy(request, key):
    """A board of one's own with the same figures."""
    shown = shown_board(request.user, key)
    try:
        board = services.make_board(
            unit=belongs_to(request.user),
            title=services.free_title(shown.title, request.user),
            lines=shown.lines,
            when=shown.when,
            against=shown.against,
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("board-list")
    messages.success(request, f"已复制为“{board}”，可以按需要修改。")
    return redirect("board-edit", board.pk)


@require_POST
@needs("figures.view")
def board_start(request, pk):
    """Begin with this board, or, where it is the one already, with the one that comes along."""
    board = own_board(request, pk)
    services.start_with(None if board.starts else board, by=request.user)
    told = "以后先看总览。" if board.starts else f"以后打开数据看板，先看“{board}”。"
    messages.success(request, told)
    return redirect("board-list")


@require_POST
@needs("figures.view")
def board_remove(request, pk):
    board = own_board(request, pk)
    board.version = sent_version(request.POST.get("version", ""))
    services.remove_board(board, by=request.user)
    messages.success(request, f"已删除看板“{board}”。删错了可在下面“已删除”里恢复。")
    return redirect("board-list")


@require_POST
@needs("figures.view")
def board_restore(request, pk):
    removed = Board.objects.of(request.user).filter(deleted_at__isnull=False)
    board = get_object_or_404(removed, pk=pk)
    try:
        services.restore_board(board, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("board-list")
    messages.success(request, f"已恢复看板“{board}”。")
    return redirect(board)


_seeing = needs("figures.view")
board_new = _seeing(BoardNew.as_view())
board_edit = _seeing(BoardEdit.as_view())
