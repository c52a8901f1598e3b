"""数据看板 of the office's own facts."""

from portal.boards import MORE, Board, Line, Picture, better, register

register(
    Board(
        "office",
        "综合事务",
        "office",
        (
            Line("office.tasks", tabled=False),
            Line("office.tasks_done_rate", Picture.UNITS),
            Line("office.documents_received", tabled=False),
            Line("office.documents_done_rate"),
            Line("office.instructions_done_rate"),
            Line("office.meetings_held_rate"),
            Line("office.rules_kept_rate"),
            Line("office.seal_uses", Picture.MONTHS),
            Line("office.duty_incidents"),
            Line("office.duty_handed_over_rate", tabled=False),
            Line("office.posts_filled_rate", tabled=False),
            Line("office.purchase_amount", tabled=False),
        ),
    )
)
better(
    MORE,
    (
        "office.tasks_done_rate",
        "office.documents_done_rate",
        "office.instructions_done_rate",
        "office.meetings_held_rate",
        "office.rules_kept_rate",
        "office.duty_handed_over_rate",
    ),
)
