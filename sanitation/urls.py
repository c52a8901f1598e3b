"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import enforcement

urlpatterns = [
    path("enforcement/<int:pk>/recheck/", enforcement.recheck_page, name="enforcement-recheck"),
from sanitation.views import field, field_start

FIELD = "field/<int:pk>/"

    path("field/", field_start.start, name="field-start"),
    path("field/who/", field_start.who, name="field-who"),
    path(FIELD, field.field, name="field"),
    path(f"{FIELD}items/", field.items, name="field-items"),
    path(f"{FIELD}drop/", field.drop, name="field-drop"),
    path(f"{FIELD}hand-in/", field.finish, name="field-hand-in"),
from sanitation.views import waste

    path("waste/", waste.overview, name="sanitation-waste"),
    path("waste/<int:pk>/feedback.pdf", waste.feedback, name="sanitation-feedback"),
    path("sorting/", waste.sorting, name="sanitation-sorting"),
]
