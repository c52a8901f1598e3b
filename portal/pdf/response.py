"""A PDF as a response."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def pdf_response(data: bytes, title: str, *, inline: bool = False) -> HttpResponse:
    """Shown in the browser when ``inline``, else saved; the name may be Chinese."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(not inline, f"{title}.pdf")
    return response
