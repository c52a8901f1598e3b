"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import scores

urlpatterns = [
    path("quarter-runs/<int:pk>/ranking.pdf", scores.ranking_paper, name="quarter-ranking-paper"),
    path("quarter-runs/<int:pk>/<slug:step>/", scores.run_step, name="quarter-step"),
    path("scores/<int:pk>/explain.pdf", scores.explain_paper, name="quarter-score-paper"),
    path("scores/<int:pk>/object/", scores.object_page, name="score-object"),
    path("score-objections/<int:pk>/answer/", scores.answer_page, name="score-objection-answer"),
]
