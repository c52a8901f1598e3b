from django.urls import path

from portal.offline import views

urlpatterns = [
    path("field/", views.start, name="phone"),
    path("field/<slug:kind>/", views.entry, name="phone-entry"),
    path("offline/", views.shell, name="offline-shell"),
    path("offline/pass/", views.grant, name="offline-pass"),
    path("offline/<slug:kind>/", views.store, name="offline-store"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("manifest.webmanifest", views.web_manifest, name="web-manifest"),
]
