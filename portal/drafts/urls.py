from django.urls import path

from portal.drafts import views

urlpatterns = [
    path("", views.draft_list, name="draft-list"),
    path("session/", views.session, name="draft-session"),
]
