"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import (
    enforcement,
    field,
    field_start,
    waste,
)

FIELD = "field/<int:pk>/"

urlpatterns = [
    path("field/", field_start.start, name="field-start"),
    path("field/who/", field_start.who, name="field-who"),
    path(FIELD, field.field, name="field"),
    path(f"{FIELD}items/", field.items, name="field-items"),
    path(f"{FIELD}drop/", field.drop, name="field-drop"),
    path(f"{FIELD}hand-in/", field.finish, name="field-hand-in"),
    path("waste/", waste.overview, name="sanitation-waste"),
    path("waste/<int:pk>/feedback.pdf", waste.feedback, name="sanitation-feedback"),
    path("sorting/", waste.sorting, name="sanitation-sorting"),
    path("enforcement/<int:pk>/recheck/", enforcement.recheck_page, name="enforcement-recheck"),
]
