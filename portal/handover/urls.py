from django.urls import path

from portal.handover import views

urlpatterns = [
    path("", views.handover_list, name="handover-list"),
    path("of/<int:pk>/", views.hand_over_view, name="handover-new"),
    path("<int:pk>/", views.handover_detail, name="handover"),
    path("<int:pk>/paper.pdf", views.handover_paper, name="handover-paper"),
]
