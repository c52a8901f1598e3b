from django.urls import path

from portal.office import views

urlpatterns = [
    path("office/", views.overview, name="office-overview"),
    path("ledger/work-plans/<int:pk>/progress/", views.plan, name="office-plan"),
]
