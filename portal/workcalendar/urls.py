from django.urls import path

from portal.workcalendar import views

urlpatterns = [
    path("", views.work_calendar, name="work-calendar"),
    path("add/", views.notice_add, name="work-notice-add"),
]
