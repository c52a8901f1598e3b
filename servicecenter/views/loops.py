"""One step of a supervision or of a redress: a short page that asks for what the step needs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.scope import Denied
from servicecenter.forms.loops import LoopStepForm
from servicecenter.services import loops


class LoopStepView(GuidedView):
    """Subclasses name the ``ledger`` and the ``service`` that takes the step."""

    slug = ""

    def dispatch(self, request, *args, **kwargs):
        self.ledger = ledgers[self.slug]
        self.loaded = get_object_or_404(self.ledger.queryset(request.user), pk=kwargs["pk"])
        self.step = loops.way_of(self.loaded).steps.get(kwargs["step"])
        if self.step is None:
            raise Http404
        if not loops.may_take(self.loaded, kwargs["step"], request.user):
            raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")
        return super().dispatch(request, *args, **kwargs)

    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        return LoopStepForm(data, record=self.loaded, step=self.step, user=self.request.user)

    def get(self, request, *args, **kwargs):
        if self.loaded.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(self.ledger.url("detail", self.loaded))
        return super().get(request, *args, **kwargs)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.loaded),
            "parent_title": self.ledger.label_of(self.loaded),
            "explanation": self.explanation(),
        }

    def explanation(self) -> str:
        return self.ledger.label_of(self.loaded)

    def service(self, record, name, values, by):
        return loops.act(record, name, values, by=by)

    def perform(self, form):
        row = form.as_loaded(self.loaded)
        self.service(row, self.kwargs["step"], form.values, self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已{self.step.label}。")
        return redirect(self.ledger.url("detail", self.loaded))
