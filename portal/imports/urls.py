from django.urls import path

from portal.imports import views

urlpatterns = [
    path("", views.workbook, name="import-workbook"),
    path("template/", views.workbook_blank, name="import-workbook-template"),
    path("<int:pk>/", views.batch, name="import-batch"),
    path("<int:pk>/confirm/", views.confirm, name="import-confirm"),
]
