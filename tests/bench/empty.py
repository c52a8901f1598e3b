"""The portal's addresses and one more, whose page is empty."""

from django.http import HttpResponse
from django.urls import path

from portal.marks import signed_in
from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as ours


@signed_in("shows nothing: what it costs is what stands before every page")
def empty(request):
    return HttpResponse("")


urlpatterns = [path("empty-for-the-bench/", empty), *ours]
