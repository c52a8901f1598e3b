from django.urls import path

from portal.policies import views

urlpatterns = [
    path("", views.policy_list, name="policy-list"),
    path("<slug:name>/", views.policy_change, name="policy-change"),
    path("<slug:name>/reset/", views.policy_reset, name="policy-reset"),
]
