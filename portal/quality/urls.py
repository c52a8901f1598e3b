from django.urls import path

from portal.quality import views

urlpatterns = [
    path("", views.quality_list, name="quality-list"),
    path("recount/", views.quality_recount, name="quality-recount"),
    path("<str:code>/", views.quality_rule, name="quality-rule"),
    path("<str:code>/<int:pk>/", views.quality_fix, name="quality-fix"),
]
