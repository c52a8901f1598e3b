from django.urls import include, path

from portal import home, search, styleguide
from portal.ledgers.paper import checklist_paper, papers

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("portal.running.urls")),
    path("today/", include("portal.today.urls")),
    path("search/", search.search, name="search"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("", include("portal.accounts.urls")),
    path("", include("portal.offline.urls")),
    path("units/", include("portal.units.urls")),
    path("audit/", include("portal.audit.urls")),
    path("calendar/", include("portal.workcalendar.urls")),
    path("help/", include("portal.help.urls")),
    path("handover/", include("portal.handover.urls")),
    path("closing/", include("portal.closing.urls")),
    path("policies/", include("portal.policies.urls")),
    path("retention/", include("portal.retention.urls")),
    path("papers/", papers, name="papers"),
    path("papers/<slug:slug>.pdf", checklist_paper, name="checklist-paper"),
    path("drafts/", include("portal.drafts.urls")),
    path("ledger/", include("portal.ledgers.urls")),
    path("notifications/", include("portal.notifying.urls")),
    path("asks/", include("portal.asks.urls")),
    path("notices/", include("portal.notices.urls")),
    path("saved/", include("portal.saved.urls")),
    path("exports/", include("portal.exports.urls")),
    path("imports/", include("portal.imports.urls")),
    path("quality/", include("portal.quality.urls")),
    path("", include("reports.boards.urls")),
    path("figures/", include("portal.figures.urls")),
    path("residents/", include("residents.urls")),
    path("disability/", include("disability.urls")),
    path("servicecenter/", include("servicecenter.urls")),
    path("volunteers/", include("volunteers.urls")),
    path("public/volunteers/", include("volunteers.public_urls")),
    path("sanitation/", include("sanitation.urls")),
    path("public/", include("servicecenter.public_urls")),
    path("", include("portal.office.urls")),
    path("duplicates/", include("residents.duplicates.urls")),
    path("summaries/", include("reports.urls")),
]

handler403 = "portal.home.denied"
handler404 = "portal.home.missing"
handler500 = "portal.running.failing.broken"
