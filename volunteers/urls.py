"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import posters

urlpatterns = [
    path("shifts/<int:pk>/qr/", posters.poster, name="shift-qr"),
]
