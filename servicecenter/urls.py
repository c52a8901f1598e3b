"""Pages of the one-stop service agency that are not plain ledgers; mounted at /servicecenter/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
