"""The form of a case in its ledger: its plain fields, and for one of the past the days of its way."""

from django import forms
from django.core.exceptions import ValidationError

from portal.ledgers.fields import formfield_for
from portal.ledgers.forms import NOT_CHOSEN, LedgerForm, recording_units
from portal.office.models import Station
from portal.scope import above, access_of
from servicecenter.models import Agent, Case, ServiceItem
from servicecenter.selectors.catalogue import version_on
from servicecenter.services.cases_past import PAST, problems, state_of
from servicecenter.services.numbers import code_word_of, written_number
from servicecenter.workflow import OVER

ON_PAGE = "这件已在系统中，它的办理环节请在办件页面上办理，不能在这里或由文件改动。"

BY_STEPS = ("station", "handler")  # an edit would leave no hand-over
OF_ACCEPTED = ("resident", "outsider", "occurred_on", "parent")  # the papers name them
CLOSED = "已经办完的办件不能修改；申请人不满意的，可在期限内重新办理。"


class NamedChoice(forms.ModelChoiceField):
    """Records told apart by their unit where several units' are offered."""

    def __init__(self, queryset, *, home=None, **kwargs):
        super().__init__(queryset, empty_label=NOT_CHOSEN, **kwargs)
        self.home = home

    def label_from_instance(self, obj):
        ours = self.home is None or obj.unit_id == self.home
        return str(obj) if ours else f"{obj}（{obj.unit}）"


def past_field(name: str) -> forms.Field:
    """The form field of a step's day or words, which no form of the model itself would ask."""
    column = Case._meta.get_field(name)
    if column.choices:
        choices = [("", NOT_CHOSEN), *column.flatchoices]
        return forms.ChoiceField(label=column.verbose_name, choices=choices, required=False)
    field = formfield_for(column)
    field.required = False
    return field


class CaseForm(LedgerForm):
    """``matter`` is the item of the catalogue; the version in force on the day of application is the case's.
    A new case may carry the days of its way (补录); an edit changes plain fields alone."""

    matter = NamedChoice(ServiceItem.objects.none(), label="事项")
    keeps_past = False  # a file names the days again of a case that it brought before

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._words: dict[int, str] = {}  # 机构代字 by unit
        unit = self.instance.unit_id or self._only_unit()
        self._offer(unit)
        for name in PAST:
            if not self.instance.pk or self.keeps_past:
                self.fields[name] = past_field(name)
                self.fields[name].error_messages["required"] = ""
                if self.instance.pk:
                    self.initial[name] = getattr(self.instance, name)
        if self.instance.pk and self.instance.item_id:
            self.initial["matter"] = self.instance.item.item
        self._speak_plainly()
        self.helper.layout = self._layout()

    def _only_unit(self):
        units = list(recording_units(self.user, self.ledger.edit_permission)[:2])
        return units[0].pk if len(units) == 1 else None

    def _offer(self, unit: int | None):
        """Items, stations and people of the unit and of its street."""
        units = {unit} if unit else set(access_of(self.user).units(self.ledger.edit_permission))
        units |= above(units)
        items = ServiceItem.objects.kept().filter(unit__in=units).select_related("unit")
        stations = Station.objects.kept().filter(unit__in=units).select_related("unit")
        agents = Agent.objects.kept().filter(unit__in=units).select_related("unit")
        self.fields["matter"] = NamedChoice(items, home=unit, label="事项")
        for name, rows in (("station", stations), ("agent", agents), ("handler", agents)):
            if name in self.fields:
                label = self.fields[name].label
                self.fields[name] = NamedChoice(rows, home=unit, label=label, required=False)

    def judges_alone(self):
        """The number once is the database's rule; a parent must be seen stored."""
        return not self.instance.pk and not self.cleaned_data.get("parent")

    # --- checking -------------------------------------------------------------------------------

    def clean_number(self):
        text = self.cleaned_data["number"]
        number = written_number(text) if text else None
        text = str(number) if number else text
        taken = Case.objects.filter(number=text).exclude(pk=self.instance.pk) if text else None
        if taken is not None and taken.exists():
            raise ValidationError("已有办件用这个编号，请核对。")
        return text or None

    def clean(self):
        data = super().clean()
        self._check_applicant(data)
        self._find_version(data)
        if self.instance.pk:
            self._refuse_finished()
            self._refuse_steps(data)
        else:
            self._check_word(data)
            self._take_past(data)
        return data

    def _check_applicant(self, data):
        one = bool(data.get("resident")) != bool(data.get("outsider"))
        if not one and not {"resident", "outsider"} & self.errors.keys():
            self.add_error("resident", "请选择一位申请人：本辖区居民，或辖区外申请人，两者填一个。")

    def _find_version(self, data):
        matter, day = data.get("matter"), data.get("occurred_on")
        if matter is None or day is None:
            return
        version = version_on(matter, day)
        if version is None:
            self.add_error("matter", f"这个事项在{day}没有施行的办事指南，请先登记事项版本。")
            return
        changed = not self.instance.pk or self.instance.item.item_id != matter.pk
        if not changed:
            return
        if self.instance.accepted_on:
            self.add_error("matter", "已经受理的办件不能改事项；确实有误的，请撤回后重新登记。")
            return
        self.instance.item, self.instance.kind = version, version.kind

    def _refuse_finished(self):
        if self.instance.state in OVER and set(self.changed_data) - set(PAST) - {"version"}:
            raise ValidationError(CLOSED)

    def _check_word(self, data):
        """A number of another unit's would stop that unit's own series."""
        number, unit = written_number(data.get("number") or ""), self.instance.unit_id
        if number is None or not unit:
            return
        if unit not in self._words:
            self._words[unit] = code_word_of(unit)
        if number.code_word != self._words[unit]:
            word = self._words[unit] or "（还没有登记服务大厅）"
            self.add_error("number", f"编号的机构代字应是本单位的“{word}”。")

    def _refuse_steps(self, data):
        frozen = BY_STEPS if self.instance.accepted_on is None else BY_STEPS + OF_ACCEPTED
        for name in frozen:
            if name in self.fields and data.get(name) != getattr(self.instance, name):
                self.add_error(name, ON_PAGE)
        for name in PAST:
            told, stored = data.get(name), getattr(self.instance, name)
            if name in self.fields and told and told != stored:
                self.add_error(name, ON_PAGE)

    def _take_past(self, data):
        case = self.instance
        for name in PAST:
            if name in self.fields and name not in self.errors:
                value = data.get(name)
                setattr(case, name, value if value is not None else _empty(name))
        for name in ("station", "handler"):
            setattr(case, name, data.get(name))
        for name, message in problems(case).items():
            if name not in self.errors:
                self.add_error(name, message)
        case.state = state_of(case)

    def check_record(self):
        """The service gives what the constraints of a case ask for, and checks them then."""


def _empty(name: str):
    column = Case._meta.get_field(name)
    return None if column.null else ""
