"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import waste

urlpatterns = [
    path("waste/", waste.overview, name="sanitation-waste"),
    path("waste/<int:pk>/feedback.pdf", waste.feedback, name="sanitation-feedback"),
    path("sorting/", waste.sorting, name="sanitation-sorting"),
]
