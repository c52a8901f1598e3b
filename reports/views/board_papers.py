"""A board as a file, of numbers alone; who took it is logged."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.exports.xlsx import XLSX, write_book
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf.response import pdf_response
from portal.scope import access_of
from reports.boards.asked import Asked, asked
from reports.boards.papers import pdf, sheets
from reports.boards.shown import Shown, shown_board
from reports.models import Board


@writing_get
@require_safe
@needs("figures.view")
def board_pdf(request, key):
    shown, found = _of(request, key)
    content = pdf(shown, found, request.user.name)
    _log(request, AccessLog.Action.PDF, shown, found)
    return pdf_response(content, _name(shown, found))


@writing_get
@require_safe
@needs("figures.view")
def board_xlsx(request, key):
    """Numbers without any person, so whoever may see them may take them along."""
    shown, found = _of(request, key)
    book = write_book(shown.title, sheets(shown, found, request.user.name))
    _log(request, AccessLog.Action.EXPORT, shown, found)
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


def _log(request, action, shown: Shown, found: Asked) -> None:
    """``rows`` are the board's figures, told of the unit and those below it."""
    log_access(
        action,
        by=request.user,
        subject=Board._meta.label_lower,
        subject_id=shown.board and shown.board.pk,
        unit_id=found.place.unit.pk,
        field="" if shown.board else shown.key,
        rows=len(shown.lines),
    )


def _name(shown: Shown, found: Asked) -> str:
    return f"{found.place.unit}{shown.title}{timezone.localdate():%Y%m%d}"
