"""Pages of disability work that are not plain ledgers; mounted at /disability/."""

from django.urls import path

from disability.views import matrix, network, programme_marks, programme_timetable, programmes

PROGRAMME = "programmes/<int:pk>/"

urlpatterns = [
    path("matrix/", matrix.matrix, name="disability-matrix"),
    path("matrix/paper.pdf", matrix.matrix_paper, name="disability-matrix-paper"),
    path(f"{PROGRAMME}enrol/", programmes.enrol_page, name="programme-enrol"),
    path(f"{PROGRAMME}attendance/", programme_marks.attendance_page, name="programme-attendance"),
    path(
        f"{PROGRAMME}attendance.pdf",
        programme_marks.attendance_paper,
        name="programme-attendance-sheet",
    ),
    path(f"{PROGRAMME}medication/", programme_marks.medication_page, name="programme-medication"),
    path(f"{PROGRAMME}timetable/", programme_timetable.timetable_page, name="programme-timetable"),
    path("trainings/<int:pk>/workers/", network.attendances, name="training-workers"),
]
