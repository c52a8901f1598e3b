"""数据看板 of the register of residents and of what departments share."""

from portal.boards import LESS, MORE, Board, Line, Picture, better, register

register(
    Board(
        "residents",
        "居民与户",
        "residents",
        (
            Line("residents.registered", Picture.PLAN),
            Line("residents.households"),
            Line("population.usual"),
            Line("population.floating"),
            Line("population.elderly"),
            Line("residents.cared_for", Picture.UNITS),
            Line("population.came", tabled=False),
            Line("population.left", tabled=False),
            Line("visits.person_times", Picture.DAYS),
            Line("visits.persons"),
            Line("assistance.amount", tabled=False),
            Line("problems.solved_rate", tabled=False),
        ),
    )
)
better(MORE, ("visits.person_times", "visits.home", "visits.persons", "problems.solved_rate"))
better(LESS, ("problems.pending", "applications.pending"))
