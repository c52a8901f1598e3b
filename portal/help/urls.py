from django.urls import path

from portal.help import views

urlpatterns = [
    path("", views.index, name="help"),
    path("words/", views.words, name="help-words"),
    path("news/", views.news, name="help-news"),
    path("ledgers/<slug:slug>/", views.ledger, name="help-ledger"),
    path("guides/<slug:role>.pdf", views.guide, name="help-guide"),
    path("shown/<slug:key>/", views.put_away, name="help-put-away"),
]
