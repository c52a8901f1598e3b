"""The pages of a batch: how far it is, what its check found, and each of its steps."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.generic import View

from portal.errors import Unreadable
from portal.exports.xlsx import XLSX
from portal.imports import batches
from portal.imports.contents import report_of, rows_to_store
from portal.imports.marking import CannotMark, can_be_marked, marked_workbook, problem_list
from portal.imports.places import WORKBOOK, pages_of
from portal.imports.previewing import FATE_TITLES, chosen_in, preview_of
from portal.imports.stepping import StepDenied, may_step
from portal.imports.workflow import BATCH, RUNNING
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs_one_of, polled
from portal.models import AccessLog, ImportState
from portal.text import clean_text

PROBLEMS_SHOWN = 300
LISTED = 100
UNREADABLE = "保存的这份表格已经读不出来，没有改动任何记录；请重新上传。"
TEMPLATES = {
    ImportState.CHECKED: "check",
    ImportState.REFUSED: "check",
    ImportState.AWAITING: "check",
    ImportState.STORED: "done",
    ImportState.UNDONE: "done",
    ImportState.UPLOADED: "failed",
    ImportState.MAPPING: "failed",
    ImportState.FAILED: "failed",
}
STEPS_OFFERED = ("check", "store", "withdraw", "approve", "return", "undo")


class BatchView(View):
    """A batch as its state shows it; while it is at work, the page asks again by itself."""

    def get(self, request, pk):
        return batch_page(request, visible_batch(request.user, pk))


class StepView(ABC, View):
    """One step of a batch. A step that is not allowed changes nothing and says why."""

    def post(self, request, pk):
        batch = visible_batch(request.user, pk)
        try:
            self.take(batch)
        except StepDenied as denial:
            messages.error(request, str(denial))
            return batch_page(request, visible_batch(request.user, pk), status=409)
        except Unreadable:
            messages.error(request, UNREADABLE)
            return batch_page(request, visible_batch(request.user, pk), status=409)
        if batch.state == ImportState.REFUSED:  # the records changed since the check
            return batch_page(request, visible_batch(request.user, pk), status=409)
        return redirect("import-batch", pk=batch.pk)

    @abstractmethod
    def take(self, batch) -> None:
        """Call the service of the step; its StepDenied is told on the page."""


class CheckView(StepView):
    """Check once more, with what the clerk chose for single rows."""

    def take(self, batch):
        decisions = chosen_in(self.request.POST, batch.decisions)
        batches.check(batch, by=self.request.user, decisions=decisions)


class ConfirmView(StepView):
    def take(self, batch):
        good_only = self.request.POST.get("rows") == "good"
        batches.confirm(batch, by=self.request.user, good_only=good_only)


class ApproveView(StepView):
    def take(self, batch):
        batches.approve(batch, by=self.request.user)


class ReturnView(StepView):
    def take(self, batch):
        try:
            reason = clean_text(self.request.POST.get("reason", ""))
        except ValidationError as error:
            raise StepDenied("".join(error.messages)) from error
        if not reason:
            raise StepDenied("请写明退回的原因。")
        batches.send_back(batch, by=self.request.user, reason=reason)


class WithdrawView(StepView):
    def take(self, batch):
        batches.withdraw(batch, by=self.request.user)


class UndoView(StepView):
    def take(self, batch):
        others = self.request.POST.get("rows") == "others"
        batches.undo(batch, by=self.request.user, others=others)


class RefusedView(View):
    """What was refused, as a file; the clerk's own rows leave only to whoever brought them."""

    def post(self, request, pk):
        batch = visible_batch(request.user, pk)
        what = request.POST.get("what", "")
        try:
            if batch.uploaded_by_id != request.user.pk:
                raise StepDenied("只有上传的人可以下载标注了原因的表格。")
            if what == "list" or not can_be_marked(batch):
                content, title = problem_list(batch), "问题清单"
            else:
                content = marked_workbook(batch, only_refused=what == "only")
                title = f"{batch.filename.removesuffix('.xlsx')}（已标注）"
        except (StepDenied, CannotMark) as refusal:
            text = str(refusal) or "这份表格的格式特殊，不能在上面标注；请下载问题清单。"
            messages.error(request, text)
            return batch_page(request, batch, status=409)
        log_access(
            AccessLog.Action.EXPORT,
            by=request.user,
            subject="portal.importbatch",
            subject_id=batch.pk,
            unit_id=batch.unit_id,
            purpose="下载导入问题",
            rows=batch.counts.get("refused", 0),
        )
        response = HttpResponse(content, content_type=XLSX)
        name = content_disposition_header(True, f"{title}.xlsx")
        response["Content-Disposition"] = name
        return response


class MineView(View):
    """What the user uploaded, and what waits for their approval."""

    def get(self, request):
        rows = list(batches.visible_batches(request.user)[:LISTED])
        for row in rows:
            row.title = ledgers[row.ledger].title if row.ledger in ledgers else WORKBOOK
        waiting = {row.pk for row in batches.awaiting(request.user)}
        context = {
            "waiting": [row for row in rows if row.pk in waiting],
            "rows": [row for row in rows if row.pk not in waiting],
            "running": any(row.state in RUNNING for row in rows),
        }
        return render(request, "imports/list.html", context)


def visible_batch(user, pk):
    batch = get_object_or_404(batches.visible_batches(user), pk=pk)
    if batch.ledger and batch.ledger not in ledgers:
        raise Http404
    return batch


def batch_page(request, batch, status=200):
    context = pages_of(ledgers[batch.ledger] if batch.ledger else None)
    context |= {
        "batch": batch,
        "state": ImportState(batch.state),
        "own": batch.uploaded_by_id == request.user.pk,
        "may": {step: may_step(batch, step, request.user) for step in STEPS_OFFERED},
        "sheets": [
            {"counts": sheet, "url": ledgers[sheet["ledger"]].url()}
            for sheet in batch.summary.get("sheets", [])
            if sheet["ledger"] in ledgers
        ],
        "steps": [
            {"name": BATCH.label(step.action), "step": step}
            for step in batch.steps.select_related("by").order_by("-pk")
        ],
    }
    if batch.state in RUNNING:
        template = "_progress" if request.htmx else "progress"
        context["percent"] = batch.done * 100 // batch.total if batch.total else 0
        return render(request, f"imports/{template}.html", context, status=status)
    return render(
        request,
        f"imports/{TEMPLATES[batch.state]}.html",
        context | _findings(request, batch),
        status=status,
    )


def _findings(request, batch) -> dict:
    report = report_of(batch)
    return {
        "report": report,
        "errors": report.blocking[:PROBLEMS_SHOWN],
        "warnings": report.warnings[:PROBLEMS_SHOWN],
        "shown": PROBLEMS_SHOWN,
        "preview": preview_of(batch, request.GET),
        "fates": FATE_TITLES,
        "can_mark": can_be_marked(batch),
        "held": batch.summary.get("held", 0),
        "to_store": rows_to_store(batch),
        "needs_approval": batches.needs_approval(batch),
        "before": batches.confirmed_before(batch),
    }


_mark = needs_one_of("records.import", "imports.approve")
batch = polled(_mark(BatchView.as_view()))
mine = _mark(MineView.as_view())
check = _mark(CheckView.as_view())
confirm = _mark(ConfirmView.as_view())
approve = _mark(ApproveView.as_view())
send_back = _mark(ReturnView.as_view())
withdraw = _mark(WithdrawView.as_view())
undo = _mark(UndoView.as_view())
refused = _mark(RefusedView.as_view())
