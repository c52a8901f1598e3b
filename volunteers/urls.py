"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import joining, organisations, people

urlpatterns = [
    path("orgs/", organisations.tree, name="volunteer-org-tree"),
    path("orgs/join/", people.join_org, name="volunteer-org-join"),
    path("train/", people.train, name="volunteer-train"),
    path("insure/", people.insure, name="volunteer-insure"),
    path("<int:pk>/leave/", people.leave_view, name="volunteer-leave"),
    path(
        "applications/<int:pk>/approve/",
        joining.approve_view,
        name="volunteer-application-approve",
    ),
    path("applications/<int:pk>/decline/", joining.decline, name="volunteer-application-decline"),
]
