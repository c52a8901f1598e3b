"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import my_placement, placements

urlpatterns = [
    path("my-placement/", my_placement.my_placement, name="my-placement"),
    path("my-placement/words/", my_placement.own_words, name="my-placement-words"),
    path("my-placement/appraisal.pdf", my_placement.own_paper, name="my-placement-paper"),
    path("my-placement/<int:pk>/", my_placement.change_log, name="my-placement-log"),
    path("my-placement/<int:pk>/drop/", my_placement.drop_log, name="my-placement-drop"),
    path("trainee-logs/confirm/", placements.confirm, name="trainee-logs-confirm"),
    path("trainee-logs/<int:pk>/reopen/", placements.reopen, name="trainee-log-reopen"),
    path("trainees/<int:pk>/confirm/", placements.confirm, name="trainee-confirm"),
    path("trainees/<int:pk>/appraise/<slug:step>/", placements.appraise, name="trainee-appraise"),
    path("trainees/<int:pk>/appraisal.pdf", placements.paper, name="trainee-paper"),
]
