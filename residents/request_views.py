"""Pages of a 个人信息请求 beyond its ledger: its steps, what is kept, the list to tick off, the answer."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.fields import CleanCharField
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.ledgers.steps import StepForm
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of
from residents.data_requests import (
    EDIT,
    OPEN,
    act,
    check_step,
    set_lines,
    with_added,
    with_settled,
)
from residents.enums import RequestKind
from residents.holdings import holdings_of
from residents.models import DataRequest
from residents.request_papers import TITLES, letter
from residents.request_papers import bundle as bundle_of
from residents.workflow import DATA_REQUEST

OUTCOMES = ("已更正", "已补充", "经核实无误，不更正", "转其他单位更正")


def request_of(request, pk) -> DataRequest:
    return get_object_or_404(ledgers["data-requests"].queryset(request.user), pk=pk)


class OfRequest(GuidedView):
    @cached_property
    def record(self) -> DataRequest:
        record = request_of(self.request, self.kwargs["pk"])
        access_of(self.request.user).check(EDIT, record.unit_id)
        return record

    def context(self):
        ledger = ledgers["data-requests"]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.record),
            "parent_title": str(self.record),
            "explanation": f"{self.record.resident.name}：{self.record.content}",
        }

    def done(self, form, result):
        messages.success(self.request, f"已{self.button}。")
        return redirect(ledgers["data-requests"].url("detail", self.record))


class StepView(OfRequest):
    """One step of the request's way; deleting is described before it is done."""

    @property
    def step(self):
        if self.kwargs["step"] not in DATA_REQUEST.steps:
            raise Http404
        return DATA_REQUEST.steps[self.kwargs["step"]]

    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    @property
    def confirms(self):
        return self.kwargs["step"] == "answer" and self.record.kind == RequestKind.DELETE

    def form(self, data=None):
        name, record = self.kwargs["step"], self.record
        if record.state in self.step.sources:
            check_step(record, name, by=self.request.user)
        return AnswerForm(data, record=record, step=self.step)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.record.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(ledgers["data-requests"].url("detail", self.record))
        return self.show(form)

    def perform(self, form):
        record = form.as_loaded(self.record)
        act(record, self.kwargs["step"], form.values, by=self.request.user)
        form.told = DataRequest.objects.get(pk=record.pk).lines


class AnswerForm(StepForm):
    told = ()

    def sentences(self):
        return [f"{line['what']}：{line['outcome']}（{line['ground']}）。" for line in self.told]


class LinesForm(GuidedForm):
    """One more item to correct, or one that is ticked off."""

    what = CleanCharField(
        label="要更正的项目", max_length=100, required=False, help_text="如：联系电话登记有误。"
    )
    place = forms.TypedChoiceField(label="处理哪一项", coerce=int, empty_value=None, required=False)
    outcome = forms.ChoiceField(label="处理", required=False)
    ground = CleanCharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="新旧内容在修改记录中，不要在这里写号码。",
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, rows=[record], **kwargs)
        self.record = record
        waiting = [
            (n, f"{n + 1}. {line['what']}")
            for n, line in enumerate(record.lines)
            if not line["outcome"]
        ]
        self.fields["place"].choices = [("", "——"), *waiting]
        self.fields["outcome"].choices = [("", "——"), *((word, word) for word in OUTCOMES)]
        self.lay_out(("what",), ("place", "outcome"), ("ground",))

    def clean(self):
        data = super().clean()
        if not data.get("what") and data.get("place") is None and "place" not in self.errors:
            self.add_error("what", "请填写要更正的项目，或选择要勾掉的一项。")
        if data.get("place") is not None and not data.get("outcome"):
            self.add_error("outcome", "请选择处理结果。")
        return data


class LinesView(OfRequest):
    title, button = "逐项更正", "保存"
    template_name = "residents/data_request_lines.html"

    def form(self, data=None):
        if self.record.kind != RequestKind.CORRECT:
            raise Http404
        return LinesForm(data, record=self.record)

    def context(self):
        holdings = holdings_of(self.record.resident, self.request.user)
        return super().context() | {
            "record": self.record,
            "holdings": linked(holdings, self.record),
        }

    def perform(self, form):
        record, data = form.as_loaded(self.record), form.cleaned_data
        lines = record.lines
        if data.get("place") is not None:
            lines = with_settled(record, data["place"], data["outcome"], data["ground"])
            record.lines = lines
        if data.get("what"):
            lines = with_added(record, data["what"])
        set_lines(record, lines, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已保存。")
        return redirect("data-request-lines", pk=self.record.pk)


MOST_LINKS = 20  # records of one ledger that the page links to


def linked(holdings, record) -> list[dict]:
    return [
        {
            "holding": holding,
            "links": [
                {"label": holding.ledger.label_of(row), "url": holding.ledger.url("detail", row)}
                for row in holding.rows.order_by("-pk")[:MOST_LINKS]
            ],
        }
        for holding in holdings.found
    ]


@needs("residents.view")
def holdings(request, pk):
    """What all ledgers hold about the person: counts, dates, purpose and ground, how often opened."""
    record = request_of(request, pk)
    found = holdings_of(record.resident, request.user)
    ledger = ledgers["data-requests"]
    context = {
        "record": record,
        "holdings": linked(found, record),
        "unseen": found.unseen,
        "count": found.count,
        "ledger": ledger,
        "parent_url": ledger.url("detail", record),
        "person_url": reverse("ledger-detail", args=["residents", record.resident_id]),
    }
    return render(request, "residents/data_request_holdings.html", context)


def _answered(request, pk) -> DataRequest:
    record = request_of(request, pk)
    access_of(request.user).check(OPEN, record.unit_id)
    if record.answered_on is None:
        raise Denied("这件请求还没有答复，不能打印。")
    if record.needs_two and not record.refusal_ground and record.verified_by == request.user:
        raise Denied("删除和转移的答复由核验身份的人以外的工作人员打印、交付。")
    if unseen := holdings_of(record.resident, request.user).unseen:
        raise Denied(f"您不能查看“{unseen[0]}”等台账，打印出来会不完整。")
    return record


def _log(action, record, user, field):
    log_access(
        action,
        by=user,
        subject="residents.resident",
        subject_id=record.resident_id,
        unit_id=record.unit_id,
        field=field,
        purpose=f"答复个人信息请求 {record.number}",
    )


@writing_get
@needs("residents.view")
def answer(request, pk):
    """The answer as PDF, with the person's own values in full; each print is logged."""
    record = _answered(request, pk)
    _log(AccessLog.Action.PDF, record, request.user, "data-request")
    document = letter(record, request.user)
    data = render_substituted("pdf/official.html", {"doc": document}, base="official")
    return pdf_response(data, f"{TITLES[record.kind]}_{record.number}", inline=True)


@writing_get
@needs("residents.view")
def bundle(request, pk):
    """The files of a transfer, for who asked for it; each hand-out is logged."""
    record = _answered(request, pk)
    if record.kind != RequestKind.CARRY or record.refusal_ground:
        raise Http404
    _log(AccessLog.Action.EXPORT, record, request.user, "data-request")
    response = HttpResponse(bundle_of(record, request.user), content_type="application/zip")
    name = f"个人信息转移_{record.number}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


step = needs(EDIT)(StepView.as_view())
lines = needs(EDIT)(LinesView.as_view())
