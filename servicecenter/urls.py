"""Pages of the one-stop service agency that are not plain ledgers; mounted at /servicecenter/."""

from django.urls import path

from servicecenter.views import cases_act, cases_entry, catalogue, guides, papers

urlpatterns = [
    path("cases/new/", cases_entry.entry, name="case-new"),
    path("cases/new/applicants/", cases_entry.find_applicant, name="case-find"),
    path("cases/new/items/", cases_entry.find_item, name="case-find-item"),
    path("cases/bulk/<slug:name>/", cases_act.bulk, name="case-bulk"),
    path("cases/<int:pk>/act/<slug:name>/", cases_act.take_step, name="case-act"),
    path("cases/<int:pk>/materials/<int:row>/", cases_act.material, name="case-material"),
    path("cases/<int:pk>/partners/", cases_act.partner, name="case-partner"),
    path("cases/<int:pk>/partners/<int:row>/", cases_act.opinion, name="case-opinion"),
    path("items/seed/", catalogue.seed, name="service-items-seed"),
    path("items/publish/", catalogue.publish_page, name="item-versions-publish"),
    path("items/<int:pk>/close/", catalogue.close, name="service-item-close"),
    path("versions/<int:pk>/renew/", catalogue.renew_page, name="item-version-renew"),
    path("versions/<int:pk>/guide/", guides.guide_page, name="service-guide"),
    path("versions/<int:pk>/print/", guides.print_guide, name="service-guide-print"),
    path("versions/<int:pk>/guide.pdf", guides.guide_paper, name="service-guide-paper"),
    path("service-cards/print/", guides.print_cards, name="service-cards-print"),
    path("service-cards.pdf", guides.cards_paper, name="service-cards-paper"),
    path("cases/<int:pk>/receipt/", papers.receipt, name="case-receipt"),
    path("cases/<int:pk>/papers/<slug:slug>.pdf", papers.case_paper, name="case-paper"),
    path("register/<int:year>/cover.pdf", papers.register_cover, name="case-register-cover"),
]
