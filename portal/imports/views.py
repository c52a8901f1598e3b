"""Upload → check → confirm, for one ledger or a whole workbook."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.generic import View

from portal.imports import batches
from portal.imports.blanks import blank_workbook
from portal.imports.forms import UploadForm, import_units
from portal.imports.guarding import UnreadableWorkbook
from portal.ledgers.export import XLSX
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, needs
from portal.scope import Denied, access_of

PROBLEMS_SHOWN = 300
WORKBOOK = "整本工作簿"


def pages_of(ledger) -> dict:
    """Title and addresses of the pages around an import; ``ledger`` None is a whole workbook."""
    if ledger is None:
        return {
            "title": WORKBOOK,
            "parent_title": "首页",
            "urls": {
                "list": reverse("home"),
                "import_": reverse("import-workbook"),
                "template": reverse("import-workbook-template"),
            },
        }
    return {
        "title": ledger.title,
        "parent_title": ledger.title,
        "urls": {
            "workbook": reverse("import-workbook"),
            "list": ledger.url(),
            "import_": ledger.url("import"),
            "template": ledger.url("import-template"),
        },
    }


def may_bring_in(user) -> list:
    """The ledgers for which the user may record somewhere, in their order."""
    return [each for each in ledgers if access_of(user).may(each.edit_permission)]


class Uploading:
    """GET asks for the file; POST checks it, keeps it sealed and shows the findings."""

    ledger = None

    def targets(self) -> list:
        return [self.ledger] if self.ledger else may_bring_in(self.request.user)

    def form(self, *data):
        user = self.request.user
        units = import_units(user, {ledger.edit_permission for ledger in self.targets()})
        if not units:
            raise Denied("您没有可以导入记录的单位，请联系系统管理员。")
        return UploadForm(*data, units=units, home=access_of(user).home)

    def page(self, form):
        return render(self.request, "ledgers/import.html", {"form": form, **pages_of(self.ledger)})

    def get(self, request, **_):
        return self.page(self.form())

    def post(self, request, **_):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form)
        upload = form.cleaned_data["file"]
        try:
            batch = batches.check_upload(
                upload.read(),
                upload.name,
                ledger=self.ledger,
                unit=form.chosen_unit,
                by=request.user,
            )
        except UnreadableWorkbook as error:
            form.add_error("file", str(error))
            return self.page(form)
        return redirect("import-batch", pk=batch.pk)


class LedgerUpload(Uploading, LedgerView):
    edits = True
    permission = "records.import"


class WorkbookUpload(Uploading, View):
    """All sheets named like a ledger, in one go."""


class Template(LedgerView):
    """An empty sheet of the ledger to fill in."""

    edits = True
    permission = "records.import"

    def get(self, request, slug):
        return download(f"{self.ledger.title}导入模板", [self.ledger], request.user)


def workbook_template(request):
    """Empty sheets of all ledgers that the user may fill."""
    return download("整本导入模板", may_bring_in(request.user), request.user)


def download(title: str, chosen, user) -> HttpResponse:
    units = import_units(user, {ledger.edit_permission for ledger in chosen})
    if not units:
        raise Denied("您没有可以导入记录的单位，请联系系统管理员。")
    home = access_of(user).home
    unit = next((unit for unit in units if unit == home), units[0])
    response = HttpResponse(blank_workbook(title, chosen, user, unit), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{title}.xlsx")
    return response


class BatchView(View):
    """What the check found, or, once confirmed, what was stored."""

    def get(self, request, pk):
        batch = own_batch(request.user, pk)
        return batch_page(request, batch, batches.opened(batch).report)


class ConfirmView(View):
    """Check once more and store; new problems are shown instead, and nothing is stored."""

    def post(self, request, pk):
        batch = own_batch(request.user, pk)
        report = batches.confirm(batch, by=request.user)
        if report.stored:
            return redirect("import-batch", pk=batch.pk)
        return batch_page(request, batch, report, status=409)


def own_batch(user, pk):
    batch = get_object_or_404(batches.own_batches(user), pk=pk)
    if batch.ledger and batch.ledger not in ledgers:
        raise Http404
    return batch


def batch_page(request, batch, report, status=200):
    context = pages_of(ledgers[batch.ledger] if batch.ledger else None)
    context |= {
        "batch": batch,
        "report": report,
        "sheets": [
            {"counts": sheet, "url": ledgers[sheet.ledger].url()}
            for sheet in report.sheets
            if sheet.ledger in ledgers
        ],
        "errors": report.errors[:PROBLEMS_SHOWN],
        "warnings": report.warnings[:PROBLEMS_SHOWN],
        "shown": PROBLEMS_SHOWN,
        "changed_meanwhile": status == 409,
    }
    if report.stored:
        return render(request, "ledgers/import_done.html", context)
    context["before"] = batches.confirmed_before(batch)
    return render(request, "ledgers/import_check.html", context, status=status)


upload = by_ledger(LedgerUpload.as_view())
template = by_ledger(Template.as_view())
_import = needs("records.import")
workbook = _import(WorkbookUpload.as_view())
workbook_blank = _import(workbook_template)
batch = _import(BatchView.as_view())
confirm = _import(ConfirmView.as_view())
