from django.urls import path

from portal.figures import views

urlpatterns = [
    path("", views.index, name="figure-list"),
    path("<str:code>/", views.detail, name="figure-detail"),
]
