from django.urls import path

from portal.asks import answer_views, views

urlpatterns = [
    path("", views.ask_list, name="ask-list"),
    path("new/", views.ask_add, name="ask-add"),
    path("answers/<int:pk>/", answer_views.ask_answer, name="ask-answer"),
    path("answers/<int:pk>/confirm/", answer_views.ask_confirm, name="ask-confirm"),
    path("<int:pk>/", views.ask_page, name="ask"),
    path("<int:pk>/remind/", views.ask_remind, name="ask-remind"),
    path("<int:pk>/extend/", views.ask_extend, name="ask-extend"),
    path("<int:pk>/file/", views.ask_file, name="ask-file"),
    path("<int:pk>/<slug:step>/", views.ask_end, name="ask-end"),
]
