"""Pages for volunteers and residents, without sign-in; mounted at /public/volunteers/."""

from django.urls import path

from volunteers.views import verify

urlpatterns = [
    path("certificate/", verify.verify, name="public-verify"),
    path("certificate/<str:code>/", verify.scanned, name="public-verified"),
]
