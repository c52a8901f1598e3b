"""Re-check of what an action ordered to be mended."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from sanitation.forms.enforcement import RecheckForm
from sanitation.selectors.enforcement import to_recheck
from sanitation.services.enforcement import EDIT, recheck


class RecheckView(GuidedView):
    title, button = "复查整治事项", "登记复查"

    def dispatch(self, request, *args, **kwargs):
        self.ledger = ledgers["enforcement-actions"]
        self.loaded = get_object_or_404(self.ledger.queryset(request.user), pk=kwargs["pk"])
        access_of(request.user).check(EDIT, self.loaded.unit_id)
        self.waiting = list(to_recheck(self.loaded))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if not self.waiting:
            messages.info(request, "这次出动责令整改的事项都已复查。")
            return self.done(None, 0)
        return super().get(request, *args, **kwargs)

    def form(self, data=None):
        return RecheckForm(data, rows=self.waiting, chosen=self.request.GET.getlist("item"))

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.loaded),
            "parent_title": self.loaded.title,
            "explanation": f"{self.loaded.occurred_on} {self.loaded.title}：责令整改、还没有复查的事项。"
            "复查前后的照片请传在出动或事项的页面上，说明以“整改前”“整改后”开头的并排对照。",
        }

    def perform(self, form):
        chosen = form.chosen_items
        recheck(
            chosen,
            day=form.cleaned_data["day"],
            found=form.cleaned_data["found"],
            by=self.request.user,
        )
        return len(chosen)

    def done(self, form, result):
        if result:
            messages.success(self.request, f"已登记 {result} 项的复查。")
        return redirect(self.ledger.url("detail", self.loaded))


recheck_page = needs(EDIT)(RecheckView.as_view())
