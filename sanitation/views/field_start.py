"""现场检查: what runs, and beginning a patrol with one tap."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from portal.ledgers.forms import recording_units
from portal.marks import needs
from portal.scope import access_of
from sanitation.enums.inspections import InspectionKind
from sanitation.forms.field import StartForm
from sanitation.models import Inspection
from sanitation.selectors.field import EDIT, begun_keys, running
from sanitation.services.inspections import begin


def keeper_of(user):
    """The unit that keeps what the user finds: the one they mainly work for, if it records."""
    units = list(recording_units(user, EDIT).order_by("code"))
    home = access_of(user).home
    return next((unit for unit in units if unit == home), units[0] if units else None)


class StartView(View):
    def get(self, request):
        keeper = keeper_of(request.user)
        form = StartForm(user=request.user, keeper=keeper) if keeper else None
        return self.show(form)

    def post(self, request):
        keeper = keeper_of(request.user)
        if keeper is None:
            return self.show(None, status=400)
        form = StartForm(request.POST, user=request.user, keeper=keeper)
        if form.is_valid():
            try:
                row = begin(self.inspection(form.cleaned_data, keeper), by=request.user)
            except ValidationError as error:
                form.add_problem(error)
            else:
                messages.success(request, f"{row.community}{row.get_kind_display()}已开始。")
                return redirect("field-page", pk=row.pk)
        return self.show(form, status=400)

    def inspection(self, data, keeper) -> Inspection:
        return Inspection(
            unit=keeper,
            community=data["community"],
            kind=data["kind"],
            rubric=data["rubric"],
            inspectors=data["inspectors"],
            # Nobody announces a patrol; the other kinds are corrected at the desk if need be.
            notified=data["kind"] == InspectionKind.QUARTER,
            occurred_on=timezone.localdate(),
        )

    def show(self, form, status=200):
        current = running(self.request.user)
        context = {
            "form": form,
            "running": current,
            "also": [reverse("field-page", args=[each.pk]) for each in current],
            "begun": begun_keys(self.request.user),
            "today": timezone.localdate(),
        }
        return render(self.request, "sanitation/field_start.html", context, status=status)


start = needs(EDIT)(StartView.as_view())
