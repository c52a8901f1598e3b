from django.urls import path

from portal.audit import views

urlpatterns = [
    path("", views.audit_list, name="audit"),
    path("signs/", views.audit_signs, name="audit-signs"),
    path("export/", views.audit_export, name="audit-export"),
    path("<int:pk>/", views.audit_entry, name="audit-entry"),
]
