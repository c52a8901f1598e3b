"""Pages of the one-stop service agency that are not plain ledgers; mounted at /servicecenter/."""

from django.urls import path

from servicecenter.views import checklist

urlpatterns = [
    path("checklist/seed/", checklist.seed, name="checklist-seed"),
]
