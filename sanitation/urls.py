"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

from django.urls import path

from sanitation.views import cards, duplicates, notices, rectification

ORDER = "orders/<int:pk>/"

urlpatterns = [
    path("orders/issue/", rectification.issue, name="rectification-issue"),
    path("orders/due/", rectification.due, name="rectification-due"),
    path(f"{ORDER}report/", rectification.report, name="rectification-report"),
    path(f"{ORDER}recheck/", rectification.recheck, name="rectification-recheck"),
    path(f"{ORDER}extend/", rectification.extend, name="rectification-extend"),
    path(f"{ORDER}reopen/", rectification.reopen, name="rectification-reopen"),
    path(f"{ORDER}notice.pdf", notices.notice, name="rectification-notice"),
    path("duplicates/", duplicates.duplicates, name="finding-duplicates"),
    path("cards/<int:pk>/lift/", cards.lift_card, name="warning-card-lift"),
]
