"""数据看板 of sanitation."""

from portal.boards import LESS, MORE, Board, Line, Picture, better, register

register(
    Board(
        "sanitation",
        "环境卫生",
        "sanitation",
        (
            Line("sanitation.inspections", Picture.MONTHS),
            Line("sanitation.inspection_rate"),
            Line("sanitation.findings", Picture.PLAN),
            Line("sanitation.orders"),
            Line("sanitation.orders_closing_rate", Picture.UNITS),
            Line("sanitation.orders_in_time_rate"),
            Line("sanitation.orders_open"),
            Line("sanitation.orders_late"),
            Line("sanitation.average_score"),
            Line("sanitation.hauled", Picture.COLUMNS, tabled=False),
            Line("sanitation.sorted_share", tabled=False),
            Line("sanitation.buyback_completion", tabled=False),
        ),
    )
)
better(
    MORE,
    (
        "sanitation.inspection_rate",
        "sanitation.orders_closing_rate",
        "sanitation.orders_in_time_rate",
        "sanitation.average_score",
        "sanitation.sorted_share",
        "sanitation.buyback_completion",
        "sanitation.fee_rate",
        "sanitation.paste_rate",
        "sanitation.grid_coverage",
    ),
)
better(
    LESS,
    (
        "sanitation.findings",
        "sanitation.orders_open",
        "sanitation.orders_late",
        "sanitation.orders_average_days",
        "sanitation.cards_late",
        "sanitation.grids_uncovered",
    ),
)
