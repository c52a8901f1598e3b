"""A board as a file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.exports.xlsx import XLSX, write_book
from portal.marks import needs
from portal.pdf.response import pdf_response
from portal.scope import access_of
from reports.boards.asked import Asked, asked
from reports.boards.papers import pdf, sheets
from reports.boards.shown import Shown, shown_board


@require_safe
@needs("figures.view")
def board_pdf(request, key):
    shown, found = _of(request, key)
    return pdf_response(pdf(shown, found, request.user.name), _name(shown, found))


@require_safe
@needs("figures.view")
def board_xlsx(request, key):
    """Numbers without any person, so whoever may see them may take them along."""
    shown, found = _of(request, key)
    book = write_book(shown.title, sheets(shown, found, request.user.name))
    response = HttpResponse(book, content_type=XLSX)
    name = f"{_name(shown, found)}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _of(request, key) -> tuple[Shown, Asked]:
    """Raises Http404 where there is no such board or no unit to tell of."""
    access_of(request.user).check("figures.view")
    shown = shown_board(request.user, key)
    found = asked(request, shown)
    if found.place is None:
        raise Http404
    return shown, found


def _name(shown: Shown, found: Asked) -> str:
    return f"{found.place.unit}{shown.title}{timezone.localdate():%Y%m%d}"
