from django.urls import path

from reports.views import (
    bulk,
    editing,
    issued,
    issuing,
    listing,
    live,
    remarking,
    reviewing,
    versions,
)

urlpatterns = [
    path("", listing.summary_list, name="summary-list"),
    path("new/", listing.summary_create, name="summary-create"),
    path("bulk/", bulk.bulk_list, name="bulk-list"),
    path("bulk/new/", bulk.bulk_start, name="bulk-start"),
    path("bulk/<int:pk>/", bulk.bulk_run, name="bulk-run"),
    path("bulk/<int:pk>/retry/", bulk.bulk_retry, name="bulk-retry"),
    path("bulk/<int:pk>/summaries.zip", bulk.bulk_zip, name="bulk-zip"),
    path("<int:pk>/", editing.summary_detail, name="summary-detail"),
    path("<int:pk>/edit/", editing.summary_edit, name="summary-edit"),
    path("<int:pk>/presence/", live.summary_presence, name="summary-presence"),
    path("<int:pk>/checked/", live.summary_checked, name="summary-checked"),
    path("<int:pk>/pages/", live.summary_pages, name="summary-pages"),
    path("<int:pk>/figures/", live.summary_figures, name="summary-figures"),
    path("<int:pk>/redraft/", editing.summary_redraft, name="summary-redraft"),
    path("<int:pk>/steps/<slug:step>/", reviewing.summary_step, name="summary-step"),
    path("<int:pk>/remarks/", remarking.summary_remarks, name="summary-remarks"),
    path("<int:pk>/remarks/<int:remark>/", remarking.summary_remark, name="summary-remark"),
    path("<int:pk>/answers/", remarking.summary_answers, name="summary-answers"),
    path("<int:pk>/versions/", versions.summary_versions, name="summary-versions"),
    path("<int:pk>/versions/compare/", versions.summary_compare, name="summary-compare"),
    path(
        "<int:pk>/versions/<int:number>/restore/", versions.summary_restore, name="summary-restore"
    ),
    path("<int:pk>/issue/", issuing.summary_issue, name="summary-issue"),
    path("<int:pk>/preview.pdf", editing.summary_preview, name="summary-preview"),
    path("issues/<int:pk>/", issued.issue_detail, name="issue-detail"),
    path("issues/<int:pk>/issued.pdf", issued.issue_pdf, name="issue-pdf"),
    path("issues/<int:pk>/revise/", issuing.issue_revise, name="issue-revise"),
    path("issues/<int:pk>/evidence/<str:code>/", issued.issue_evidence, name="issue-evidence"),
]
