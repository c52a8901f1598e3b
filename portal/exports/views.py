"""Taking a list along: which columns, as a workbook or printed, and the wait for a long print."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from portal.exports import jobs, lists
from portal.exports.arranging import arranged
from portal.exports.checking import RowsDisagree
from portal.exports.clear import sealed_columns
from portal.exports.paper import rows_of
from portal.exports.papers import file_name
from portal.exports.register import gaps_in
from portal.exports.selection import Selection
from portal.ledgers.choosing import choose
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, needs, polled, repeatable, snapshot, writing_get
from portal.middleware import message_page
from portal.models import AccessLog
from portal.scope import access_of

log = logging.getLogger("portal.exports")

GAPS_SHOWN = 20


def download(file: lists.File, title: str) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.media_type)
    name = file_name(title, file.extension)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def refused(request, error: RowsDisagree):
    """The page for rows that disagree with their figure; the log has both numbers."""
    log.error("export refused: %s", error)
    text = (
        f"列表有 {error.rows} 条，指标“{error.reading.figure.label}”是 {error.reading.text}，"
        "两者应当相等。文件没有生成，请把本页内容告诉系统管理员。"
    )
    return message_page(request, "导出没有完成：条数对不上", text, 500)


def layout_for(request) -> str:
    """The whole page, or its content alone where a script exchanges the form."""
    return "fragment.html" if request.htmx else "base.html"


class ListFileView(LedgerView):
    """What the pages of one list's export share."""

    permission = "records.export"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.query = request.GET.urlencode()

    def selection(self):
        return Selection(self.ledger, self.request.user, self.request.GET)

    def columns(self, selection):
        """As seen, or all that the ledger has."""
        if self.request.POST.get("columns") == "all":
            return self.ledger.shown_columns
        return selection.listing.columns


class ExportView(ListFileView):
    """GET shows what would leave; POST gives the file, so that no link fetches it by itself."""

    def get(self, request, slug):
        selection = self.selection()
        rows = selection.records().count()
        columns = selection.listing.columns
        context = {
            "rows": rows,
            "filter": selection.described(),
            "columns": columns,
            "all_columns": self.ledger.shown_columns,
            "ask_url": f"{self.ledger.url('export-request')}?{self.query}"
            if sealed_columns(self.ledger.shown_columns)
            and access_of(request.user).may("identity.unmask")
            else "",
            "masked": any(column.masked for column in self.ledger.shown_columns),
            "long": rows > settings.PRINT_ROWS_AT_ONCE,
            "most": settings.PRINT_ROWS_MOST,
            "too_many": rows > settings.PRINT_ROWS_MOST,
            "query": self.query,
            "gaps": self.gaps(selection, columns) if rows <= settings.PRINT_ROWS_AT_ONCE else [],
        }
        return self.show("export", context)

    def gaps(self, selection, columns):
        """What no font can print; of long lists only the print itself tells."""
        return gaps_in(columns, list(rows_of(columns, selection.records())))[:GAPS_SHOWN]

    def post(self, request, slug):
        selection = self.selection()
        columns, by = self.columns(selection), request.user
        try:
            if request.POST.get("format") == "pdf":
                file = lists.as_pdf(selection, columns, by=by)
            else:
                file = lists.as_xlsx(selection, columns, by=by)
        except RowsDisagree as error:
            return refused(request, error)
        except lists.TooLong:
            messages.info(request, "列表较长，请用“后台排版”。")
            return redirect(f"{self.ledger.url('export')}?{self.query}")
        return download(file, self.ledger.title)


class PrintView(ListFileView):
    """A long register: asked for, then waited for on a page of its own."""

    def post(self, request, slug):
        selection = self.selection()
        job = jobs.ask_for_print(selection, self.columns(selection), by=request.user)
        return redirect("register-print", pk=job.pk)


class ColumnsView(LedgerView):
    """Which columns the user sees and takes along, in which order; ↑ and ↓ are plain buttons."""

    def get(self, request, slug):
        seen = [col.label for col in Selection(self.ledger, request.user, {}).listing.columns]
        return self.page(seen, set(seen))

    def post(self, request, slug):
        order, shown = arranged(request.POST, [c.label for c in self.ledger.shown_columns])
        if "move" in request.POST:
            return self.page(order, shown)
        if "reset" in request.POST:
            choose(self.ledger, request.user, [])
            messages.success(request, "已恢复为原来的栏目。")
            return redirect(self.back())
        chosen = [label for label in order if label in shown]
        if not chosen:
            return self.page(order, shown, "请至少勾选一栏。")
        choose(self.ledger, request.user, chosen)
        messages.success(
            request, f"已记住：{self.ledger.title}显示 {len(chosen)} 栏，导出也按此顺序。"
        )
        return redirect(self.back())

    def back(self) -> str:
        query = self.request.GET.urlencode()
        return f"{self.ledger.url()}?{query}" if query else self.ledger.url()

    def page(self, order, shown, error=""):
        rest = [c.label for c in self.ledger.shown_columns if c.label not in order]
        items = [{"label": label, "shown": label in shown} for label in [*order, *rest]]
        context = {"items": items, "error": error, "back": self.back()}
        return self.show("columns", context | {"layout": layout_for(self.request)})


def own_print(request, pk, **state):
    """The user's own print of a ledger that the user may still see."""
    job = get_object_or_404(jobs.own_prints(request.user), pk=pk, **state)
    access_of(request.user).check(ledgers[job.ledger].view_permission)
    return job


def waiting(request, pk):
    """The state of a long print; it looks again by itself, and a reload does the same."""
    job = own_print(request, pk)
    context = {
        "job": job,
        "ledger": ledgers[job.ledger],
        "stuck": jobs.is_stuck(job),
        "waits": job.state in {jobs.State.QUEUED, jobs.State.RUNNING},
        "most": settings.PRINT_ROWS_MOST,
    }
    template = "exports/_print.html" if request.htmx else "exports/print.html"
    return render(request, template, context)


def fetch(request, pk):
    """The printed file; each time it is taken is logged."""
    job = own_print(request, pk, state=jobs.State.DONE)
    ledger = ledgers[job.ledger]
    lists.log_export(ledger, job.rows, by=request.user, action=AccessLog.Action.PDF)
    file = lists.File(jobs.file_of(job), lists.PDF, "pdf", job.rows)
    return download(file, ledger.title)


export = by_ledger(repeatable(snapshot(ExportView.as_view())))
ask_print = by_ledger(PrintView.as_view())
columns = by_ledger(ColumnsView.as_view())
register_print = polled(needs("records.export")(waiting))
register_file = writing_get(needs("records.export")(fetch))
