from django.urls import path

from portal.accounts import role_views, second_factor_views, session_views, sign_in, views

urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("password/", sign_in.change_password, name="password_change"),
    path("password/done/", sign_in.password_changed, name="password_change_done"),
    path("login/code/", second_factor_views.login_code, name="login-code"),
    path("second-factor/", second_factor_views.second_factor_page, name="second-factor"),
    path("second-factor/set-up/", second_factor_views.set_up, name="second-factor-set-up"),
    path("second-factor/codes/", second_factor_views.recovery_codes, name="recovery-codes"),
    path("second-factor/codes/new/", second_factor_views.new_codes, name="second-factor-new-codes"),
    path("second-factor/off/", second_factor_views.take_away, name="second-factor-take-away"),
    path(
        "accounts/<int:pk>/second-factor/reset/",
        second_factor_views.account_factor_reset,
        name="account-second-factor-reset",
    ),
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
    path("roles/<int:pk>/prolong/", role_views.role_prolong, name="role-prolong"),
    path("roles/<int:pk>/end/", role_views.role_end, name="role-end"),
]
