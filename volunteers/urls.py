"""Pages of volunteer work that are not plain ledgers; mounted at /volunteers/."""

from django.urls import path

from volunteers.views import certificates

urlpatterns = [
    path(
        "volunteers/<int:pk>/certificate/",
        certificates.request_page,
        name="service-certificate-request",
    ),
    path("certificates/<int:pk>/certificate.pdf", certificates.paper, name="service-certificate"),
    path("certificates/<int:pk>/<slug:step>/", certificates.step, name="service-certificate-step"),
]
