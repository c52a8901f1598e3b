from django.urls import path

from portal.closing import views

urlpatterns = [
    path("", views.closed_periods, name="closed-periods"),
    path("close/", views.period_close, name="period-close"),
    path("<int:pk>/open/", views.period_open, name="period-open"),
]
