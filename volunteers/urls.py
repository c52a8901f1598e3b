"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import (
    activities,
    attendance,
    help,
    hours,
    my_placement,
    placements,
    postings,
    shifts,
    stars,
    types,
)

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
    path("shifts/<int:pk>/attendance/", attendance.attendance, name="shift-attendance"),
    path("activities/<int:pk>/hours/", hours.activity_hours, name="activity-hours"),
    path("records/<int:pk>/<slug:step>/", hours.record_step, name="service-step"),
    path("postings/new/", postings.new, name="hours-posting-new"),
    path("postings/<int:pk>/count/", postings.count_page, name="hours-posting-count"),
    path("postings/<int:pk>/list.pdf", postings.paper, name="hours-posting-paper"),
    path("corrections/<int:pk>/<slug:step>/", stars.answer, name="correction-step"),
    path("stars/promotions/", stars.star_promotions, name="star-promotions"),
    path("stars/<int:pk>/revoke/", stars.star_revoke, name="star-revoke"),
    path("people/<int:pk>/hours/", stars.hours_of_volunteer, name="volunteer-hours"),
    path("activities/<int:pk>/whom/", help.whom, name="activity-whom"),
    path("help/<int:pk>/arrange/", help.arrange, name="help-arrange"),
    path("help/<int:pk>/done/", help.done, name="help-done"),
    path("help/<int:pk>/decline/", help.decline, name="help-decline"),
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
