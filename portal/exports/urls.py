from django.urls import path

from portal.exports import profile_views, request_views, sending_views, views

urlpatterns = [
    path("prints/<int:pk>/", views.register_print, name="register-print"),
    path("prints/<int:pk>/file/", views.register_file, name="register-print-file"),
    path("requests/", request_views.request_list, name="export-request-list"),
    path("requests/<int:pk>/", request_views.request_detail, name="export-request"),
    path("requests/<int:pk>/file/", request_views.request_file, name="export-request-file"),
    path("profiles/", profile_views.profile_list, name="profile-list"),
    path("profiles/<int:pk>/", profile_views.profile_detail, name="profile"),
    path("profiles/<int:pk>/edit/", profile_views.profile_edit, name="profile-edit"),
    path("profiles/<int:pk>/copy/", profile_views.profile_copy, name="profile-copy"),
    path("profiles/<int:pk>/retire/", profile_views.profile_retire, name="profile-retire"),
    path("profiles/<int:pk>/request/", request_views.ask_table, name="profile-request"),
    path("sendings/", sending_views.sending_list, name="sending-list"),
]
