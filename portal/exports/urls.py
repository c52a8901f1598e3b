from django.urls import path

from portal.exports import request_views, views

urlpatterns = [
    path("prints/<int:pk>/", views.register_print, name="register-print"),
    path("prints/<int:pk>/file/", views.register_file, name="register-print-file"),
    path("requests/", request_views.request_list, name="export-request-list"),
    path("requests/<int:pk>/", request_views.request_detail, name="export-request"),
    path("requests/<int:pk>/file/", request_views.request_file, name="export-request-file"),
]
