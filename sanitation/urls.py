"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import cleaners, grids

urlpatterns = [
    path("grids/", grids.grids, name="sanitation-grids"),
    path("cleaners/<int:pk>/leave/", cleaners.leave_post_view, name="cleaner-leave-post"),
    path("trainings/<int:pk>/cleaners/", cleaners.attend_view, name="cleaner-training-attend"),
]
