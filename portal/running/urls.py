from django.urls import path

from portal.running import probes, views

urlpatterns = [
    path("ready/", probes.ready, name="ready"),
    path("metrics/", probes.numbers, name="metrics"),
    path("running/", views.running, name="running"),
]
