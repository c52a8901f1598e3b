"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import (
    cards,
    cleaners,
    draws,
    duplicates,
    enforcement,
    field,
    field_start,
    grids,
    inspection_paper,
    inspections,
    notices,
    rectification,
    rubrics,
    scores,
    sites,
    waste,
)

FIELD = "field/<int:pk>/"
INSPECTION = "inspections/<int:pk>/"
ORDER = "orders/<int:pk>/"

urlpatterns = [
    path("grids/", grids.grids, name="sanitation-grids"),
    path("cleaners/<int:pk>/leave/", cleaners.leave_post_view, name="cleaner-leave-post"),
    path("trainings/<int:pk>/cleaners/", cleaners.attend_view, name="cleaner-training-attend"),
    path("sites/<int:pk>/accounts/", sites.accounts, name="site-accounts"),
    path("sites/<int:pk>/accounts.pdf", sites.accounts_paper, name="site-accounts-paper"),
    path("sites/<int:pk>/accounts/post/", sites.post_view, name="site-accounts-post"),
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
    path("field/", field_start.start, name="field-start"),
    path(FIELD, field.field, name="field-page"),
    path(f"{FIELD}items/", field.items, name="field-items"),
    path(f"{FIELD}drop/", field.drop, name="field-drop"),
    path(f"{FIELD}hand-in/", field.finish, name="field-hand-in"),
    path("waste/", waste.overview, name="sanitation-waste"),
    path("waste/<int:pk>/feedback.pdf", waste.feedback, name="sanitation-feedback"),
    path("sorting/", waste.sorting, name="sanitation-sorting"),
    path("enforcement/<int:pk>/recheck/", enforcement.recheck_page, name="enforcement-recheck"),
    path("orders/issue/", rectification.issue, name="rectification-issue"),
    path("orders/due/", rectification.due, name="rectification-due"),
    path(f"{ORDER}report/", rectification.report, name="rectification-report"),
    path(f"{ORDER}recheck/", rectification.recheck, name="rectification-recheck"),
    path(f"{ORDER}extend/", rectification.extend, name="rectification-extend"),
    path(f"{ORDER}reopen/", rectification.reopen, name="rectification-reopen"),
    path(f"{ORDER}notice.pdf", notices.notice, name="rectification-notice"),
    path("duplicates/", duplicates.duplicates, name="finding-duplicates"),
    path("cards/<int:pk>/lift/", cards.lift_card, name="warning-card-lift"),
    path("quarter-runs/<int:pk>/ranking.pdf", scores.ranking_paper, name="quarter-ranking-paper"),
    path("quarter-runs/<int:pk>/<slug:step>/", scores.run_step, name="quarter-step"),
    path("scores/<int:pk>/explain.pdf", scores.explain_paper, name="quarter-score-paper"),
    path("scores/<int:pk>/object/", scores.object_page, name="score-object"),
    path("score-objections/<int:pk>/answer/", scores.answer_page, name="score-objection-answer"),
]
