from django.urls import path

from reports.views import bulk, editing, issued, issuing, listing

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
    path("<int:pk>/redraft/", editing.summary_redraft, name="summary-redraft"),
    path("<int:pk>/issue/", issuing.summary_issue, name="summary-issue"),
    path("<int:pk>/preview.pdf", editing.summary_preview, name="summary-preview"),
    path("issues/<int:pk>/", issued.issue_detail, name="issue-detail"),
    path("issues/<int:pk>/issued.pdf", issued.issue_pdf, name="issue-pdf"),
    path("issues/<int:pk>/withdraw/", issuing.issue_withdraw, name="issue-withdraw"),
    path("issues/<int:pk>/revise/", issuing.issue_revise, name="issue-revise"),
    path("issues/<int:pk>/evidence/<str:code>/", issued.issue_evidence, name="issue-evidence"),
    path("proof/<slug:start>/", issued.issue_proof, name="issue-proof"),
]
