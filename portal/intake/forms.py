"""What forms without sign-in have in common, and what staff answer."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField

INCOMPLETE = "页面不完整，请刷新后重新填写。"


class IntakeForm(forms.Form):
    """The key that makes it come in once, the trap, and the consent."""

    form_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), INCOMPLETE)
    )
    # Not shown to people; who fills it in is a program.
    website = forms.CharField(required=False, max_length=200)
    consented = forms.BooleanField(
        label="我已阅读并同意上面的个人信息处理告知",
        error_messages={"required": "请先阅读告知并勾选同意。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def shown_fields(self):
        """The fields that people fill in, but for the consent."""
        hidden = {"form_key", "website", "consented"}
        return [self[name] for name in self.fields if name not in hidden]

    def judge(self, name, check):
        """Clean the field by a function that may refuse it."""
        try:
            self.cleaned_data[name] = check(self.cleaned_data.get(name, ""))
        except ValidationError as error:
            self.add_error(name, error)


class FollowForm(forms.Form):
    code = forms.CharField(
        label="登记码",
        max_length=40,
        help_text="提交成功时显示的 10 位字母和数字，大小写都可以。",
        error_messages={"required": "请填写登记码。"},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )


class TakeForm(GuidedForm):
    """Nothing to fill in: what will happen is told, and confirmed."""

    def __init__(self, *args, told=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.told = list(told)

    def sentences(self):
        return self.told


class DeclineForm(GuidedForm):
    reason = CleanCharField(
        label="退回原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="来件人凭登记码会看到这段话；请写清缺什么、该去哪里办，不要写别人的姓名。",
        error_messages={"required": "请写明退回的原因，来件人会看到。"},
    )
