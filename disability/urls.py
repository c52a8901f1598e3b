"""Pages of disability work that are not plain ledgers; mounted at /disability/."""

from django.urls import path

from disability.views import (
    applications,
    certificates,
    devices,
    matrix,
    network,
    programme_marks,
    programme_timetable,
    programmes,
    rehabilitation,
    statements,
    subsidy_check,
    subsidy_kinds,
    subsidy_runs,
)

PROGRAMME = "programmes/<int:pk>/"

urlpatterns = [
    path("certificates/<int:pk>/<slug:act>/", certificates.act, name="certificate-act"),
    path("applications/many/", applications.apply_many, name="application-apply-many"),
    path("applications/step/<slug:step>/", applications.step, name="application-step"),
    path("device-kinds/", devices.kind_list, name="device-kind-list"),
    path("device-kinds/add/", devices.kind_add, name="device-kind-add"),
    path("device-kinds/<int:pk>/", devices.kind_edit, name="device-kind-edit"),
    path("device-classes/add/", devices.class_add, name="device-class-add"),
    path("device-classes/<int:pk>/", devices.class_edit, name="device-class-edit"),
    path("subsidy-kinds/", subsidy_kinds.kind_list, name="subsidy-kind-list"),
    path("subsidy-kinds/add/", subsidy_kinds.kind_add, name="subsidy-kind-add"),
    path("subsidy-kinds/<int:pk>/", subsidy_kinds.kind_edit, name="subsidy-kind-edit"),
    path("subsidy-kinds/<int:pk>/delete/", subsidy_kinds.kind_delete, name="subsidy-kind-delete"),
    path("subsidy-check/", subsidy_check.check, name="subsidy-check"),
    path(
        "subsidy-check/<slug:rule>/export/", subsidy_check.check_export, name="subsidy-check-export"
    ),
    path(
        "subsidy-check/<slug:rule>/<int:pk>/<int:kind>/",
        subsidy_check.outcome,
        name="subsidy-outcome",
    ),
    path("subsidy-runs/draft/", subsidy_runs.draft, name="subsidy-run-draft"),
    path("subsidy-runs/<int:pk>/register.pdf", subsidy_runs.run_paper, name="subsidy-run-paper"),
    path("subsidy-runs/<int:pk>/<slug:step>/", subsidy_runs.step, name="subsidy-run-step"),
    path("statements/<int:pk>/", statements.statement, name="subsidy-statement"),
    path(
        "statements/<int:pk>/paper.pdf", statements.statement_paper, name="subsidy-statement-paper"
    ),
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
    path("agreements/sign/", rehabilitation.sign_many_page, name="rehab-sign-many"),
    path("plan-templates/library/", rehabilitation.library_page, name="plan-library"),
    path("plans/<int:pk>/plan.pdf", rehabilitation.plan_paper, name="rehab-plan-paper"),
]
