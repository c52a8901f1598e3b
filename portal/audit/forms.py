"""What the auditor asks for; anything else in the address is left out, and said at its field."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from portal.accounts.permissions import accounts_in_reach
from portal.audit.reading import ACTS, Asked, kinds
from portal.ledgers.fields import DayField

DAYS_SHOWN = 7
MOST_DAYS = 366


class SearchForm(forms.Form):
    since = DayField(label="从")
    until = DayField(label="到")
    actor = forms.ChoiceField(label="操作人", required=False)
    table = forms.ChoiceField(label="记录种类", required=False)
    act = forms.ChoiceField(label="操作", required=False, choices=[("", "全部"), *ACTS.items()])
    row = forms.IntegerField(
        label="记录编号",
        required=False,
        min_value=1,
        max_value=2**62,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "编号是正整数。"),
    )

    def __init__(self, data, *, user):
        today = timezone.localdate()
        given = data.dict()
        given.setdefault("since", f"{today - timedelta(days=DAYS_SHOWN - 1):%Y-%m-%d}")
        given.setdefault("until", f"{today:%Y-%m-%d}")
        super().__init__(given)
        accounts = accounts_in_reach(user, "audit.read").order_by("username")
        self.fields["actor"].choices = [
            ("", "全部"),
            ("owner", "系统维护"),
            *((f"user:{each.pk}", f"{each.name}（{each.username}）") for each in accounts),
        ]
        self.fields["table"].choices = [("", "全部"), *kinds()]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until:
            if until < since:
                self.add_error("until", "结束日期不能早于开始日期。")
            elif (until - since).days >= MOST_DAYS:
                self.add_error("until", f"一次最多查 {MOST_DAYS} 天，请分段查询。")
        return cleaned

    @property
    def asked(self) -> Asked:
        """Of a valid form."""
        return Asked(**self.cleaned_data)

    def told(self) -> str:
        """The conditions in words, for the trace of the auditor's own looking."""
        data = self.cleaned_data
        parts = [f"{data['since']:%Y-%m-%d} 至 {data['until']:%Y-%m-%d}"]
        for name in ("actor", "table", "act"):
            if data[name]:
                parts.append(
                    data[name] if name == "actor" else dict(self.fields[name].choices)[data[name]]
                )
        if data["row"]:
            parts.append(f"{data['row']} 号")
        return "，".join(parts)
