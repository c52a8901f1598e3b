"""Taking the usual checklist of 民情走访."""

from django.contrib import messages
from django.shortcuts import redirect

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from servicecenter.checklist_seed import SEED
from servicecenter.enums.visits import ChecklistGroup
from servicecenter.forms.visits import SeedForm
from servicecenter.services.visits import MANAGE, take_seed


class SeedView(GuidedView):
    """The usual items become the unit's own, to be changed one by one."""

    title, button = "采用常用清单", "采用"

    def form(self, data=None):
        return SeedForm(data, user=self.request.user, permission=MANAGE)

    def context(self):
        ledger = ledgers["checklist-items"]
        told = "；".join(
            f"{ChecklistGroup(group).label}：{'、'.join(texts)}" for group, texts in SEED.items()
        )
        return {
            "above_url": ledgers["folk-visits"].url(),
            "above_title": ledgers["folk-visits"].title,
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": f"各地说法不同，采用后可逐项修改。{told}。",
        }

    def perform(self, form):
        return take_seed(form.cleaned_data["unit"], by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已采用 {len(result)} 项，请按本地要求修改。")
        return redirect(ledgers["checklist-items"].url())


seed = needs(MANAGE)(SeedView.as_view())
