"""Pages for residents, without sign-in; mounted at /public/."""

from django.urls import path

from servicecenter.views import letters, public, rate

urlpatterns = [
    path("", public.start, name="public-start"),
    path("case/", public.case, name="public-case"),
    path("case/<str:number>/<str:code>/", public.receipt, name="public-receipt"),
    path("rate/<str:token>/", rate.rate, name="public-rate"),
    path("letter/", letters.follow, name="public-follow"),
    path("<slug:code>/", public.unit, name="public-unit"),
    path("<slug:code>/<int:pk>/", public.item, name="public-item"),
    path("<slug:code>/<int:pk>/apply/", letters.apply, name="public-apply"),
    path("<slug:code>/board/", public.board, name="public-board"),
    path("<slug:code>/echoes/", letters.echoes, name="public-echoes"),
]
