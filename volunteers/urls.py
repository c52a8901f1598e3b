"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import help

urlpatterns = [
    path("activities/<int:pk>/whom/", help.whom, name="activity-whom"),
    path("help/<int:pk>/arrange/", help.arrange, name="help-arrange"),
    path("help/<int:pk>/done/", help.done, name="help-done"),
    path("help/<int:pk>/decline/", help.decline, name="help-decline"),
]
