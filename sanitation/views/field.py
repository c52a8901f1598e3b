"""One inspection on the phone: pick what is wrong, count, photograph, save; hand in at the end.

These are the plain forms; what a phone without network keeps goes to ``sanitation/offline.py`` (ADR 41).
"""

import logging

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.generic import View

from portal.attachments.services import NO_ROOM
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from sanitation.enums.inspections import ProblemType
from sanitation.forms.field import FindingForm
from sanitation.models import Inspection
from sanitation.selectors import field as shown
from sanitation.selectors.inspections import lines_of
from sanitation.selectors.rubrics import items_of
from sanitation.services import findings
from sanitation.services.inspections import hand_in, say_of_items

log = logging.getLogger(__name__)

EDIT = shown.EDIT
RATE = forms.DecimalField(required=False, min_value=0, max_value=100, decimal_places=2)


class OfInspection(View):
    """Starts from an inspection that the user may record for."""

    @cached_property
    def inspection(self) -> Inspection:
        rows = shown.editable(self.request.user)
        rows = rows.select_related("community", "unit", "rubric")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def back(self):
        return redirect("field-page", pk=self.inspection.pk)

    def after(self):
        """Where an inspection that was handed in is shown."""
        return redirect(ledgers["inspections"].url("detail", self.inspection))

    def tell(self, error: ValidationError) -> None:
        for message in error.messages:
            messages.error(self.request, message)


class FieldView(OfInspection):
    """GET shows the step that the address names: items, the faults of one, the form of one fault."""

    def get(self, request, pk):
        if self.inspection.handed_in_on is not None:
            messages.info(request, "这次检查已经提交。")
            return self.after()
        asked = request.GET
        chosen = {"fault": asked.get("fault", ""), "problem": asked.get("problem", "")}
        return self.show(FindingForm(inspection=self.inspection, initial=chosen))

    def post(self, request, pk):
        """Store one finding by a plain form; a phone without network sends it to ``sanitation/offline.py``."""
        form, status = FindingForm(request.POST, request.FILES, inspection=self.inspection), 400
        try:
            if form.is_valid():
                stored = form.store(by=request.user)
                messages.success(request, f"已记下：{stored}。")
                return self.back()
        except ValidationError as error:
            form.add_problem(error)
        except OSError:
            log.exception("no photo can be written below MEDIA_ROOT")
            form.add_error("photos", NO_ROOM)
            status = 507
        return self.show(form, status=status)

    # --- page -----------------------------------------------------------------------------------

    def show(self, form, status=200):
        inspection = self.inspection
        lines = lines_of(inspection)
        items = items_of(inspection.rubric) if inspection.rubric_id else []
        said = {line.item.pk: line.said for line in lines if line.said}
        context = shown.found_page(inspection) | {
            "form": form,
            "chosen": self.chosen(form, items),
            "groups": shown.grouped([item for item in items if not item.by_rate]),
            "na": {pk for pk, row in said.items() if row.is_na},
            "recent": shown.recent_faults(self.request.user, inspection) if items else [],
            "problems": ProblemType.choices,
            "askable": [line for line in lines if line.item.may_be_na or line.item.by_rate],
            "step": self.step(form),
            "item_asked": sent_id(self.request.GET.get("item", "")),
        }
        return render(self.request, "sanitation/field.html", context, status=status)

    def chosen(self, form, items) -> str:
        """What the form is about, in words."""
        fault = sent_id(form["fault"].value() or "")
        title = next((str(f) for item in items for f in item.faults.all() if f.pk == fault), "")
        return title or dict(ProblemType.choices).get(form["problem"].value(), "")

    def step(self, form) -> str:
        """Which of the three steps stands open without a script."""
        if form.is_bound or form["fault"].value() or form["problem"].value():
            return "form"
        asked = self.request.GET
        return "faults" if asked.get("item") or asked.get("other") else "items"


class ItemsView(OfInspection):
    """What does not apply, and rates."""

    def post(self, request, pk):
        told = {}
        try:
            for line in lines_of(self.inspection):
                item = line.item
                if item.may_be_na or item.by_rate:
                    rate = self.rate(item) if item.by_rate else None
                    note = line.said.note if line.said else ""
                    told[item] = (request.POST.get(f"na-{item.pk}") == "on", rate, note)
            say_of_items(self.inspection, told, by=request.user)
        except ValidationError as error:
            self.tell(error)
        else:
            messages.success(request, "已保存项目情况。")
        return self.back()

    def rate(self, item):
        try:
            return RATE.clean(self.request.POST.get(f"rate-{item.pk}", ""))
        except ValidationError as error:
            raise ValidationError(f"“{item}”的比率请填 0 到 100 的数，最多两位小数。") from error


class DropView(OfInspection):
    """Take one finding of the running inspection back."""

    def post(self, request, pk):
        rows = self.inspection.findings.kept()
        finding = get_object_or_404(rows, pk=sent_id(request.POST.get("finding", "")))
        try:
            findings.drop(finding, by=request.user)
        except ValidationError as error:
            self.tell(error)
        else:
            messages.success(request, f"已撤销：{finding}。")
        return self.back()


class HandInView(OfInspection):
    def post(self, request, pk):
        try:
            hand_in(self.inspection, by=request.user)
        except ValidationError as error:
            self.tell(error)
            return self.back()
        messages.success(request, "检查已提交。")
        return self.after()


field = needs(EDIT)(FieldView.as_view())
items = needs(EDIT)(ItemsView.as_view())
drop = needs(EDIT)(DropView.as_view())
finish = needs(EDIT)(HandInView.as_view())
