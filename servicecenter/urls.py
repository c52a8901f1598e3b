"""Pages of the one-stop service agency that are not plain ledgers; mounted at /servicecenter/."""

from django.urls import path

from servicecenter.views import at_risk, ratings, supervision

urlpatterns = [
    path("at-risk/", at_risk.at_risk, name="cases-at-risk"),
    path("supervise/", supervision.supervise, name="case-supervise"),
    path(
        "supervisions/<int:pk>/<slug:step>/",
        supervision.supervision_step,
        name="supervision-step",
    ),
    path("redresses/<int:pk>/<slug:step>/", ratings.redress_step, name="redress-step"),
]
