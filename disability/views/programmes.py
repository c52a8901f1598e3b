"""Enrolling many people in a programme on one page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from disability.forms.programme_pages import EnrolManyForm
from disability.services.programmes import enrol_many
from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of


def programme_to_edit(request, pk):
    """The programme, for who may record in its unit. Raises Http404 and Denied."""
    ledger = ledgers["programmes"]
    programme = get_object_or_404(ledger.queryset(request.user), pk=pk)
    access_of(request.user).check(ledger.edit_permission, programme.unit_id)
    return programme


class EnrolManyView(GuidedView):
    """What will be stored is shown first; one person who cannot be enrolled stops all."""

    title, button = "批量入托", "入托"
    confirms = True

    @cached_property
    def programme(self):
        return programme_to_edit(self.request, self.kwargs["pk"])

    def form(self, data=None):
        return EnrolManyForm(data, programme=self.programme, user=self.request.user)

    def context(self):
        ledger, programme = ledgers["programmes"], self.programme
        rule = f"收 {programme.ages}，" if programme.ages else ""
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", programme),
            "parent_title": programme.name,
            "explanation": f"{programme.name}，{rule}{programme.starts_on}开办。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return enrol_many(
            self.programme, data["people"], starts_on=data["starts_on"], by=self.request.user
        )

    def done(self, form, result):
        messages.success(self.request, f"已登记 {len(result)} 人入托。")
        return redirect(ledgers["programmes"].url("detail", self.programme))


enrol_page = needs("disability.edit")(EnrolManyView.as_view())
