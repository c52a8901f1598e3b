"""The form of a certificate, and those of the acts on one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from disability.certificate_numbers import check_certificate
from disability.enums import CertificateStatus as Status
from disability.forms.people import refuse_beyond_life
from disability.models import Certificate
from disability.services.certificates import marks_before, ten_years_after
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import LedgerForm
from residents.forms import refuse_backwards, refuse_future


class CertificateForm(LedgerForm):
    """The number holds the holder's ID, the category and the level; each is checked by itself. A mark
    follows the one before it: B2 only after B1."""

    ENDED = {Status.REPLACED, Status.MOVED, Status.CANCELLED}

    frozen_on = DayField(label="冻结日期", required=False, help_text="登记一本已经冻结的证时填写。")

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["frozen_on"]
            self.helper.layout = self._layout()

    def clean(self):
        data = super().clean()
        self._check_number(data)
        if data.get("status") in self.ENDED and not data.get("ended_on"):
            self.add_error("ended_on", "注销、迁出、更换的残疾人证请填写失效日期。")
        if data.get("status") in (Status.VALID, Status.FROZEN) and data.get("ended_on"):
            told = Status(data["status"]).label
            self.add_error(
                "status", f"已填失效日期的残疾人证不是“{told}”，请改选状态或清空失效日期。"
            )
        self._check_freeze(data)
        refuse_future(self, data, "moved_in_on", "ended_on")
        self.check_life(data)
        refuse_backwards(self, data, "occurred_on", "expires_on")
        refuse_backwards(self, data, "occurred_on", "moved_in_on")
        if (
            data.get("occurred_on")
            and not data.get("expires_on")
            and "expires_on" not in self.errors
        ):
            data["expires_on"] = ten_years_after(data["occurred_on"])
        return data

    def check_life(self, data):
        refuse_beyond_life(self, data, "occurred_on", "moved_in_on")

    def _check_number(self, data):
        resident, number = data.get("resident"), data.get("number")
        if not (resident and number and data.get("category") and data.get("level")):
            return
        try:
            parsed = check_certificate(number, resident.id_number, data["category"], data["level"])
        except ValidationError as error:
            self.add_error("number", error)
            return
        data["number"] = parsed.number
        if not parsed.reissue:
            return
        before = marks_before(resident, parsed.number, self.instance.pk)
        if not before:
            self.warnings.append("这位居民以前的残疾人证没有登记，补发次数请核对。")
        elif max(before) < parsed.reissue - 1:
            told = f"B{max(before)}" if max(before) else "没有补发标记"
            self.add_error(
                "number",
                f"这位居民登记过的上一本证{told}，这一本的补发标记应为B{max(before) + 1}。",
            )

    def _check_freeze(self, data):
        was, now = self.initial.get("status"), data.get("status")
        if self.instance.pk is None:
            if (
                now == Status.FROZEN
                and not data.get("frozen_on")
                and "frozen_on" not in self.errors
            ):
                self.add_error("frozen_on", "请填写冻结日期。")
            elif data.get("frozen_on") and now != Status.FROZEN:
                self.add_error("frozen_on", "状态不是“冻结”的，不填冻结日期。")
            refuse_future(self, data, "frozen_on")
            refuse_backwards(self, data, "occurred_on", "frozen_on")
        elif Status.FROZEN in (was, now) and was != now:
            self.add_error("status", "冻结、解冻和注销请在这本证的“办理”中进行，写明日期。")

    def check_record(self):
        self.instance.derive()
        self.validate_unique_number()
        if not self.errors:
            super().check_record()

    def validate_unique_number(self):
        """One in use: a card renewed at its expiry keeps the number of the old one."""
        if self.instance.ended_on:
            return
        same = Certificate.objects.visible_to(self.user).filter(
            number_hash=self.instance.number_hash, ended_on__isnull=True
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("number", "这个证号正在使用；换领新证的，先给旧证填失效日期。")


def of_register(form_class):
    """The form for a register as it was issued. Its dates are often wrong, and only the issuing office
    can mend them: a card dated before its holder's birth is kept, and told."""

    class CertificateOfRegister(form_class):
        def check_life(self, data):
            resident, issued = data.get("resident"), data.get("occurred_on")
            if resident and resident.born_on and issued and issued < resident.born_on:
                self.warnings.append(f"发证日期早于这位居民的出生日期{resident.born_on}，请核对。")
            else:
                super().check_life(data)

    return CertificateOfRegister


class ActForm(GuidedForm):
    """The day of an act and what it needs to know; the certificate's version goes along."""

    def __init__(self, *args, certificate, act, **kwargs):
        super().__init__(*args, rows=[certificate], **kwargs)
        self.certificate, self.act = certificate, act
        self.fields["on"] = DayField(label=act.day_label, initial=timezone.localdate())
        if act.word_label:
            self.fields["word"] = CleanCharField(
                label=act.word_label, max_length=80, required=act.word_needed
            )
        for field in self.fields.values():
            if not isinstance(field.widget, forms.HiddenInput):
                field.error_messages["required"] = f"请填写{field.label}。"

    def sentences(self):
        return [self.act.sentence(self.certificate, self.cleaned_data)]
