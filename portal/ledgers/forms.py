"""The form of a ledger: the model's fields, the unit, the version, laid out by crispy."""

from functools import cache

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.html import format_html, mark_safe

from portal.ledgers.fields import RecordField, formfield_for
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import access_of

PLAIN_MESSAGES = {
    "max_length": "最多 %(limit_value)d 个字，现在是 %(show_value)d 个。",
    "min_value": "不能小于 %(limit_value)s。",
    "max_value": "数字太大，请核对。",
    "max_digits": "数字太大，请核对。",
    "max_decimal_places": "最多保留 %(max)s 位小数。",
    "max_whole_digits": "数字太大，请核对。",
}
NOT_CHOSEN = "—"
INVALID_NUMBER = "请只填数字，不带单位和“余”“约”等字。"
RECORDING_KINDS = (UnitKind.COMMUNITY, UnitKind.STREET)


def recording_units(user, permission):
    """The units for which the user may record today: communities and streets, no grids."""
    units = Unit.objects.filter(pk__in=access_of(user).units(permission), kind__in=RECORDING_KINDS)
    return units.valid_on(timezone.localdate())


class Fold(LayoutObject):
    """Fields folded away under a heading; open where one is wrong, or tells what was not preset."""

    def __init__(self, title, *fields):
        self.title, self.fields = title, list(fields)

    def render(self, form, context, template_pack=None, **kwargs):
        names = [pointer.name for pointer in self.get_field_names()]
        preset = form.ledger.preset
        wanted = any(
            form[name].errors or (form[name].value() or "") != (preset.get(name) or "")
            for name in names
        )
        inside = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return format_html(
            '<details class="form-fold"{}><summary>{}</summary>{}</details>',
            mark_safe(" open") if wanted else "",
            self.title,
            mark_safe(inside),  # noqa: S308  rendered by the form's own templates
        )


def _row(names) -> Div:
    """Fields side by side."""
    width = f"col-md-{12 // len(names)}"
    return Div(*(Field(name, wrapper_class=width) for name in names), css_class="row")


