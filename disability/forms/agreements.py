"""Forms of agreements: one person's, and one text that many sign."""

from django import forms
from django.utils import timezone

from disability.enums.services import Every, ServiceKind
from disability.forms.candidates import registered_people
from disability.forms.people import PersonForm
from disability.forms.services import refuse_not_alive, signed_way
from portal.guided import GuidedForm
from portal.ledgers.fields import ChoicesField, DayField, RecordField
from portal.ledgers.forms import PLAIN_MESSAGES, recording_units
from residents.forms import refuse_backwards, refuse_future
from residents.people_ticks import TickedPeopleField


class AgreementForm(PersonForm):
    """Nobody signs after death; it takes effect on the day of signing unless another is said."""

    days = ("signed_on",)
    plans = ("starts_on",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = False

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        if not data.get("starts_on") and "starts_on" not in self.errors:
            data["starts_on"] = data.get("signed_on")
        return data


class SigningForm(GuidedForm):
    """The same text signed by many on one day."""

    unit = forms.ModelChoiceField(queryset=None, label="单位", empty_label=None)
    signed_on = DayField(label="签约日期")
    starts_on = DayField(label="生效日期", required=False, help_text="不填的从签约当天起。")
    ends_on = DayField(label="有效期至", required=False, help_text="长期有效的不填。")
    kinds = ChoicesField(label="约定项目", choices=ServiceKind.choices)
    times = forms.IntegerField(label="服务次数", min_value=1, max_value=366, required=False)
    every = forms.ChoiceField(label="次数按", choices=Every.choices)

    def __init__(self, *args, user, partners, **kwargs):
        super().__init__(*args, **kwargs)
        units = recording_units(user, "disability.edit")
        self.fields["unit"].queryset = units
        if len(units) == 1:
            del self.fields["unit"]
            self.only_unit = units[0]
        self.fields["provider"] = RecordField(ledger=partners, user=user, label="服务机构")
        self.fields["people"] = TickedPeopleField(
            user=user, label="签约的人", **registered_people(user, signed_way())
        )
        self.fields["signed_on"].initial = timezone.localdate()
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES
            field.error_messages["required"] = f"请填写{field.label}。"
        self.fields["people"].error_messages["required"] = "请勾选签约的人。"
        self.fields["kinds"].error_messages["required"] = "请选择约定项目。"
        first = [("unit",)] if "unit" in self.fields else []
        self.lay_out(
            *first,
            ("provider", "signed_on"),
            ("starts_on", "ends_on"),
            ("kinds",),
            ("times", "every"),
        )

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "signed_on")
        if not data.get("starts_on"):
            data["starts_on"] = data.get("signed_on")
        refuse_backwards(self, data, "signed_on", "starts_on")
        refuse_backwards(self, data, "starts_on", "ends_on")
        refuse_not_alive(self, data, "signed_on")
        return data

    @property
    def said(self) -> dict:
        """What each of the agreements says."""
        names = ("provider", "signed_on", "starts_on", "ends_on", "kinds", "times", "every")
        unit = self.cleaned_data.get("unit") or self.only_unit
        return {"unit": unit} | {name: self.cleaned_data[name] for name in names}
