from django.urls import path

from portal.exports import views

urlpatterns = [
    path("prints/<int:pk>/", views.register_print, name="register-print"),
    path("prints/<int:pk>/file/", views.register_file, name="register-print-file"),
]
