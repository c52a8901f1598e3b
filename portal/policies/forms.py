"""A new value, and why."""

from dataclasses import dataclass

from django import forms

from portal.guided import GuidedForm
from portal.policies.declared import Policy, Switch
from portal.text import clean_text

SHORTEST, LONGEST = 4, 300


@dataclass
class Shown:
    """The change that the page shows, as the form carries it; version 1 is none yet."""

    version: int
    pk: int = 1


class ReasonForm(GuidedForm):
    reason = forms.CharField(
        label="理由",
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={"min_length": f"请写清为什么改，至少 {SHORTEST} 个字。"},
        help_text="如“等级保护测评要求”“全街道共用一个出口地址”；随修改记录长期留存。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, declared: Policy, number: int, **kwargs):
        super().__init__(*args, rows=[Shown(number + 1)], **kwargs)
        self.declared = declared

    def clean_reason(self):
        return clean_text(self.cleaned_data["reason"])

    @property
    def over(self) -> int:
        """The number of the change that was shown."""
        return self.as_loaded(Shown(0)).version - 1


class ChangeForm(ReasonForm):
    def __init__(self, *args, declared: Policy, value, **kwargs):
        super().__init__(*args, declared=declared, **kwargs)
        self.fields["value"] = _field(declared, value)
        self.order_fields(["value", "reason"])


def _field(declared: Policy, value) -> forms.Field:
    kind = declared.kind
    if isinstance(kind, Switch):
        return forms.TypedChoiceField(
            label=declared.title,
            choices=[("1", "启用"), ("0", "不启用")],
            coerce=lambda text: text == "1",
            initial="1" if value else "0",
            help_text=declared.help,
        )
    message = f"请填写 {kind.bounds}之间的整数。"
    return forms.IntegerField(
        label=f"{declared.title}（{kind.measure}）",
        min_value=kind.least,
        max_value=kind.most,
        initial=value,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), message),
        help_text=f"{declared.help}可填 {kind.bounds}。",
    )
