from django.urls import path

from portal.accounts import role_views, session_views, sign_in, views

urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("password/", sign_in.change_password, name="password_change"),
    path("password/done/", sign_in.password_changed, name="password_change_done"),
    path("sessions/", session_views.session_list, name="session-list"),
    path("sessions/others/end/", session_views.session_end_others, name="session-end-others"),
    path("sessions/<int:pk>/end/", session_views.session_end, name="session-end"),
    path("accounts/", views.account_list, name="account-list"),
    path("accounts/add/", views.account_create, name="account-create"),
    path("accounts/<int:pk>/", views.account_detail, name="account-detail"),
    path("accounts/<int:pk>/name/", views.account_rename, name="account-rename"),
    path("accounts/<int:pk>/disable/", views.account_disable, name="account-disable"),
    path("accounts/<int:pk>/enable/", views.account_enable, name="account-enable"),
    path("accounts/<int:pk>/reset/", views.account_reset, name="account-reset"),
    path("accounts/<int:pk>/password/", views.account_password, name="account-password"),
    path(
        "accounts/<int:pk>/sessions/end/",
        session_views.account_sessions_end,
        name="account-sessions-end",
    ),
    path("roles/", role_views.role_list, name="role-list"),
    path("roles/table/", role_views.role_table, name="role-table"),
    path("roles/grant/", role_views.role_grant, name="role-grant"),
    path("roles/<int:pk>/end/", role_views.role_end, name="role-end"),
]
