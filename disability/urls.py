"""Pages of disability work that are not plain ledgers; mounted at /disability/."""

from django.urls import path

from disability.views import matrix, programmes

urlpatterns = [
    path("matrix/", matrix.matrix, name="disability-matrix"),
    path("matrix/paper.pdf", matrix.matrix_paper, name="disability-matrix-paper"),
    path("programmes/<int:pk>/enrol/", programmes.enrol_page, name="programme-enrol"),
]
