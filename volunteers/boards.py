"""数据看板 of volunteer work."""

from portal.boards import LESS, MORE, Board, Line, Picture, better, register

register(
    Board(
        "volunteers",
        "志愿服务",
        "volunteers",
        (
            Line("volunteers.registered", Picture.UNITS),
            Line("volunteers.new"),
            Line("volunteers.hours", Picture.SHADED),
            Line("volunteers.attendance"),
            Line("volunteers.active_rate"),
            Line("volunteers.activities"),
            Line("volunteers.served_persons"),
            Line("volunteers.served_satisfaction"),
            Line("volunteers.help_open", tabled=False),
            Line("volunteers.help_rate", tabled=False),
            Line("volunteers.hours_waiting", tabled=False),
            Line("volunteers.stars", tabled=False),
        ),
    )
)
better(
    MORE,
    (
        "volunteers.hours",
        "volunteers.attendance",
        "volunteers.active_rate",
        "volunteers.served_satisfaction",
        "volunteers.help_rate",
        "volunteers.places_filled",
    ),
)
better(LESS, ("volunteers.help_open", "volunteers.complaints", "volunteers.corrections_waiting"))
