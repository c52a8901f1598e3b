"""Applying for many on one page, and taking a step with one application or many."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from disability.application_workflow import EVERY_STEP
from disability.enums.applications import StepKind
from disability.forms.applications import ManyApplicationsForm, StepManyForm, of_step
from disability.services import applications as services
from portal.guided import GuidedView
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of

SLUG = "certificate-applications"


class ApplyManyView(GuidedView):
    """One batch of 换领, or another kind of business about certificates, on one screen."""

    title, button = "批量申请", "登记申请"
    template_name = "disability/apply_many.html"

    def form(self, data=None):
        return ManyApplicationsForm(data, user=self.request.user)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "勾选持证人，一次登记同一业务的申请；监护人按残疾人档案填写。",
        }

    def perform(self, form):
        for draft in form.drafts:
            access_of(self.request.user).check("disability.edit", draft.unit_id)
        return services.apply_many(form.drafts, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已登记 {len(result)} 件申请。")
        return redirect(ledgers[SLUG].url())


class StepView(GuidedView):
    """A step, its date and whoever is ticked; ``?only=`` is the one application it was called from."""

    template_name = "disability/apply_many.html"
    title = property(lambda self: StepKind(self.kwargs["step"]).label)
    button = property(lambda self: StepKind(self.kwargs["step"]).label)

    def dispatch(self, request, *args, **kwargs):
        if kwargs["step"] not in EVERY_STEP:
            raise Http404
        self.only = sent_id(request.GET.get("only", ""))
        return super().dispatch(request, *args, **kwargs)

    def rows(self):
        ledger, user = ledgers[SLUG], self.request.user
        rows = ledger.queryset(user).filter(unit__in=access_of(user).units("disability.edit"))
        rows = of_step(rows, self.kwargs["step"])
        if self.only:
            rows = rows.filter(pk=self.only)
        return list(rows.order_by("occurred_on", "resident__pinyin", "pk")[:1000])

    def form(self, data=None):
        user, kind = self.request.user, self.kwargs["step"]
        return StepManyForm(data, user=user, kind=kind, rows=self.rows(), only=self.only)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.only and not form.fields["applications"].rows:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(ledgers[SLUG].url())
        return self.show(form)

    def context(self):
        ledger = ledgers[SLUG]
        tabs = [
            {
                "label": StepKind(kind).label,
                "url": reverse("application-step", args=[kind]),
                "here": kind == self.kwargs["step"],
            }
            for kind in EVERY_STEP
        ]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "tabs": [] if self.only else tabs,
        }

    def perform(self, form):
        data = form.cleaned_data
        taken = services.Taken(
            self.kwargs["step"], data["on"], data["actor"], data["note"], form.values
        )
        count = services.take(data["applications"], taken, by=self.request.user)
        if count != len(data["applications"]):
            raise ValidationError("有的申请已被删除，请刷新后重新选择。")
        return count

    def done(self, form, result):
        messages.success(self.request, f"已{self.title} {result} 件。")
        if self.only:
            [row] = form.cleaned_data["applications"]
            return redirect(ledgers[SLUG].url("detail", row))
        return redirect(ledgers[SLUG].url())


apply_many = needs("disability.edit")(ApplyManyView.as_view())
step = needs("disability.edit")(StepView.as_view())
