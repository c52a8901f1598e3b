"""数据看板 of the one-stop service agency."""

from portal.boards import LESS, MORE, Board, Line, Picture, better, register

register(
    Board(
        "servicecenter",
        "为民服务",
        "servicecenter",
        (
            Line("servicecenter.accepted", Picture.PANELS),
            Line("servicecenter.accepted_decided"),
            Line("servicecenter.completion", Picture.UNITS),
            Line("servicecenter.on_time_rate"),
            Line("servicecenter.overdue"),
            Line("servicecenter.satisfaction"),
            Line("servicecenter.ratings_bad"),
            Line("servicecenter.supervisions_open"),
            Line("servicecenter.reception_people", tabled=False),
            Line("servicecenter.reception_answer_rate", tabled=False),
            Line("servicecenter.folk_visits", tabled=False),
            Line("servicecenter.call_back_rate", tabled=False),
        ),
    )
)
better(
    MORE,
    (
        "servicecenter.completion",
        "servicecenter.overall_completion",
        "servicecenter.due_completion",
        "servicecenter.on_time_rate",
        "servicecenter.satisfaction",
        "servicecenter.reception_answer_rate",
        "servicecenter.call_back_rate",
        "servicecenter.redress_in_time_rate",
        "servicecenter.supervision_answer_rate",
    ),
)
better(
    LESS,
    (
        "servicecenter.overdue",
        "servicecenter.overdue_rate",
        "servicecenter.ratings_bad",
        "servicecenter.average_days",
        "servicecenter.supervisions_open",
        "servicecenter.redresses_open",
        "servicecenter.unreplied",
    ),
)
