"""Guided acts on cleaners: leaving the post; who took part in a training."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from sanitation.forms.cleaners import AttendMany, LeavePostForm
from sanitation.models import Cleaner
from sanitation.services.cleaners import attend, leave_post
from sanitation.workflow import EDIT


class LeavePostView(GuidedView):
    title = button = "办理离岗"

    def dispatch(self, request, *args, **kwargs):
        rows = Cleaner.objects.visible_to(request.user).select_related("unit", "community")
        self.cleaner = get_object_or_404(rows, pk=kwargs["pk"])
        access_of(request.user).check(EDIT, self.cleaner.unit_id)
        if request.method == "GET" and self.cleaner.ends_on:
            messages.info(request, f"已于 {self.cleaner.ends_on} 离岗。")
            return redirect(ledgers["cleaners"].url("detail", self.cleaner))
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return LeavePostForm(data, rows=[self.cleaner])

    def context(self):
        ledger = ledgers["cleaners"]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.cleaner),
            "parent_title": self.cleaner.name,
            "explanation": "离岗后，负责的网格和没有结束的请假在同一天截止；网格没有别的保洁员的，"
            "会列入“没有保洁员的网格”，请另行安排。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return leave_post(
            form.as_loaded(self.cleaner), data["ends_on"], note=data["reason"], by=self.request.user
        )

    def done(self, form, result):
        messages.success(self.request, f"{result.name}已离岗。")
        return redirect(ledgers["cleaners"].url("detail", result))


class AttendView(GuidedView):
    """Note all cleaners of a training on one page; those noted before stay as they are."""

    title, button = "登记参训保洁员", "登记参训"

    @cached_property
    def ledger(self):
        return ledgers["cleaner-trainings"]

    @cached_property
    def training(self):
        found = get_object_or_404(self.ledger.queryset(self.request.user), pk=self.kwargs["pk"])
        access_of(self.request.user).check(self.ledger.edit_permission, found.unit_id)
        return found

    def form(self, data=None):
        return AttendMany(data, training=self.training, user=self.request.user)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.training),
            "parent_title": self.training.title,
            "explanation": f"{self.training.occurred_on}“{self.training.title}”。只列出那天在岗的"
            "保洁员；没有列出的，先在“保洁员”中登记。已登记的不受影响。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return attend(self.training, data["cleaners"], passed=data["passed"], by=self.request.user)

    def done(self, form, result):
        noted, before = result
        text = f"已登记 {noted} 人参训。" + (f"另有 {before} 人此前已登记。" if before else "")
        messages.success(self.request, text)
        return redirect(self.ledger.url("detail", self.training))


leave_post_view = needs(EDIT)(LeavePostView.as_view())
attend_view = needs(EDIT)(AttendView.as_view())
