"""The upload of a workbook, for one ledger or all, and the blank ones to fill in."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.generic import View

from portal.exports.xlsx import XLSX
from portal.imports import batches
from portal.imports.blanks import blank_workbook
from portal.imports.declare import Combined, combined
from portal.imports.forms import UploadForm, import_units
from portal.imports.guarding import UnreadableWorkbook
from portal.imports.mapping_views import Reading
from portal.imports.places import pages_of
from portal.imports.targets import code_of, may_fill, target_of, written_by
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, needs
from portal.scope import Denied, access_of


def may_bring_in(user) -> list:
    """The ledgers for which the user may record somewhere, in their order."""
    return [each for each in ledgers if access_of(user).may(each.edit_permission)]


def forms_of(ledger, user) -> list[Combined]:
    """The combinations that the ledger's page takes, where the user may fill them somewhere."""
    access = access_of(user)
    return [
        declared
        for declared in combined
        if ledger.slug in declared.offered
        and all(access.may(each.edit_permission) for each in written_by(declared))
    ]


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
        together = forms_of(self.ledger, self.request.user) if self.ledger else []
        context = {"form": form, "together": together, **pages_of(self.ledger)}
        return render(self.request, "imports/upload.html", context)

    def get(self, request, **_):
        return self.page(self.form())

    def post(self, request, **_):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form)
        upload = form.cleaned_data["file"]
        try:
            batch = batches.upload(
                upload.read(),
                upload.name,
                ledger=self.ledger,
                unit=form.chosen_unit,
                by=request.user,
            )
        except UnreadableWorkbook as error:
            form.add_error("file", str(error))
            return self.page(form)
        if Reading(batch, request.user).needs_a_look():
            return redirect("import-mapping", pk=batch.pk)
        batches.check(batch, by=request.user)
        return redirect("import-batch", pk=batch.pk)


class LedgerUpload(Uploading, LedgerView):
    edits = True
    permission = "records.import"


class WorkbookUpload(Uploading, View):
    """All sheets named like a ledger, in one go."""


class Template(LedgerView):
    """An empty sheet of the ledger to fill in; with ``form`` that of several ledgers together."""

    edits = True
    permission = "records.import"

    def get(self, request, slug):
        code = request.GET.get("form")
        if code is None:
            return download(f"{self.ledger.title}导入模板", [self.ledger], request.user)
        for declared in forms_of(self.ledger, request.user):
            if declared.code == code:
                return download(f"{declared.title}导入模板", [declared], request.user)
        raise Http404


def workbook_template(request):
    """Empty sheets of all ledgers that the user may fill."""
    return download("整本导入模板", may_bring_in(request.user), request.user)


def download(title: str, chosen: list, user) -> HttpResponse:
    """A sheet for each ledger, or combination, as the user may fill it at one of their units."""
    permissions = {ledger.edit_permission for each in chosen for ledger in written_by(each)}
    units = [
        unit
        for unit in import_units(user, permissions)
        if any(may_fill(each, user, unit) for each in chosen)
    ]
    if not units:
        raise Denied("您没有可以导入记录的单位，请联系系统管理员。")
    home = access_of(user).home
    unit = next((unit for unit in units if unit == home), units[0])
    targets = [target_of(each, user, unit) for each in map(code_of, chosen)]
    response = HttpResponse(blank_workbook(title, targets), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{title}.xlsx")
    return response


upload = by_ledger(LedgerUpload.as_view())
template = by_ledger(Template.as_view())
_import = needs("records.import")
workbook = _import(WorkbookUpload.as_view())
workbook_blank = _import(workbook_template)
