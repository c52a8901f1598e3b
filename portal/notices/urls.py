from django.urls import path

from portal.notices import views

urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("new/", views.notice_add, name="notice-add"),
    path("<int:pk>/", views.notice_page, name="notice"),
    path("<int:pk>/edit/", views.notice_edit, name="notice-edit"),
    path("<int:pk>/withdraw/", views.notice_withdraw, name="notice-withdraw"),
    path("<int:pk>/read/", views.notice_read, name="notice-read"),
    path("<int:pk>/files/", views.notice_files, name="notice-files"),
    path("<int:pk>/files/<int:file>/", views.notice_file, name="notice-file"),
    path("<int:pk>/files/<int:file>/remove/", views.notice_file_remove, name="notice-file-remove"),
    path("<int:pk>/<slug:step>/", views.notice_step, name="notice-step"),
]
