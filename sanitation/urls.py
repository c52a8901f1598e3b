"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import enforcement

urlpatterns = [
    path("enforcement/<int:pk>/recheck/", enforcement.recheck_page, name="enforcement-recheck"),
]
