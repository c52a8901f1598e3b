"""Today's work, mounted at /today/; the codes of lists hold a dot."""

from django.urls import path

from portal.today import views

urlpatterns = [
    path("", views.everything, name="today"),
    path("paper.pdf", views.paper, name="today-paper"),
    path("<str:code>/", views.one_list, name="today-list"),
    path("<str:code>/<int:pk>/do/", views.act, name="today-act"),
    path("<str:code>/<int:pk>/undo/", views.undo, name="today-undo"),
]
