"""Excel out: a list as seen — its filter, order and columns — every cell as text or number."""

import io
from datetime import date

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.ledgers.listing import Listing
from portal.ledgers.services import log_access
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, repeatable
from portal.models import AccessLog
from portal.scope import access_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, columns, records) -> tuple[bytes, int]:
    """The xlsx file and how many rows it holds.

    Text is written as text: nothing that a user typed can become a formula, and long numbers keep
    their digits.
    """
    target, rows = io.BytesIO(), 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        body = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
        number = book.add_format({"num_format": "0.##", "valign": "top"})
        for index, col in enumerate(columns):
            sheet.set_column(index, index, col.width)
            sheet.write_string(0, index, col.label, head)
        sheet.freeze_panes(1, 0)
        for rows, record in enumerate(records.iterator(chunk_size=2000), start=1):
            for index, col in enumerate(columns):
                value = col.read(record) if col.numeric else col.text(record)
                if col.numeric and value is not None and not isinstance(value, (str, date)):
                    sheet.write_number(rows, index, value, number)
                else:
                    sheet.write_string(rows, index, "" if value is None else str(value), body)
    return target.getvalue(), rows


class ExportView(LedgerView):
    """Posted, so that no link fetches it by itself; the export is logged with its row count."""

    permission = "records.export"

    def post(self, request, slug):
        listing = Listing(self.ledger, request.user, request.GET)
        units = access_of(request.user).units(self.permission)
        records = listing.records().filter(self.ledger.model.scope_condition(units))
        content, rows = workbook(self.ledger.title, self.ledger.shown_columns, records)
        log_access(
            AccessLog.Action.EXPORT,
            by=request.user,
            subject=self.ledger.slug,
            rows=rows,
        )
        name = f"{self.ledger.title}_{timezone.localdate():%Y%m%d}.xlsx"
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


export = by_ledger(repeatable(ExportView.as_view()))
