"""Form fields of ledgers: lenient dates, clean text, many choices, and the record picker."""

import re

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from portal import masks
from portal.days import parse_date
from portal.fields import EncryptedTextField
from portal.scope import access_of
from portal.text import clean_text
from portal.width import to_halfwidth

RECORD_ID = re.compile("[0-9]{1,18}")


def sent_id(value) -> int:
    """The key of a record as sent; 0, which no record has, for anything else."""
    return int(value) if RECORD_ID.fullmatch(str(value)) else 0


class DayField(forms.DateField):
    """Takes a date in any of the styles clerks write."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return None if value in self.empty_values else parse_date(value)


class ClockField(forms.TimeField):
    """A time of the day as clerks write it: 9:00, 09:00, 9：00."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%H:%M", "%H:%M:%S"])
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "请写成 9:00 这样的时间。"

    def to_python(self, value):
        return super().to_python(to_halfwidth(value).strip() if isinstance(value, str) else value)


class CleanCharField(forms.CharField):
    """Text without control and invisible characters."""

    def to_python(self, value):
        multiline = isinstance(self.widget, forms.Textarea)
        return clean_text(super().to_python(value) or "", multiline=multiline)


class SealedBoundField(forms.BoundField):
    """A stored number in a form stands there as its mask; sent back as it stood, it stays as it is.

    So a record is changed without its numbers being opened; who corrects one types it anew.
    """

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        instance = getattr(form, "instance", None)
        # Kept now: cleaning writes into the instance.
        self.stored = (instance.pk and getattr(instance, name, "")) or ""
        self.mask = field.mask(self.stored)

    @property
    def data(self):
        sent = super().data
        same = self.stored and isinstance(sent, str) and sent.strip() == self.mask
        return str(self.stored) if same else sent

    def value(self):
        value = super().value()
        return self.mask if self.stored and value == self.stored else value


class SealedField(CleanCharField):
    """A sealed number; ``mask`` says what of it may be shown."""

    def __init__(self, *args, mask, **kwargs):
        super().__init__(*args, **kwargs)
        self.mask = mask

    def get_bound_field(self, form, field_name):
        return SealedBoundField(form, self, field_name)


class ChoicesField(forms.MultipleChoiceField):
    """Several choices of an array column."""

    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial, data):
        return set(initial or []) != set(data or [])


class PickerWidget(forms.MultiWidget):
    """A typed search that fills a hidden id; without JavaScript the typed text itself is sent."""

    template_name = "widgets/picker.html"
    use_fieldset = False

    def __init__(self, attrs=None):
        super().__init__([forms.HiddenInput, forms.TextInput(attrs={"autocomplete": "off"})], attrs)
        self.widgets_names = ["", "_text"]
        self.search_url = self.search_hint = self.add_url = ""
        self.label_of = str

    def id_for_label(self, id_):
        return id_

    def decompress(self, value):
        return [value, self.label_of(value)] if value else [None, ""]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        pair = value if isinstance(value, list) else self.decompress(value)
        context["widget"] |= {
            "search_url": self.search_url,
            "search_hint": self.search_hint,
            "add_url": self.add_url,
            "pk": pair[0] or "",
            "label": pair[1] or "",
        }
        return context


class HiddenPicker(PickerWidget):
    """What was picked and typed, sent again unseen."""

    template_name = "django/forms/widgets/multiwidget.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets[1] = forms.HiddenInput()


class RecordField(forms.Field):
    """One row of another ledger, picked by id or found by what was typed.

    Only rows visible to the user can be picked; a foreign id answers like a missing one.
    """

    widget = PickerWidget
    hidden_widget = HiddenPicker

    def __init__(self, *, ledger, user, **kwargs):
        super().__init__(**kwargs)
        self.ledger, self.user = ledger, user
        self.widget.search_url = ledger.url("pick")
        self.widget.search_hint = ledger.search_hint
        if ledger.has_own_form and access_of(user).may(ledger.edit_permission):
            self.widget.add_url = ledger.url("add")
        self.widget.label_of = self._label

    def _label(self, pk) -> str:
        record = self.ledger.queryset(self.user).filter(pk=sent_id(pk)).first()
        return self.ledger.label_of(record) if record else ""

    def prepare_value(self, value):
        return getattr(value, "pk", value)

    def clean(self, value):
        pk, typed = value if isinstance(value, list) else [value, ""]
        rows, text = self.ledger.queryset(self.user), clean_text(typed or "")
        if pk:
            record = rows.filter(pk=sent_id(pk)).first()
            if record is None:
                raise ValidationError(f"没有找到所选的{self.ledger.title}，请重新选择。")
            # Without a script a retyped name comes with the id of whoever was picked before.
            if text in ("", self.ledger.label_of(record)):
                return record
        if not text:
            if self.required:
                raise ValidationError(f"请选择{self.label}。")
            return None
        return self.only(list(self.ledger.found(rows, text)[:6]), text)

    def only(self, records, text):
        """The single match; raises ValidationError naming the candidates when there are several."""
        if len(records) == 1:
            return records[0]
        if not records:
            raise ValidationError(f"没有找到“{text}”，请先在{self.ledger.title}中登记。")
        names = "；".join(
            f"{self.ledger.label_of(r)}（{self.ledger.hint_of(r)}）" for r in records[:5]
        )
        raise ValidationError(f"找到不止一条，请从列表中选择：{names}。")

    def has_changed(self, initial, data):
        pk = data[0] if isinstance(data, list) else data
        return str(getattr(initial, "pk", initial) or "") != str(pk or "")


def formfield_for(field: models.Field, **kwargs):
    """The form field of a model field; pickers are set by the form, which knows the user."""
    if isinstance(field, ArrayField) and field.base_field.choices:
        kwargs.setdefault("choices", field.base_field.flatchoices)
        return ChoicesField(
            label=field.verbose_name,
            required=not field.blank,
            help_text=field.help_text,
            choices=kwargs["choices"],
        )
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return field.formfield(form_class=DayField, **kwargs)
    if isinstance(field, EncryptedTextField) and field.purpose in masks.BY_PURPOSE:
        return field.formfield(
            form_class=SealedField, mask=masks.BY_PURPOSE[field.purpose], **kwargs
        )
    if isinstance(field, models.TextField) and not field.choices:
        return field.formfield(
            form_class=CleanCharField, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
        )
    if isinstance(field, models.CharField) and not field.choices:
        return field.formfield(form_class=CleanCharField, **kwargs)
    return field.formfield(**kwargs)


class OfferedInput(forms.TextInput):
    """A text field that offers the usual answers, and takes any other."""

    template_name = "widgets/offered.html"

    def __init__(self, offered, attrs=None):
        super().__init__(attrs)
        self.offered = tuple(offered)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-offered"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off"}
        context["widget"] |= {"list_id": list_id, "offered": self.offered}
        return context
