"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import draws, inspection_paper, inspections, rubrics

INSPECTION = "inspections/<int:pk>/"

urlpatterns = [
    path("rubrics/from-template/", rubrics.template, name="rubric-from-template"),
    path("rubrics/<int:pk>/new-edition/", rubrics.edition, name="rubric-new-edition"),
    path(f"{INSPECTION}sample/", inspections.sample, name="inspection-sample"),
    path(f"{INSPECTION}items/", inspections.items, name="inspection-items"),
    path(f"{INSPECTION}hand-in/", inspections.hand_in, name="inspection-hand-in"),
    path(f"{INSPECTION}publish/", inspections.publish, name="inspection-publish"),
    path(f"{INSPECTION}take-back/", inspections.take_back, name="inspection-take-back"),
    path(f"{INSPECTION}reply/", inspections.reply, name="inspection-reply"),
    path(f"{INSPECTION}answer/", inspections.answer, name="inspection-answer"),
    path(f"{INSPECTION}result.pdf", inspection_paper.paper, name="inspection-paper"),
    path("draws/<int:pk>/", draws.group_draw, name="group-draw"),
]
