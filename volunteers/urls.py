"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import activities, shifts, types

ACTIVITY = "activities/<int:pk>/"

urlpatterns = [
    path("types/", types.type_list, name="volunteer-type-list"),
    path("types/add/", types.type_add, name="volunteer-type-add"),
    path("types/<int:pk>/", types.type_edit, name="volunteer-type-edit"),
    path("types/<int:pk>/delete/", types.type_delete, name="volunteer-type-delete"),
    path(f"{ACTIVITY}shifts/", activities.shifts_add, name="volunteer-shifts-add"),
    path(f"{ACTIVITY}notice.pdf", activities.notice_paper, name="volunteer-activity-notice"),
    path(f"{ACTIVITY}step/<slug:step>/", activities.activity_step, name="volunteer-activity-step"),
    path("shifts/<int:pk>/sign-up/", shifts.sign_up_many, name="volunteer-shift-sign-up"),
    path("sign-ups/<int:pk>/withdraw/", shifts.withdraw, name="volunteer-sign-up-withdraw"),
]
