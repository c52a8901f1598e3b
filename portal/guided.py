"""Acts that are described before they are done: form → what will happen → confirmed.

For the few acts that reach far (a merger, a disabled account); ledgers have pages of their own.
"""

import re
from abc import ABC, abstractmethod
from copy import copy

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import render
from django.views.generic import View

from portal.errors import TAKEN, StaleRecord, is_taken, settle

NOTHING = forms.Field.default_error_messages["required"]
VERSIONS = re.compile(r"\d{1,18}:\d{1,9}(,\d{1,18}:\d{1,9}){0,999}")


class GuidedForm(forms.Form):
    """Carries the versions of the rows that it may change, as they were when it was opened."""

    versions = forms.CharField(widget=forms.HiddenInput, required=False, max_length=30000)

    def __init__(self, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.shown_versions = ",".join(f"{row.pk}:{row.version}" for row in rows)
        if self.shown_versions:
            self.fields["versions"].initial = self.shown_versions
        else:
            del self.fields["versions"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def lay_out(self, *rows: tuple[str, ...]) -> None:
        """Set the fields side by side in rows; those not named follow one below the other."""
        named = [name for row in rows for name in row]
        rest = [(name,) for name in self.fields if name not in named]
        laid_out = [
            Div(
                *(Field(name, wrapper_class=f"col-md-{12 // len(row)}") for name in row),
                css_class="row",
            )
            for row in (*rows, *rest)
        ]
        self.helper.layout = Layout(*laid_out)

    def _clean_fields(self):
        """Names the field in the message where none was written for it."""
        for field in self.fields.values():
            if field.error_messages.get("required") == NOTHING:
                chosen = isinstance(field, (forms.ChoiceField, forms.FileField))
                words = f"请{'选择' if chosen else '填写'}{field.label}。"
                field.error_messages["required"] = words
        super()._clean_fields()

    def clean_versions(self):
        text = self.cleaned_data["versions"]
        if not VERSIONS.fullmatch(text):
            raise ValidationError("页面不完整，请返回刷新后重新办理。")
        return dict(map(int, pair.split(":")) for pair in text.split(","))

    def as_loaded(self, row):
        """A copy of the row at the version that this form was opened with; none never matches."""
        row = copy(row)
        row.version = self.cleaned_data["versions"].get(row.pk, 0)
        return row

    def sentences(self) -> list[str]:
        """What will happen, from the cleaned values; shown before it does."""
        return []

    def add_problem(self, error: ValidationError) -> None:
        """Show a service's refusal at its field, or above the form where the form has no such field."""
        named = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
        for name, errors in named.items():
            self.add_error(name if name in self.fields else None, errors)


class GuidedView(ABC, View):
    """One form and one act. Subclasses give ``form``, ``perform`` and ``done``.

    With ``confirms``, a valid form is tried and rolled back, and its sentences are shown with a
    button that sends it again; so what is confirmed is known to work.
    """

    template_name = "guided/form.html"
    title = button = ""
    confirms = False

    @abstractmethod
    def form(self, data=None) -> GuidedForm:
        """The form, bound to what was posted."""

    @abstractmethod
    def perform(self, form):
        """Call the service; its ValidationError and StaleRecord come back to the form."""

    @abstractmethod
    def done(self, form, result):
        """The message and the redirect."""

    def context(self) -> dict:
        """``parent_url`` and ``parent_title`` for the way back (``above_…`` before them, where the
        parent is itself below a list), ``explanation`` above the form.
        """
        return {}

    def get(self, request, *args, **kwargs):
        return self.show(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        step = request.POST.get("step", "")
        if step == "back" or not form.is_valid():
            return self.show(form)
        trying = self.confirms and step != "confirm"
        try:
            with transaction.atomic():
                result = self.perform(form)
                settle()
                if trying:
                    transaction.set_rollback(True)
        except ValidationError as error:
            form.add_problem(error)
            return self.show(form)
        except IntegrityError as error:
            if not is_taken(error):
                raise
            form.add_error(None, TAKEN)
            return self.show(form)
        except StaleRecord:
            return self.show_stale(request)
        if trying:
            return self.show(form, confirming=True)
        return self.done(form, result)

    def show_stale(self, request):
        """The form again with everything typed, on top of the newer rows."""
        data = request.POST.copy()
        data["versions"] = self.form().shown_versions
        form = self.form(data)
        form.is_valid()
        form.add_error(
            None, "您打开页面之后，别人改过这里的内容。您填写的都还在，请核对现在的情况后再提交。"
        )
        return self.show(form, status=409)

    def show(self, form, *, confirming=False, status=200):
        context = {
            "form": form,
            "title": self.title,
            "button": self.button,
            "confirms": self.confirms,
            "confirming": confirming,
            "sentences": form.sentences() if confirming else [],
            **self.context(),
        }
        return render(self.request, self.template_name, context, status=status)


def chinese_day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
