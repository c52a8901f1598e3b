"""Forms of the second factor: a code, and where it is set up the password along with it."""

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts import recovery, second_factor
from portal.guided import GuidedForm

CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "spellcheck": "false",
    "autocapitalize": "off",
}


def code_field(label: str, help_text: str = "", **attributes):
    widget = forms.TextInput(attrs=CODE_ATTRIBUTES | attributes)
    return forms.CharField(label=label, max_length=60, help_text=help_text, widget=widget)


class UsesCode:
    """Uses a code up when the form is cleaned, so that a wrong one is counted whatever follows."""

    user = None

    def clean_code(self):
        typed = self.cleaned_data["code"]
        second_factor.check_code(self.user, typed)
        return typed


class CodeForm(UsesCode, forms.Form):
    """The code after the password, or a recovery code."""

    code = code_field(
        "动态码",
        "手机验证器上显示的 6 位数字；手机不在身边时，填一个恢复码。",
        autofocus=True,
        inputmode="text",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def by_recovery_code(self) -> bool:
        return len(recovery.compact(self.cleaned_data["code"])) > second_factor.DIGITS


class SetUpForm(forms.Form):
    """``codes`` are the recovery codes once the form is valid."""

    code = code_field("动态码", "扫码后，手机上显示的 6 位数字。")
    password = forms.CharField(
        label="当前密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, secret, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.secret = request, secret
        self.codes = []
        if request.second_factor_due:  # the password was given a moment ago
            del self.fields["password"]

    def clean_password(self):
        if not self.request.user.check_password(self.cleaned_data["password"]):
            raise ValidationError("密码不对，请重新填写。")
        return ""

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                user = self.request.user
                step = second_factor.step_of_new(user, self.secret, cleaned["code"])
                self.codes = second_factor.set_up(user, self.secret, step, self.request.session)
            except ValidationError as error:
                self.add_error("code", error)
        return cleaned


class ConfirmForm(UsesCode, GuidedForm):
    """One's own second factor changes only for whoever holds it."""

    code = code_field("动态码或恢复码", "停用或换码前，再核对一次是您本人。", inputmode="text")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
