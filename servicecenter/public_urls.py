"""Pages for residents, without sign-in; mounted at /public/."""

from django.urls import path

from servicecenter.views import public

urlpatterns = [
    path("", public.start, name="public-start"),
    path("case/", public.case, name="public-case"),
    path("case/<str:number>/<str:code>/", public.receipt, name="public-receipt"),
    path("<slug:code>/", public.unit, name="public-unit"),
    path("<slug:code>/<int:pk>/", public.item, name="public-item"),
]