class LedgerForm(forms.ModelForm):
    """A record's form. Subclass for fields that need more than the model says.

    ``unit`` is asked for only where the user may record for several and the caller has not fixed
    it. An edit must carry the ``version`` it started from; the database compares it.
    """

    grids_of = "unit_id"  # whose grids may be chosen: a column of the record

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, ledger, user, unit=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ledger, self.user = ledger, user
        if unit is not None and not self.instance.pk:
            self.instance.unit = unit
            del self.fields["unit"]
        else:
            self._ask_unit()
        self._set_pickers()
        self._limit_grids()
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["version"]
        self._fill_presets()
        self._speak_plainly()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self._layout()

    # --- building -------------------------------------------------------------------------------

    def _ask_unit(self):
        if self.instance.pk:
            self.fields.pop("unit", None)
            return
        units = list(recording_units(self.user, self.ledger.edit_permission)[:200])
        home = access_of(self.user).home
        preferred = next((u for u in units if home and u.pk == home.pk), None)
        if len(units) == 1:
            self.fields.pop("unit", None)
            self.instance.unit = units[0]
            return
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[u.pk for u in units])
        self.fields["unit"].initial = preferred

    def _set_pickers(self):
        from portal.ledgers.registry import ledger_for  # the registry holds ledgers with forms

        for name, field in list(self.fields.items()):
            if not isinstance(field, forms.ModelChoiceField) or name in {"unit", "grid"}:
                continue
            target = ledger_for(field.queryset.model, self.ledger.domain)
            if target is not None:
                self.fields[name] = RecordField(
                    ledger=target,
                    user=self.user,
                    label=field.label,
                    required=field.required,
                    help_text=field.help_text,
                )

    def _limit_grids(self):
        if "grid" not in self.fields:
            return
        unit = getattr(self.instance, self.grids_of)
        permitted = [unit] if unit else access_of(self.user).units(self.ledger.edit_permission)
        grids = Unit.objects.filter(kind=UnitKind.GRID, parent__in=permitted)
        # The record's own stays, though it ended or went to another unit.
        self.fields["grid"].queryset = Unit.objects.filter(
            Q(pk__in=grids.valid_on(timezone.localdate())) | Q(pk=self.instance.grid_id)
        )

    def _fill_presets(self):
        if self.instance.pk:
            return
        for name, value in self.ledger.preset.items():
            if name in self.fields:
                self.initial.setdefault(name, value)
            else:
                setattr(self.instance, name, value)
        if self.ledger.own_name in self.fields:
            self.initial.setdefault(self.ledger.own_name, self.user.name)
        if self.ledger.today in self.fields:
            self.initial.setdefault(self.ledger.today, timezone.localdate())

    def _speak_plainly(self):
        """Django's own messages speak of variables and values."""
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | RecordField)
            field.error_messages["required"] = f"请{'选择' if chosen else '填写'}{field.label}。"
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = field.empty_label and NOT_CHOSEN
            elif isinstance(field, forms.ChoiceField) and field.choices[:1] == BLANK_CHOICE_DASH:
                field.choices = [("", NOT_CHOSEN), *field.choices[1:]]
            if isinstance(field, forms.IntegerField):  # decimals too
                field.error_messages["invalid"] = INVALID_NUMBER

    def _layout(self):
        rows = [("unit",)] if "unit" in self.fields else []
        laid_out = self._rows([*rows, *self.ledger.form_layout])
        return Layout(*laid_out, *(["version"] if "version" in self.fields else []))

    def _rows(self, layout) -> list:
        laid_out, fold = [], None
        for row in (row if isinstance(row, tuple) else (row,) for row in layout):
            if row[0] in self.ledger.form_folds:
                fold = Fold(self.ledger.form_folds[row[0]])
                laid_out.append(fold)
            names = [name for name in row if name in self.fields]
            if names:
                (laid_out if fold is None else fold.fields).append(_row(names))
        return laid_out

    # --- checking -------------------------------------------------------------------------------

    def clean_version(self):
        version = self.cleaned_data["version"]
        if version is None or version < 1:
            raise ValidationError("页面不完整，请返回刷新后重新修改。")
        return version

    def clean(self):
        data = super().clean()
        workflow = self.ledger.workflow
        if workflow and self.instance.pk and workflow.field in self.changed_data:
            self._check_way(workflow, data.get(workflow.field))
        return data

    def _check_way(self, workflow, target):
        """A changed state must be one that steps lead to."""
        before = self.initial[workflow.field]
        if target and not workflow.leads(before, target):
            told = dict(self.fields[workflow.field].choices)
            self.add_error(workflow.field, f"不能从“{told[before]}”改为“{told[target]}”。")

    def _post_clean(self):
        self.instance.checks_constraints = False  # check_record does, with all columns
        super()._post_clean()
        self.instance.checks_constraints = True
        grid = self.cleaned_data.get("grid")
        owner = getattr(self.instance, self.grids_of)
        if grid and grid.parent_id != owner and {"grid", self.grids_of[:-3]} & {*self.changed_data}:
            self.add_error("grid", "这个网格不属于所选的单位。")
        if not self.errors and self.asks_constraints:
            self.check_record()

    # --- many rows, one form (portal/imports) ---------------------------------------------------

    asks_constraints = True  # off: the caller leaves them to the database

    def judges_alone(self) -> bool:
        """Of a cleaned form: whether its rules asked no stored row but by the constraints.

        A subclass must say so itself before an import lets its rows share one form.
        """
        return True

    def start_over(self):
        """Forget the former row."""
        self._errors = None
        self._bound_fields_cache.clear()  # they remember the former row's initial values
        self.__dict__.pop("changed_data", None)
        if hasattr(self, "warnings"):
            self.warnings = []

    def check_record(self):
        """Check the model's rules, those that span ``unit`` included. Subclasses with derived
        columns set these first."""
        try:
            self.instance.validate_constraints(exclude={"recorded_by", "deleted_by"})
        except ValidationError as error:
            self._update_errors(error)

    def save(self, commit=True):
        if self.instance.pk:
            self.instance.version = self.cleaned_data["version"]
        return super().save(commit)


def form_class_for(ledger) -> type[LedgerForm]:
    """The ledger's own form class, or one made from its model and layout."""
    return _form_class(
        ledger.model, ledger.form_class or LedgerForm, ("unit", *ledger.model_fields)
    )


@cache
def _form_class(model, base, names) -> type[LedgerForm]:
    """Made once: an upload asks for the form of every ledger. Each form has copies of its fields."""
    return forms.modelform_factory(model, form=base, fields=names, formfield_callback=formfield_for)
