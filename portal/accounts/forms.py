"""Forms for signing in, accounts and roles."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from portal.accounts.locking import confirmed
from portal.accounts.password_rules import rules_in_words
from portal.accounts.permissions import accounts_in_reach
from portal.audit.notes import Kind, note
from portal.guided import GuidedForm
from portal.ledgers.fields import DayField
from portal.models import Unit
from portal.models.units import UnitKind
from portal.roles import Role
from portal.scope import access_of
from portal.text import clean_name, clean_text

LONGEST_PASSWORD = MaxLengthValidator(200)  # hashing a megabyte would be a cheap attack


class PersonNameField(forms.CharField):
    """A person's name in its one spelling."""

    def to_python(self, value):
        return clean_name(super().to_python(value))


class SignInForm(AuthenticationForm):
    """One message for whatever is wrong: an unknown name, a wrong password, a disabled account."""

    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"),
        "用户名或密码不正确，或者账号已停用、暂停登录。请核对后重试；连续输错会暂停登录。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].validators.append(LONGEST_PASSWORD)

    def clean_username(self):
        # NFKC, case and blanks are settled by User.normalize_username when the account is read.
        return self.cleaned_data["username"].strip()


class NewPasswordForm(PasswordChangeForm):
    """The owner's new password, which must be another one; it ends a single-use password."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        for field in self.fields.values():
            field.validators.append(LONGEST_PASSWORD)
        self.fields["new_password1"].help_text = rules_in_words()
        self.fields["old_password"].label = "原密码"
        self.fields["new_password2"].label = "再输一遍新密码"
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self):
        typed = self.cleaned_data["old_password"]
        if not confirmed(self.request, self.user, typed):
            raise ValidationError("原密码不正确；连续输错会暂停，请稍后再试。")
        return typed

    def clean(self):
        cleaned = super().clean()
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", "新密码不能与原密码相同。")
        return cleaned

    def save(self, commit=True):
        self.user.must_change_password = False
        user = super().save(commit)
        note(Kind.PASSWORD_CHANGED, user=user)
        return user


class AccountForm(GuidedForm):
    """A new account."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        help_text="3 至 40 个小写字母、数字、点、下划线或短横，以字母开头；建立后不能修改。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = PersonNameField(label="姓名", max_length=50)


class NameForm(GuidedForm):
    name = PersonNameField(label="姓名", max_length=50)


class AccountChoice(forms.ModelChoiceField):
    def label_from_instance(self, account):
        return f"{account.username}　{account.name}"


class UnitChoice(forms.ModelChoiceField):
    """Units with the name of the unit above, because communities of two streets share names."""

    def label_from_instance(self, unit):
        return f"{unit.parent} · {unit}" if unit.parent else str(unit)


class ReasonField(forms.CharField):
    """Why somebody is given a role: read by other administrators, so cleaned as any text."""

    def __init__(self, **kwargs):
        kwargs = {"label": "事由", "max_length": 200} | kwargs
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value):
        return clean_text(super().to_python(value) or "")


class GrantForm(GuidedForm):
    """A role for an account at a unit in reach."""

    user = AccountChoice(label="账号", queryset=None, empty_label="请选择")
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    unit = UnitChoice(
        label="单位",
        queryset=None,
        empty_label="请选择",
        help_text="角色对这个单位及其下级单位有效。",
    )
    valid_from = DayField(label="自", initial=timezone.localdate)
    valid_to = DayField(
        label="至",
        required=False,
        help_text="最后有效日，次日起自动失效；长期有效请留空。",
    )
    stands_for = AccountChoice(
        label="代理谁的工作",
        queryset=None,
        required=False,
        empty_label="不是代理",
        help_text="同事请假、出差期间由此账号代理的，请选择这位同事，并写明结束日期和事由。",
    )
    reason = ReasonField(required=False, help_text="临时或代理的角色必填，如“何晓燕产假期间代理”。")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        accounts = accounts_in_reach(by, "roles.manage").filter(is_active=True)
        self.fields["user"].queryset = accounts.exclude(pk=by.pk)
        self.fields["stands_for"].queryset = accounts.filter(assignments__isnull=False).distinct()
        self.lay_out(("user", "role"), ("unit",), ("valid_from", "valid_to"), ("stands_for",))
        self.fields["unit"].queryset = (
            Unit.objects.filter(pk__in=access_of(by).units("roles.manage"))
            .exclude(kind=UnitKind.GRID)
            .valid_on(timezone.localdate())
            .select_related("parent")
        )

    def clean_role(self):
        return Role(self.cleaned_data["role"])


class EndRoleForm(GuidedForm):
    last_day = DayField(
        label="最后有效日", required=False, help_text="留空即马上收回，对方的下一次操作就会被拒绝。"
    )


class ProlongForm(GuidedForm):
    """A temporary role goes on: until when, and why."""

    valid_to = DayField(label="续到", help_text="新的最后有效日，一次不超过一年。")
    reason = ReasonField(help_text="为什么还需要，如“产假延长，继续代理”。")
