from django.urls import path

from portal.retention import views

urlpatterns = [
    path("", views.overview, name="retention"),
    path("due/", views.due_rows, name="retention-due"),
    path("propose/", views.proposal, name="retention-propose"),
    path("<int:pk>/", views.run_page, name="retention-run"),
    path("<int:pk>/list.pdf", views.run_paper, name="retention-paper"),
    path("<int:pk>/approve/", views.approval, name="retention-approve"),
    path("<int:pk>/refuse/", views.refusal, name="retention-refuse"),
]
