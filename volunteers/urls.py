"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import attendance, hours, postings, stars

urlpatterns = [
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
from volunteers.views import help

    path("activities/<int:pk>/whom/", help.whom, name="activity-whom"),
    path("help/<int:pk>/arrange/", help.arrange, name="help-arrange"),
    path("help/<int:pk>/done/", help.done, name="help-done"),
    path("help/<int:pk>/decline/", help.decline, name="help-decline"),
]
