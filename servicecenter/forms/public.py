"""What residents type without signing in."""

from django import forms

from portal.codes import typed_number
from portal.intake.services import typed_code


class StatusForm(forms.Form):
    """Number and code of a receipt, as they are printed or nearly so."""

    number = forms.CharField(
        label="办件编号",
        max_length=80,
        help_text="印在受理单上，如“春明代办〔2026〕12号”；括号用哪一种都可以。",
        error_messages={"required": "请填写受理单上的办件编号。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        help_text="受理单上的 10 位字母和数字，大小写都可以。",
        error_messages={"required": "请填写受理单上的查询码。"},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )

    def clean_number(self):
        return typed_number(self.cleaned_data["number"])

    def clean_code(self):
        return typed_code(self.cleaned_data["code"])


class GuideSearch(forms.Form):
    words = forms.CharField(label="您想办什么事", max_length=60, required=False)
