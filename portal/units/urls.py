from django.urls import path

from portal.units import plan_views, views

urlpatterns = [
    path("", views.unit_list, name="unit-list"),
    path("add/", views.unit_create, name="unit-create"),
    path("<int:pk>/", views.unit_detail, name="unit-detail"),
    path("<int:pk>/rename/", views.unit_rename, name="unit-rename"),
    path("<int:pk>/correct/", views.unit_correct, name="unit-correct"),
    path("<int:pk>/end/", views.unit_end, name="unit-end"),
    path("<int:pk>/merge/", views.unit_merge, name="unit-merge"),
    path("<int:pk>/split/", views.unit_split, name="unit-split"),
    path("<int:pk>/plan/", plan_views.unit_plan, name="unit-plan"),
    path("<int:pk>/plan/remove/", plan_views.unit_plan_remove, name="unit-plan-remove"),
]
