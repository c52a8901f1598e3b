"""What volunteers type on their own pages, without signing in as staff."""

from decimal import Decimal

from django import forms

from portal.intake.services import typed_code
from portal.ledgers.fields import CleanCharField, DayField
from volunteers.selectors.links import LONGEST_NUMBER, checkin_code, same, typed_number


class EnterForm(forms.Form):
    """Number and code of a volunteer's card; ``shift`` is where they came from to check in."""

    number = forms.CharField(
        label="志愿者编号",
        max_length=LONGEST_NUMBER * 2,
        help_text="印在志愿者证上。",
        error_messages={"required": "请填写志愿者证上的编号。"},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        help_text="志愿者证上的 10 位字母和数字，大小写都可以。",
        error_messages={"required": "请填写志愿者证上的查询码。"},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    keep = forms.BooleanField(
        label="记住这部手机（借用的、公用的手机不要勾选）", required=False, initial=True
    )
    shift = forms.RegexField(
        r"^[0-9]{1,18}/[0-9A-Za-z]{1,20}\Z", required=False, widget=forms.HiddenInput
    )

    def clean_number(self):
        return typed_number(self.cleaned_data["number"])

    def clean_code(self):
        return typed_code(self.cleaned_data["code"])

    def clean_shift(self):
        """The shift whose poster has this code, else "": then they come to their own page."""
        pk, _, code = self.cleaned_data["shift"].partition("/")
        return f"{int(pk)}/{code}" if pk and same(checkin_code(int(pk)), code) else ""


class PauseForm(forms.Form):
    """Leaving a shift."""

    pause = forms.IntegerField(
        label="中间休息（分钟）",
        required=False,
        min_value=0,
        max_value=600,
        help_text="没有休息的不用填。",
        error_messages={"min_value": "休息时间不能是负数。", "max_value": "休息时间过长，请核对。"},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class CorrectionForm(forms.Form):
    claim = CleanCharField(
        label="哪里不对",
        max_length=300,
        help_text="写明哪里记错、应该怎样，有什么可以证明。",
        error_messages={"required": "请写明哪里记错了。"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hours = forms.DecimalField(
        label="应为多少小时",
        required=False,
        min_value=Decimal("0.01"),
        max_value=24,
        decimal_places=2,
        help_text="如 2.5；不改时长的不用填。",
        error_messages={
            "min_value": "时长应大于 0。",
            "max_value": "一次服务不能超过 24 小时。",
            "max_decimal_places": "最多填两位小数。",
        },
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )

    @property
    def minutes(self) -> int | None:
        hours = self.cleaned_data["hours"]
        return None if hours is None else max(round(hours * 60), 1)


class CertificateForm(forms.Form):
    """``starts_on`` and ``ends_on`` bound the service that is certified."""

    purpose = CleanCharField(
        label="用途",
        max_length=80,
        help_text="如升学、就业、评优。",
        error_messages={"required": "请填写证明的用途。"},
    )
    starts_on = DayField(label="从哪一天起")
    ends_on = DayField(label="到哪一天止")


class LeaveForm(forms.Form):
    reason = CleanCharField(label="退出原因", max_length=100, required=False)
