"""One step of a record's workflow: a short page that asks for what the step needs, then takes it."""

from django.contrib import messages
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.fields import DayField, formfield_for
from portal.ledgers.services import take_step
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger


class StepForm(GuidedForm):
    """The fields that a step asks for, as the record has them; days that are needed begin as today."""

    def __init__(self, *args, record, step, **kwargs):
        super().__init__(*args, rows=[record], **kwargs)
        self.record, self.step = record, step
        for name in step.asks:
            column = record._meta.get_field(name)
            field = self.fields[name] = formfield_for(column)
            field.required = name in step.needs
            field.error_messages["required"] = f"请填写{field.label}。"
            field.initial = getattr(record, name)
            if isinstance(field, DayField) and field.required and not field.initial:
                field.initial = self._today(name)

    def _today(self, name):
        return timezone.localdate() if name in _past_days(self.record) else None

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.step.asks}


def _past_days(record) -> set[str]:
    """Days on which something was done; a limit lies ahead."""
    days = {f.name for f in record._meta.fields if isinstance(f, models.DateField)}
    return days - {"due_on", "valid_until"}


class StepView(LedgerView, GuidedView):
    edits = True

    def dispatch(self, request, *args, **kwargs):
        self.workflow = self.ledger.workflow if self.ledger else None
        if self.workflow is None or kwargs["step"] not in self.workflow.steps:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        self.loaded = self.record()
        self.require_edit(self.loaded)
        return StepForm(data, record=self.loaded, step=self.step)

    @property
    def step(self):
        return self.workflow.steps[self.kwargs["step"]]

    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def get(self, request, *args, **kwargs):
        form = self.form()
        state = getattr(self.loaded, self.workflow.field)
        if state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(self.ledger.url("detail", self.loaded))
        return self.show(form)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.loaded),
            "parent_title": self.ledger.label_of(self.loaded),
            "explanation": self.ledger.label_of(self.loaded),
        }

    def perform(self, form):
        row = form.as_loaded(self.loaded)
        take_step(row, self.workflow, self.kwargs["step"], form.values)

    def done(self, form, result):
        messages.success(self.request, f"已{self.step.label}。")
        return redirect(self.ledger.url("detail", self.loaded))

    def show(self, form, **options):
        return GuidedView.show(self, form, **options)


step = by_ledger(StepView.as_view())
