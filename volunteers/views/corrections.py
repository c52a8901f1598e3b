"""Answers to what volunteers say is wrong in their records."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs_one_of
from portal.scope import access_of
from volunteers.forms.hours_steps import AnswerForm
from volunteers.selectors.hours import told_hours, told_span, what_of
from volunteers.services import corrections
from volunteers.workflow import APPROVE, CORRECTION, EDIT

CORRECTIONS = "hours-corrections"


class AnswerView(GuidedView):
    """One correction, accepted with new minutes or refused with an answer."""

    @cached_property
    def correction(self):
        rows = ledgers[CORRECTIONS].queryset(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def step(self):
        if self.kwargs["step"] not in CORRECTION.steps:
            raise Http404
        return CORRECTION.steps[self.kwargs["step"]]

    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        name = self.kwargs["step"]
        if not corrections.may_answer(self.correction, name, self.request.user):
            access_of(self.request.user).check(APPROVE, self.correction.unit_id)
        return AnswerForm(data, correction=self.correction, step=name)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.correction.state not in self.step.sources:
            messages.info(request, "这件申请已经答复。")
            return redirect(ledgers[CORRECTIONS].url("detail", self.correction))
        return self.show(form)

    def context(self):
        ledger, service = ledgers[CORRECTIONS], self.correction.service
        told = (
            f"{service.volunteer}，{what_of(service)}，{told_span(service)}，"
            f"登记{told_hours(service.minutes)}小时。申请：{self.correction.claim}"
        )
        if self.kwargs["step"] == "accept":
            told += "。更正后这条记录重新确认和公示。"
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.correction),
            "parent_title": ledger.label_of(self.correction),
            "explanation": told,
        }

    def perform(self, form):
        corrections.answer(
            form.as_loaded(self.correction),
            self.kwargs["step"],
            form.cleaned_data["answer"],
            by=self.request.user,
            minutes=form.cleaned_data.get("minutes"),
        )

    def done(self, form, result):
        messages.success(self.request, f"已答复：{self.step.label}。")
        return redirect(ledgers[CORRECTIONS].url("detail", self.correction))


answer = needs_one_of(EDIT, APPROVE)(AnswerView.as_view())
