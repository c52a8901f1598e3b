"""Guided acts on one certificate: 冻结, 解冻, 注销, 迁出; described before they are done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from disability.enums import CertificateStatus as Status
from disability.forms.certificates import ActForm
from disability.services import certificates as services
from portal.guided import GuidedView, chinese_day
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of

SLUG = "certificates"


@dataclass(frozen=True)
class Act:
    """``do(certificate, data, by)`` calls the service; ``tells`` is what will happen."""

    label: str
    day_label: str
    word_label: str
    word_needed: bool
    tells: str
    do: Callable

    def sentence(self, certificate, data) -> str:
        return self.tells.format(
            card=certificate, day=chinese_day(data["on"]), word=data.get("word", "")
        )


def _freeze(card, data, by):
    services.freeze(card, on=data["on"], reason=data["word"], by=by)


def _thaw(card, data, by):
    services.thaw(card, on=data["on"], by=by)


def _cancel(card, data, by):
    services.end(card, Status.CANCELLED, on=data["on"], note=data["word"])


def _move_out(card, data, by):
    services.move_out(card, on=data["on"], to=data["word"], by=by)


ACTS = {
    "freeze": Act(
        "冻结",
        "冻结日期",
        "冻结原因",
        True,
        "{card}的残疾人证从{day}起冻结；仍计入持证人数。",
        _freeze,
    ),
    "thaw": Act("解冻", "解冻日期", "", False, "{card}的残疾人证从{day}起恢复有效。", _thaw),
    "cancel": Act(
        "注销",
        "注销日期",
        "注销原因",
        True,
        "{card}的残疾人证从{day}起注销，不再计入持证人数。",
        _cancel,
    ),
    "move-out": Act(
        "迁出",
        "迁出日期",
        "迁往",
        False,
        "{card}的残疾人证从{day}起不再计入本单位；本街道其他社区已接收这位居民的，从这一天起计入那个社区，"
        "残疾人档案一并转去；以前的记录仍留在本单位。",
        _move_out,
    ),
}


class ActView(GuidedView):
    confirms = True
    title = property(lambda self: f"{self.act.label}残疾人证")
    button = property(lambda self: self.act.label)

    def dispatch(self, request, *args, **kwargs):
        self.act = ACTS.get(kwargs["act"])
        if self.act is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        ledger = ledgers[SLUG]
        rows = ledger.queryset(self.request.user)
        self.certificate = get_object_or_404(rows, pk=self.kwargs["pk"])
        access_of(self.request.user).check(ledger.edit_permission, self.certificate.unit_id)
        return ActForm(data, certificate=self.certificate, act=self.act)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.certificate),
            "parent_title": ledger.label_of(self.certificate),
            "explanation": ledger.label_of(self.certificate),
        }

    def perform(self, form):
        self.act.do(form.as_loaded(self.certificate), form.cleaned_data, self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已{self.act.label}。")
        return redirect(ledgers[SLUG].url("detail", self.certificate))


act = needs("disability.edit")(ActView.as_view())
