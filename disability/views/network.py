"""The tick list of a training."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from disability.forms.attendances import AttendancesForm
from disability.services.attendances import note_attendances
from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from residents.enums import ActivityKind


class AttendancesView(GuidedView):
    """Note all workers of a training on one page; those noted before stay as they are."""

    title, button = "登记康复人员参训", "登记参训"

    @cached_property
    def ledger(self):
        return ledgers["disability-activities"]

    @cached_property
    def training(self):
        trainings = self.ledger.queryset(self.request.user).filter(kind=ActivityKind.TRAINING)
        found = get_object_or_404(trainings, pk=self.kwargs["pk"])
        access_of(self.request.user).check(self.ledger.edit_permission, found.unit_id)
        return found

    def form(self, data=None):
        return AttendancesForm(data, training=self.training, user=self.request.user)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.training),
            "parent_title": self.training.title,
            "explanation": f"{self.training.occurred_on}“{self.training.title}”。只列出那天在岗的"
            "康复人员；没有列出的，先在“康复人员”中登记。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return note_attendances(
            self.training,
            data["workers"],
            hours=data["hours"],
            result=data["result"],
            by=self.request.user,
        )

    def done(self, form, result):
        noted, before = result
        text = f"已登记 {noted} 人参训。" + (f"另有 {before} 人此前已登记。" if before else "")
        messages.success(self.request, text)
        return redirect(self.ledger.url("detail", self.training))


attendances = needs("disability.edit")(AttendancesView.as_view())
