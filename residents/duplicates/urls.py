from django.urls import path

from residents.duplicates import views

urlpatterns = [
    path("", views.pair_list, name="duplicate-list"),
    path("find/", views.pair_find, name="duplicate-find"),
    path("add/", views.pair_add, name="duplicate-add"),
    path("<int:pk>/", views.pair_review, name="duplicate-review"),
    path("<int:pk>/merge/<int:keep>/", views.pair_merge, name="duplicate-merge"),
    path("merges/", views.merge_list, name="merge-list"),
    path("merges/<int:pk>/", views.merge_detail, name="merge-detail"),
    path("merges/<int:pk>/undo/", views.merge_undo, name="merge-undo"),
]
