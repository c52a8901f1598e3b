"""Lifting a warning card."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from sanitation.forms.rectification_pages import LiftForm
from sanitation.services.cards import lift
from sanitation.workflow import EDIT

SLUG = "warning-cards"


class LiftView(GuidedView):
    title = button = "销牌"

    def form(self, data=None):
        self.ledger = ledgers[SLUG]
        self.card = get_object_or_404(self.ledger.queryset(self.request.user), pk=self.kwargs["pk"])
        access_of(self.request.user).check(EDIT, self.card.unit_id)
        return LiftForm(data, card=self.card)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.card.lifted_on:
            messages.info(request, f"这张牌已于 {self.card.lifted_on} 销牌。")
            return redirect(self.ledger.url("detail", self.card))
        return self.show(form)

    def context(self):
        card = self.card
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", card),
            "parent_title": self.ledger.label_of(card),
            "explanation": f"{card.issuer} {card.occurred_on} 出牌：{card.reason}",
        }

    def perform(self, form):
        return lift(form.as_loaded(self.card), **form.values, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已销牌。")
        return redirect(self.ledger.url("detail", self.card))


lift_card = needs(EDIT)(LiftView.as_view())
