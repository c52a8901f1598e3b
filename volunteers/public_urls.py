"""Pages for volunteers and residents, without sign-in; mounted at /public/volunteers/."""

from django.urls import path

from volunteers.views import (
    checkin,
    joining_public,
    mine,
    mine_records,
    public,
    public_link,
    verify,
)

urlpatterns = [
    path("", public.start, name="public-volunteers"),
    path("me/", mine.start, name="public-me"),
    path("me/enter/", public_link.enter, name="public-enter"),
    path("me/forget/", public_link.forget_me, name="public-forget"),
    path("me/shifts/", mine.shifts, name="public-my-shifts"),
    path("me/shifts/<int:pk>/", mine.shift, name="public-my-shift"),
    path("me/records/", mine_records.records, name="public-my-records"),
    path("me/records/<int:pk>/correct/", mine_records.correct, name="public-my-correction"),
    path("me/certificates/", mine_records.certificates, name="public-my-certificates"),
    path("me/publish/", mine_records.publish, name="public-my-name"),
    path("me/leave/", mine_records.leave, name="public-my-leaving"),
    path("me/<path:number>/<str:code>/", public_link.link, name="public-me-link"),
    path("shift/<int:pk>/<str:code>/", checkin.shift, name="public-shift"),
    path("join/", joining_public.follow, name="public-join-follow"),
    path("certificate/", verify.verify, name="public-verify"),
    path("certificate/<str:code>/", verify.scanned, name="public-verified"),
    path("<slug:code>/join/", joining_public.join, name="public-join"),
    path("<slug:code>/recruit/", public.recruit, name="public-recruit"),
    path("<slug:code>/posted/", public.posted, name="public-posted"),
]
