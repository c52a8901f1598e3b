from django.urls import path

from portal.office import views

urlpatterns = [
    path("", views.overview, name="office-overview"),
    path("plans/<int:pk>/", views.plan, name="office-plan"),
]
