from django.urls import path

from residents import (
    act_views,
    care_views,
    overview,
    printing,
    request_views,
    takeover_views,
    views,
)

urlpatterns = [
    path("take-over/", takeover_views.take_over_page, name="resident-take-over"),
    path("care-kinds/", care_views.kind_list, name="care-kind-list"),
    path("care-kinds/add/", care_views.kind_add, name="care-kind-add"),
    path("care-kinds/<int:pk>/", care_views.kind_edit, name="care-kind-edit"),
    path("care-kinds/<int:pk>/delete/", care_views.kind_delete, name="care-kind-delete"),
    path("population/", overview.population, name="population"),
    path("households/<int:pk>/card.pdf", printing.household_card, name="household-card"),
    path("households/<int:pk>/split/", act_views.split, name="household-split"),
    path("households/<int:pk>/merge/", act_views.merge, name="household-merge"),
    path("households/<int:pk>/move/", act_views.move, name="household-move"),
    path("households/<int:pk>/new-head/", act_views.new_head, name="household-new-head"),
    path("households/<int:pk>/death/", act_views.death, name="household-death"),
    path("households/<int:pk>/leave/", act_views.leave, name="household-leave"),
    path("households/<int:pk>/join/", act_views.join, name="household-join"),
    path("households/<int:pk>/apart/", act_views.apart, name="household-apart"),
    path("households/<int:pk>/reunite/", act_views.reunite, name="household-reunite"),
    path("household-acts/<int:pk>/undo/", act_views.undo, name="household-act-undo"),
    path("job-infos/<int:pk>/push/", views.job_push, name="job-push"),
    path("data-requests/<int:pk>/holdings/", request_views.holdings, name="data-request-holdings"),
    path("data-requests/<int:pk>/lines/", request_views.lines, name="data-request-lines"),
    path("data-requests/<int:pk>/answer.pdf", request_views.answer, name="data-request-answer"),
    path("data-requests/<int:pk>/bundle.zip", request_views.bundle, name="data-request-bundle"),
    path("data-requests/<int:pk>/<slug:step>/", request_views.step, name="data-request-step"),
]
