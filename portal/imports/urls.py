from django.urls import path

from portal.imports import batch_views, mapping_views, views

urlpatterns = [
    path("", views.workbook, name="import-workbook"),
    path("template/", views.workbook_blank, name="import-workbook-template"),
    path("mine/", batch_views.mine, name="import-list"),
    path("<int:pk>/", batch_views.batch, name="import-batch"),
    path("<int:pk>/mapping/", mapping_views.mapping, name="import-mapping"),
    path("<int:pk>/check/", batch_views.check, name="import-check"),
    path("<int:pk>/confirm/", batch_views.confirm, name="import-confirm"),
    path("<int:pk>/approve/", batch_views.approve, name="import-approve"),
    path("<int:pk>/return/", batch_views.send_back, name="import-return"),
    path("<int:pk>/withdraw/", batch_views.withdraw, name="import-withdraw"),
    path("<int:pk>/undo/", batch_views.undo, name="import-undo"),
    path("<int:pk>/refused/", batch_views.refused, name="import-refused"),
]
