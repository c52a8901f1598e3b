from django.urls import path

from reports.views import board_comparing, board_keeping, board_papers, boards

urlpatterns = [
    path("boards/", boards.board_home, name="board-home"),
    path("boards/all/", board_keeping.board_list, name="board-list"),
    path("boards/new/", board_keeping.board_new, name="board-new"),
    path("boards/table/", boards.board_table, name="board-table"),
    path("boards/compare/", board_comparing.board_compare, name="board-compare"),
    path("boards/figures/<str:code>/", boards.board_figure, name="board-figure"),
    path(
        "boards/figures/<str:code>/difference/",
        board_comparing.board_difference,
        name="board-difference",
    ),
    path("boards/figures/<str:code>/sum/", board_comparing.board_sum, name="board-sum"),
    path("boards/<int:pk>/edit/", board_keeping.board_edit, name="board-edit"),
    path("boards/<int:pk>/line/", board_keeping.board_line, name="board-line"),
    path("boards/<int:pk>/start/", board_keeping.board_start, name="board-start"),
    path("boards/<int:pk>/remove/", board_keeping.board_remove, name="board-remove"),
    path("boards/<int:pk>/restore/", board_keeping.board_restore, name="board-restore"),
    path("boards/<slug:key>/", boards.board, name="board-page"),
    path("boards/<slug:key>/copy/", board_keeping.board_copy, name="board-copy"),
    path("boards/<slug:key>/board.pdf", board_papers.board_pdf, name="board-pdf"),
    path("boards/<slug:key>/board.xlsx", board_papers.board_xlsx, name="board-xlsx"),
    # The table that stood here before; people kept its address.
    path("figures/street/", boards.street_numbers, name="figure-street"),
]
