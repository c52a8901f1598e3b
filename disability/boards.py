"""数据看板 of disability work."""

from portal.boards import LESS, MORE, Board, Line, Picture, better, register

register(
    Board(
        "disability",
        "残疾人工作",
        "disability",
        (
            Line("disability.registered", Picture.UNITS),
            Line("disability.holders"),
            Line("disability.visits", Picture.MONTHS),
            Line("disability.visit_coverage"),
            Line("disability.rehab_coverage"),
            Line("disability.subsidy_persons"),
            Line("disability.subsidy_due_missing", Picture.BARE),
            Line("disability.applications_pending", tabled=False),
            Line("disability.device_fit_rate", tabled=False),
            Line("disability.problems_solved_rate", tabled=False),
            Line("disability.activities", tabled=False),
            Line("disability.training_person_times", Picture.COLUMNS, tabled=False),
        ),
    )
)
better(
    MORE,
    (
        "disability.visits",
        "disability.visit_coverage",
        "disability.rehab_coverage",
        "disability.device_fit_rate",
        "disability.problems_solved_rate",
        "disability.subsidy_review_rate",
        "disability.attendance_rate",
        "disability.medication_rate",
        "disability.appointment_attendance",
    ),
)
better(
    LESS,
    (
        "disability.subsidy_due_missing",
        "disability.subsidy_undue",
        "disability.subsidy_review_due",
        "disability.applications_pending",
        "disability.complications_open",
        "disability.complication_rate",
        "disability.device_needs_waiting",
        "disability.incidents",
        "disability.incidents_open",
    ),
)
