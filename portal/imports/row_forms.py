"""The ledger's form for one row: its own, or one form that serves for all new rows of a sheet.

Building a form costs more than asking it, so a sheet's new rows share one where the form judges each
row by itself; what only other rows tell is then left to the database's constraints.
"""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import InlineForeignKeyField, ModelChoiceField, model_to_dict

from portal.imports.columns import blank_form, undated
from portal.imports.differences import state_of
from portal.imports.row_reading import Row
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import form_class_for

EMPTY = (None, "", [], ())
FEW = 5000  # choices of a foreign key that are kept at hand


class GivenRecord(InlineForeignKeyField):
    """Stands in for a picker where the record itself is at hand, seen by the user's own rights.

    The form skips Django's look-up of this kind of field; our constraints and the wall still check.
    """

    def __init__(self, picker):
        forms.Field.__init__(self, label=picker.label, required=picker.required)

    def clean(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return value


class Guess:
    """What the cells alone say: ``instance`` without the rules of the form, ``unclear`` the fields
    whose cells are refused."""

    def __init__(self, instance, identity: tuple, unclear: set[str]):
        self.instance, self.identity, self.unclear = instance, identity, unclear


class RowForms:
    def __init__(self, table, unit, by):
        self.ledger, self.keeps, self.unit, self.by = table.ledger, table.keeps, unit, by
        self.form_class = self.ledger.form_of_file(form_class_for(self.ledger))
        self.blank = blank_form(self.ledger, by, unit)
        self.model_fields = [n for n in self.ledger.model_fields if n in self.blank.fields]

    # --- forms ----------------------------------------------------------------------------------
    @property
    def together(self) -> bool:
        """Whether new rows may share a form and be stored together."""
        return self.ledger.stores_many

    def shared(self, row: Row):
        """The one form of all new rows, cleaned, without asking the database's constraints."""
        form = self._shared
        form.instance, form.data = self._pristine(), self._data(form, row)
        form.start_over()
        form.full_clean()
        return form

    @cached_property
    def _shared(self):
        form = blank_form(self.ledger, self.by, self.unit)
        self._presets = {
            name: value
            for name, value in form.instance.__dict__.items()
            if name != "_state" and value is not None
        }
        form.asks_constraints = False
        self._take_given(form, every=True)
        self._initials = {
            name: form.get_initial_for_field(f, name) for name, f in form.fields.items()
        }
        return form

    def _pristine(self):
        instance = self.ledger.model(unit=self.unit)
        fresh = type(self._shared.instance)._meta.concrete_fields
        for field in fresh:
            value = self._presets.get(field.attname)
            if value is not None and not callable(field.default):
                instance.__dict__[field.attname] = value
        return instance

    def _data(self, form, row: Row) -> dict:
        data = {name: row.data.get(name, initial) for name, initial in self._initials.items()}
        for name, choices in self._choices.items():
            if name in data and not isinstance(data[name], Model):
                data[name] = choices.get(str(data[name]))
        return data

    def over(self, row: Row, record):
        """The one form of all rows that change records, cleaned, without the constraints."""
        form = self._changing
        form.instance = record
        form.initial = model_to_dict(record, form._meta.fields, form._meta.exclude)
        form.fields["version"].initial = record.version
        form.start_over()
        form.data = data = {}
        for name, form_field in form.fields.items():
            present = form.get_initial_for_field(form_field, name)
            if isinstance(form_field, GivenRecord):
                choice = self._choices.get(name, {}).get(str(present))
                present = choice or getattr(record, name, None)
            kept = name in self.keeps and present not in EMPTY
            data[name] = present if kept else row.data.get(name, present)
            if name in self._choices and not isinstance(data[name], Model):
                data[name] = self._choices[name].get(str(data[name]))
        form.full_clean()
        return form

    @cached_property
    def _changing(self):
        some = self.ledger.model(pk=1, unit=self.unit, version=1)
        some._state.adding = False
        form = self.form_class({}, instance=some, ledger=self.ledger, user=self.by, unit=self.unit)
        form.asks_constraints = False
        self._take_given(form, every=True)
        return form

    def own(self, row: Row, record=None):
        """A form on the record as it is, or on the preset values, with the filled cells on top."""
        data = {}
        form = undated(
            self.form_class(data, instance=record, ledger=self.ledger, user=self.by, unit=self.unit)
        )
        self._take_given(form)
        for name, form_field in form.fields.items():
            if isinstance(form_field, GivenRecord):
                present = getattr(record, name, None)
            else:
                present = form.get_initial_for_field(form_field, name)
            kept = record is not None and name in self.keeps and present not in EMPTY
            data[name] = present if kept else row.data.get(name, present)
        form.full_clean()
        return form

    def _take_given(self, form, *, every=False) -> None:
        """Pickers take the record itself; with ``every`` also other choices of records."""
        for name, form_field in list(form.fields.items()):
            if isinstance(form_field, RecordField) or (every and name in self._choices):
                form.fields[name] = GivenRecord(form_field)

    # --- what the cells say ---------------------------------------------------------------------
    def guess(self, row: Row) -> Guess:
        instance, unclear = self.ledger.model(unit=self.unit), set()
        for name, value in self._cleaned_initials.items():
            setattr(instance, name, list(value) if isinstance(value, list) else value)
        for name in row.data.keys() & set(self.model_fields):
            try:
                setattr(instance, name, self._cleaned(name, row.data[name]))
            except ValidationError:
                unclear.add(name)
        return Guess(instance, self.identity(instance), unclear)

    def identity(self, instance) -> tuple:
        if hasattr(instance, "derive"):
            instance.derive()  # keyed hashes follow from what has just been set
        return self.ledger.identity_of(instance)

    def says_the_same(self, row: Row, guess: Guess, record) -> bool:
        """Whether every filled cell is just what is stored; False also where only a form can tell."""
        if row.faults or guess.unclear:
            return False
        for name in row.data:
            if name in self.model_fields:
                field = record._meta.get_field(name)
                stored = field.value_from_object(record)
                if name in self.keeps and stored not in EMPTY:
                    continue
                if _plain(field.value_from_object(guess.instance)) != _plain(stored):
                    return False
            elif name in self._names_on(record):
                return False
        return True

    def leaves_alone(self, form, record, before: dict) -> bool:
        """Whether the form's record is as it was; the order within an array says nothing."""
        if state_of(record) != before:
            return False
        stored = {f.name for f in record._meta.concrete_fields} | {"version"}
        extras = form.fields.keys() - stored
        return not any(form.cleaned_data.get(n) != form.initial.get(n) for n in extras)

    def _names_on(self, record) -> frozenset[str]:
        """The fields of a form on a stored record."""
        if self._edit_names is None:
            form = self.form_class(
                {}, instance=record, ledger=self.ledger, user=self.by, unit=self.unit
            )
            self._edit_names = frozenset(form.fields)
        return self._edit_names

    _edit_names: frozenset[str] | None = None

    @cached_property
    def _cleaned_initials(self) -> dict:
        found = {}
        for name in self.model_fields:
            initial = self.blank.get_initial_for_field(self.blank.fields[name], name)
            try:
                found[name] = self._cleaned(name, initial)
            except ValidationError:
                continue
        return found

    def _cleaned(self, name: str, value):
        if isinstance(value, Model):
            return value
        if name in self._choices and value not in EMPTY:
            choice = self._choices[name].get(str(value))
            if choice is None:
                raise ValidationError("")
            return choice
        return self.blank.fields[name].clean(value)

    @cached_property
    def _choices(self) -> dict[str, dict[str, Model]]:
        """Records to choose from by their keys, of the fields that are no pickers and have few."""
        found = {}
        for name, form_field in self.blank.fields.items():
            if isinstance(form_field, ModelChoiceField):
                rows = list(form_field.queryset[: FEW + 1])
                if len(rows) <= FEW:
                    found[name] = {str(row.pk): row for row in rows}
        return found


def _plain(value):
    return sorted(value) if isinstance(value, list) else value
