"""Pages of disability work that are not plain ledgers; mounted at /disability/."""

from django.urls import path

from disability.views import programmes

urlpatterns = [
    path("programmes/<int:pk>/enrol/", programmes.enrol_page, name="programme-enrol"),
]
