"""Who leaves, when, and who goes on with what."""

from django import forms
from django.utils import timezone

from portal.accounts.forms import AccountChoice, ReasonField
from portal.guided import GuidedForm, chinese_day
from portal.handover.selectors import receivers
from portal.ledgers.fields import DayField


class HandoverForm(GuidedForm):
    last_day = DayField(
        label="最后工作日", initial=timezone.localdate, help_text="次日起账号停用，角色同时结束。"
    )
    reason = ReasonField(help_text="如“调往区民政局”“退休”“合同期满”。")

    def __init__(self, *args, leaver, parts, by, **kwargs):
        super().__init__(*args, rows=[leaver], **kwargs)
        self.leaver, self.parts = leaver, parts
        for part in parts:
            fit = [user.pk for user in receivers(leaver, part.domain, by)]
            self.fields[part.domain] = AccountChoice(
                label=f"{part.title}（{part.count} 件）的接手人",
                queryset=type(leaver).objects.filter(pk__in=fit).order_by("name"),
                required=bool(part.count),
                empty_label="请选择" if part.count else "没有在办的，不指定",
                error_messages={
                    "required": f"{part.title}还有 {part.count} 件在办，请选择接手人。"
                },
                help_text="" if fit else "没有其他人有这项权限，请先由安全管理员授予角色。",
            )
        self.lay_out(("last_day",), ("reason",))

    @property
    def to(self) -> dict:
        chosen = {part.domain: self.cleaned_data.get(part.domain) for part in self.parts}
        return {domain: user for domain, user in chosen.items() if user}

    def sentences(self):
        said = [
            f"{part.title}在办的 {part.count} 件转到 {self.to[part.domain].name} 名下。"
            for part in self.parts
            if part.domain in self.to
        ]
        day = chinese_day(self.cleaned_data["last_day"])
        return [
            *said,
            f"{self.leaver.name} 的账号用到 {day}，次日停用，各项角色同时结束。",
            "以前登记的记录仍署原来的登记人；交接清单留存，可打印签字。",
        ]


class LeaverForm(forms.Form):
    leaver = AccountChoice(label="离岗人", queryset=None, empty_label="请选择")
