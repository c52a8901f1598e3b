from django.urls import path

from portal.attachments import views as attachments
from portal.drafts import views as drafts
from portal.exports import profile_views, request_views
from portal.exports import views as exports
from portal.imports import views as imports
from portal.ledgers import batch, editing, many, paper, steps, undo_views, views
from portal.unmasking import views as unmasking

urlpatterns = [
    path("<slug:slug>/", views.list_view, name="ledger-list"),
    path("<slug:slug>/add/", editing.add, name="ledger-add"),
    path("<slug:slug>/add-many/", many.add_many, name="ledger-add-many"),
    path("<slug:slug>/add-batch/", batch.add_batch, name="ledger-add-batch"),
    path("<slug:slug>/undo/", undo_views.undo, name="ledger-undo"),
    path("<slug:slug>/draft/", drafts.save, name="ledger-draft"),
    path("<slug:slug>/draft/drop/", drafts.drop, name="ledger-draft-drop"),
    path("<slug:slug>/paper.pdf", paper.record_paper, name="ledger-paper"),
    path("<slug:slug>/sheet.pdf", paper.sheet_paper, name="ledger-sheet"),
    path("<slug:slug>/pick/", views.pick, name="ledger-pick"),
    path("<slug:slug>/columns/", exports.columns, name="ledger-columns"),
    path("<slug:slug>/export/", exports.export, name="ledger-export"),
    path("<slug:slug>/export/print/", exports.ask_print, name="ledger-print"),
    path("<slug:slug>/export/request/", request_views.ask, name="ledger-export-request"),
    path("<slug:slug>/export/profile/", profile_views.profile_new, name="ledger-profile-new"),
    path("<slug:slug>/import/", imports.upload, name="ledger-import"),
    path("<slug:slug>/import/template/", imports.template, name="ledger-import-template"),
    path("<slug:slug>/bin/", views.bin_view, name="ledger-bin"),
    path("<slug:slug>/<int:pk>/", views.detail, name="ledger-detail"),
    path("<slug:slug>/<int:pk>/edit/", editing.edit, name="ledger-edit"),
    path("<slug:slug>/<int:pk>/delete/", views.delete, name="ledger-delete"),
    path("<slug:slug>/<int:pk>/unmask/<slug:field>/", unmasking.unmask, name="ledger-unmask"),
    path("<slug:slug>/<int:pk>/reason/", unmasking.reason, name="ledger-reason"),
    path("<slug:slug>/<int:pk>/step/<slug:step>/", steps.step, name="ledger-step"),
    path("<slug:slug>/<int:pk>/files/", attachments.files, name="ledger-files"),
    path("<slug:slug>/<int:pk>/files/print/", attachments.print_view, name="ledger-files-print"),
    path("<slug:slug>/<int:pk>/files/<int:file>/", attachments.file_view, name="ledger-file"),
    path(
        "<slug:slug>/<int:pk>/files/<int:file>/thumbnail/",
        attachments.thumbnail,
        name="ledger-file-thumbnail",
    ),
    path(
        "<slug:slug>/<int:pk>/files/<int:file>/caption/",
        attachments.caption,
        name="ledger-file-caption",
    ),
    path(
        "<slug:slug>/<int:pk>/files/<int:file>/delete/",
        attachments.delete,
        name="ledger-file-delete",
    ),
    path(
        "<slug:slug>/<int:pk>/files/<int:file>/restore/",
        attachments.restore,
        name="ledger-file-restore",
    ),
]
