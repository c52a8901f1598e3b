"""Forms of the unit tree; each can say in sentences what it will do."""

from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.forms import UnitChoice
from portal.guided import GuidedForm, chinese_day
from portal.ledgers.fields import CleanCharField, DayField
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import access_of
from portal.text import to_halfwidth
from portal.units import sentences
from portal.units.grids import open_grids
from portal.units.services import kind_below

NEW_UNITS = 4  # as many as one community is split into at once
NOT_KEPT = "none"


class CodeField(forms.CharField):
    """A unit's code, typed with blanks or full-width digits as well."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(label="代码", widget=forms.TextInput(attrs=attrs), max_length=30, **kwargs)

    def to_python(self, value):
        return "".join(to_halfwidth(super().to_python(value)).split())


def siblings(unit: Unit):
    """Open units that could succeed ``unit``."""
    others = Unit.objects.filter(parent=unit.parent_id, kind=unit.kind, valid_to__isnull=True)
    return others.exclude(pk=unit.pk)


class OnField(DayField):
    def __init__(self):
        super().__init__(
            label="生效日期", initial=timezone.localdate, help_text="新情况的第一天，不能晚于今天。"
        )


class DocumentField(CleanCharField):
    def __init__(self):
        super().__init__(
            label="依据", max_length=200, required=False, help_text="批复的文号或会议纪要。"
        )


class CreateForm(GuidedForm):
    parent = UnitChoice(label="上级单位", queryset=None)
    code = CodeField(help_text="12 位统计用区划代码；网格在社区代码后加 3 位。")
    name = CleanCharField(label="名称", max_length=60)
    valid_from = DayField(
        label="启用日期", required=False, help_text="一直就有、不知道何时设立的，请留空。"
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = (
            Unit.objects.filter(pk__in=access_of(by).units("units.manage"), valid_to__isnull=True)
            .exclude(kind=UnitKind.GRID)
            .select_related("parent")
        )

    def sentences(self):
        given = self.cleaned_data
        kind = kind_below(given["parent"]).label
        since = f"自{chinese_day(given['valid_from'])}起" if given["valid_from"] else ""
        return [
            f"在“{given['parent']}”下面设立{kind}“{given['name']}”（{given['code']}），{since}启用。"
        ]


class RenameForm(GuidedForm):
    name = CleanCharField(label="新名称", max_length=60)
    on = OnField()
    note = DocumentField()

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, rows=[unit], initial={"name": unit.name}, **kwargs)
        self.unit = unit

    def sentences(self):
        on = chinese_day(self.cleaned_data["on"])
        name = self.cleaned_data["name"]
        return [
            f"“{self.unit}”自{on}起更名为“{name}”。",
            f"{on}以前的总结和打印件仍用原名称。单位、代码、记录和角色都不变。",
        ]


class CorrectForm(GuidedForm):
    code = CodeField()
    name = CleanCharField(label="名称", max_length=60)
    valid_from = DayField(label="启用日期", required=False)

    def __init__(self, *args, unit, **kwargs):
        initial = {"code": unit.code, "name": unit.name, "valid_from": unit.valid_from}
        super().__init__(*args, rows=[unit], initial=initial, **kwargs)


class EndForm(GuidedForm):
    on = OnField()

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, rows=[unit], **kwargs)
        self.unit = unit
        self.fields["on"].help_text = "不再存在的第一天；前一天是最后有效日。"

    def sentences(self):
        return sentences.of_end(self.unit, self.cleaned_data["on"])


class MergeForm(GuidedForm):
    """``into`` is an open sibling, or empty with the code and name of a new one."""

    others = forms.ModelMultipleChoiceField(
        label="一起并入的单位",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只并入这一个单位的，不用勾选。",
    )
    into = UnitChoice(
        label="承接单位", queryset=None, required=False, empty_label="新设一个单位（填写下面两项）"
    )
    code = CodeField(required=False, help_text="新设单位的代码。")
    name = CleanCharField(label="名称", max_length=60, required=False, help_text="新设单位的名称。")
    on = OnField()
    note = DocumentField()

    def __init__(self, *args, unit, **kwargs):
        others = siblings(unit).select_related("parent")
        super().__init__(*args, rows=[unit, *others], **kwargs)
        self.unit = unit
        self.fields["others"].queryset = self.fields["into"].queryset = others
        self.lay_out(("into",), ("code", "name"), ("others",), ("on", "note"))

    @property
    def ending(self) -> list[Unit]:
        """The units that end, with the versions that the user saw."""
        return [self.as_loaded(u) for u in (self.unit, *self.cleaned_data["others"])]

    def clean(self):
        cleaned = super().clean()
        into, others = cleaned.get("into"), cleaned.get("others") or ()
        if into is None and not (cleaned.get("code") and cleaned.get("name")):
            self.add_error("into", "请选择承接单位，或填写新设单位的代码和名称。")
        if into is not None and (cleaned.get("code") or cleaned.get("name")):
            self.add_error("into", "已选择承接单位，就不要再填写新设单位的代码和名称。")
        if into in others:
            self.add_error("others", f"“{into}”是承接单位，不能同时并入。")
        return cleaned

    def sentences(self):
        given = self.cleaned_data
        successor = given["into"].name if given["into"] else given["name"]
        found = [f"自{chinese_day(given['on'])}起新设“{successor}”（{given['code']}）。"]
        ending = [self.unit, *given["others"]]
        return ([] if given["into"] else found) + sentences.of_merger(
            ending, successor, given["on"]
        )


class SplitForm(GuidedForm):
    """Successors are new units (a code and a name each) and open siblings; each grid goes to one."""

    on = OnField()
    note = DocumentField()

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, rows=[unit], **kwargs)
        self.unit = unit
        others, self.grids = list(siblings(unit)), list(open_grids(unit))
        for number in range(1, NEW_UNITS + 1):
            self.fields[f"code{number}"] = code = CodeField(required=False)
            code.label = f"新单位{number}的代码"
            self.fields[f"name{number}"] = CleanCharField(
                label=f"新单位{number}的名称", max_length=60, required=False
            )
        self.existing = {str(other.pk): other for other in others}
        if others:
            self.fields["others"] = forms.MultipleChoiceField(
                label="也划给已有的单位",
                choices=[(str(other.pk), other.name) for other in others],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        # No choice beforehand: a grid that is forgotten should not simply vanish.
        choices = [("", "请选择"), (NOT_KEPT, "不再保留")]
        choices += [(f"new{number}", f"新单位{number}") for number in range(1, NEW_UNITS + 1)]
        choices += [(str(other.pk), other.name) for other in others]
        for grid in self.grids:
            self.fields[f"grid{grid.pk}"] = forms.ChoiceField(
                label=f"网格“{grid}”划给", choices=choices
            )
        new_units = [(f"code{number}", f"name{number}") for number in range(1, NEW_UNITS + 1)]
        self.lay_out(("on", "note"), *new_units)

    def clean(self):
        cleaned = super().clean()
        for number in range(1, NEW_UNITS + 1):
            code, name = cleaned.get(f"code{number}"), cleaned.get(f"name{number}")
            if bool(code) != bool(name):
                missing = "code" if name else "name"
                self.add_error(f"{missing}{number}", "新单位的代码和名称都要填写。")
        if len(self.new_units) + len(cleaned.get("others") or ()) < 2:
            raise ValidationError("拆分至少要有两个承接单位：填写新单位，或勾选已有的单位。")
        self._check_grids(cleaned)
        return cleaned

    def _check_grids(self, cleaned):
        successors = {"", NOT_KEPT, *self.new_units, *(cleaned.get("others") or ())}
        for grid in self.grids:
            if cleaned.get(f"grid{grid.pk}", "") not in successors:
                self.add_error(f"grid{grid.pk}", "所选的单位不是承接单位。")

    @property
    def new_units(self) -> dict[str, tuple[str, str]]:
        """Code and name of each new unit, by the key that the grids' choices use."""
        pairs = {
            f"new{n}": (self.cleaned_data.get(f"code{n}"), self.cleaned_data.get(f"name{n}"))
            for n in range(1, NEW_UNITS + 1)
        }
        return {key: pair for key, pair in pairs.items() if all(pair)}

    @contextmanager
    def naming(self, key: str):
        """Tell a refusal about the new unit ``key`` at that unit's own fields."""
        try:
            yield
        except ValidationError as error:
            number = key.removeprefix("new")
            named = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
            found = {f"{name}{number}" if name else "__all__": told for name, told in named.items()}
            raise ValidationError(found) from error

    @property
    def kept_units(self) -> dict[str, Unit]:
        return {key: self.existing[key] for key in self.cleaned_data.get("others") or ()}

    def grid_targets(self, units: dict[str, Unit]) -> dict[Unit, Unit | None]:
        """For each grid its successor among ``units``."""
        return {grid: units.get(self.cleaned_data[f"grid{grid.pk}"]) for grid in self.grids}

    def sentences(self):
        on = self.cleaned_data["on"]
        new, kept = self.new_units.values(), self.kept_units.values()
        found = [f"自{chinese_day(on)}起新设“{name}”（{code}）。" for code, name in new]
        names = [name for _, name in new] + [unit.name for unit in kept]
        leaving = [g for g in self.grids if self.cleaned_data[f"grid{g.pk}"] == NOT_KEPT]
        return found + sentences.of_split(self.unit, names, on, len(self.grids), len(leaving))
