from django.urls import path

from portal.saved import views

urlpatterns = [
    path("", views.saved_list, name="saved-search-list"),
    path("new/<slug:slug>/", views.saved_add, name="saved-search-add"),
    path("<int:pk>/", views.saved_open, name="saved-search"),
    path("<int:pk>/change/", views.saved_change, name="saved-search-change"),
    path("<int:pk>/drop/", views.saved_drop, name="saved-search-drop"),
    path("<int:pk>/looks/<int:look>/", views.saved_look, name="saved-look"),
]
