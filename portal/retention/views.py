"""/retention/: what is due, proposing its disposal, and deciding on what another proposed."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.fields import CleanCharField
from portal.ledgers.registry import ledger_for
from portal.marks import needs
from portal.models import DisposalRun, Unit
from portal.models.retention import DisposalState
from portal.pdf.response import pdf_response
from portal.retention.due import MANAGE, day_of, due_of
from portal.retention.paper import disposal_paper, kinds_of
from portal.retention.parts import words
from portal.retention.rules import all_rules, rules
from portal.retention.services import SAME, approve, propose, refuse
from portal.scope import access_of

PAGE_SIZE = 30


def runs_of(user):
    rows = DisposalRun.objects.filter(unit__in=access_of(user).units(MANAGE))
    return rows.select_related("unit", "proposed_by", "decided_by")


@needs(MANAGE)
def overview(request):
    units = access_of(request.user).units(MANAGE)
    context = {
        "due": due_of(units, timezone.localdate()),
        "rules": list(rules),
        "runs": runs_of(request.user)[:50],
    }
    return render(request, "retention/overview.html", context)


@needs(MANAGE)
def due_rows(request):
    """The rows that one count is of: their numbers and days, and a link for who may see the record itself.

    Whoever manages retention need not see records, so nothing of their content stands here.
    """
    asked, key = request.GET.get("rule", ""), request.GET.get("unit", "")
    unit = int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else 0
    rule = all_rules().get(asked)
    if rule is None or unit not in access_of(request.user).units(MANAGE):
        raise Http404
    page = Paginator(rule.due({unit}, timezone.localdate()), PAGE_SIZE).get_page(
        request.GET.get("page", "1")
    )
    ledger = ledger_for(rule.model)
    seen = _seen(ledger, page.object_list, request.user)
    headers = ("记录", "起算日", "保存到", "说明")
    rows = []
    for row in page.object_list:
        began = day_of(getattr(row, rule.since))
        values = (
            f"{rule.model._meta.verbose_name}第 {row.pk} 号",
            f"{began:%Y-%m-%d}",
            f"{rule.kept.last_day(began):%Y-%m-%d}",
            "" if row.pk in seen else "不在您的查看范围或已在回收站",
        )
        rows.append(
            {
                "url": ledger.url("detail", row) if row.pk in seen else "",
                "cells": [
                    {"label": label, "value": value}
                    for label, value in zip(headers, values, strict=True)
                ],
            }
        )
    context = {
        "rule": rule,
        "unit": Unit.objects.get(pk=unit),
        "page": page,
        "rows": rows,
        "headers": [{"label": label} for label in headers],
    }
    return render(request, "retention/due.html", context)


def _seen(ledger, rows, user) -> set[int]:
    """Keys of those whose page opens for this user."""
    if ledger is None or not access_of(user).may(ledger.view_permission):
        return set()
    keys = [row.pk for row in rows]
    return set(ledger.queryset(user).filter(pk__in=keys).values_list("pk", flat=True))


class ProposalForm(GuidedForm):
    codes = forms.MultipleChoiceField(
        label="销毁哪些",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选。"},
    )
    reason = CleanCharField(
        label="说明", max_length=200, error_messages={"required": "请填写说明。"}
    )

    def __init__(self, *args, due, **kwargs):
        super().__init__(*args, **kwargs)
        counted = {}
        for each in due:
            title, n = counted.get(each.rule.code, (each.rule.title, 0))
            counted[each.rule.code] = title, n + each.count
        self.fields["codes"].choices = [
            (code, f"{title}（{n} 条）") for code, (title, n) in counted.items()
        ]
        self.helper.layout = Layout(Field("codes", wrapper_class="long-choices"), "reason")


class Proposal(GuidedView):
    title, button = "提出销毁", "提出"

    def form(self, data=None):
        units = access_of(self.request.user).units(MANAGE)
        return ProposalForm(data, due=due_of(units, timezone.localdate()))

    def context(self):
        return {
            "parent_url": reverse("retention"),
            "parent_title": "保存期限和销毁",
            "explanation": "清册提出后不再变动，由另一人审批；批准后连同所属的环节、材料、附件立即销毁，不能恢复。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return propose(data["codes"], data["reason"], by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已提出，请另一人审批。")
        return redirect("retention-run", pk=result.pk)


@needs(MANAGE)
def run_page(request, pk):
    run = get_object_or_404(runs_of(request.user), pk=pk)
    waits = run.state == DisposalState.PROPOSED
    context = {
        "run": run,
        "kinds": kinds_of(run),
        "may_decide": waits and run.proposed_by != request.user,
        "same": SAME if waits and run.proposed_by == request.user else "",
    }
    return render(request, "retention/run.html", context)


@needs(MANAGE)
def run_paper(request, pk):
    """销毁清册 on paper."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    return pdf_response(disposal_paper(run, request.user), "销毁清册", inline=True)


class Decision(GuidedView):
    """One act on a proposed run by another person."""

    @cached_property
    def run(self):
        return get_object_or_404(runs_of(self.request.user), pk=self.kwargs["pk"])

    def form(self, data=None):
        return GuidedForm(data, rows=[self.run])

    def context(self):
        return {
            "parent_url": reverse("retention-run", args=[self.run.pk]),
            "parent_title": str(self.run),
            "explanation": "批准后立即销毁，不能恢复。" if self.title == "批准销毁" else "",
        }

    def done(self, form, result):
        messages.success(self.request, f"已{self.title}。")
        return redirect("retention-run", pk=self.run.pk)


class Approval(Decision):
    title = button = "批准销毁"
    confirms = True

    def perform(self, form):
        form.outcome = approve(form.as_loaded(self.run), by=self.request.user)
        form.sentences = lambda: [
            f"{each['title']}：销毁 {each['gone']} 条{_along(each)}；仍被其他记录引用 {each['referred']} 条、"
            f"提出后有变动 {each['changed']} 条，留下不动。"
            for each in form.outcome
        ]


def _along(outcome: dict) -> str:
    return f"（连同{words(outcome['parts'])}）" if outcome["parts"] else ""


class Refusal(Decision):
    title = button = "不批准"

    def perform(self, form):
        refuse(form.as_loaded(self.run), by=self.request.user)


proposal = needs(MANAGE)(Proposal.as_view())
approval = needs(MANAGE)(Approval.as_view())
refusal = needs(MANAGE)(Refusal.as_view())
