"""Forms that check a certificate against its holder and a file against its rules."""

from django.core.exceptions import ValidationError

from disability.certificate_numbers import check_certificate
from disability.enums import CertificateStatus as Status
from disability.models import Certificate
from portal.ledgers.forms import LedgerForm
from portal.text import parse_phone
from residents.forms import refuse_backwards, refuse_future


class FileForm(LedgerForm):
    """Guardians are required for minors and for intellectual and mental disability (domain §1.5)."""

    NEEDS_GUARDIAN = {"5", "6"}

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)

    def clean_guardian_phone(self):
        phone = self.cleaned_data["guardian_phone"]
        return parse_phone(phone) if phone else ""

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "opened_on", "onset_on")
        refuse_backwards(self, data, "opened_on", "closed_on")
        resident, day = data.get("resident"), data.get("opened_on")
        categories = {code[0] for code in data.get("components") or []}
        age = resident.age_on(day) if resident and day else None
        minor = age is not None and age < 18
        if (minor or categories & self.NEEDS_GUARDIAN) and not data.get("guardian_name"):
            self.warnings.append("未成年人、智力和精神残疾人应登记监护人，请尽快补填。")
        return data


class CertificateForm(LedgerForm):
    """The number holds the holder's ID, the category and the level; each is checked by itself."""

    ENDED = {Status.REPLACED, Status.MOVED, Status.CANCELLED}

    def clean(self):
        data = super().clean()
        resident, number = data.get("resident"), data.get("number")
        if resident and number and data.get("category") and data.get("level"):
            try:
                parsed = check_certificate(
                    number, resident.id_number, data["category"], data["level"]
                )
            except ValidationError as error:
                self.add_error("number", error)
            else:
                data["number"] = parsed.number
        if data.get("status") in self.ENDED and not data.get("ended_on"):
            self.add_error("ended_on", "注销、迁出、更换的残疾人证请填写失效日期。")
        if data.get("status") == Status.VALID and data.get("ended_on"):
            self.add_error("status", "已填失效日期的残疾人证不是“有效”，请改选状态或清空失效日期。")
        refuse_backwards(self, data, "occurred_on", "expires_on")
        return data

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
