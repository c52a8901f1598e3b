"""Forms that check a certificate against its holder and a file against its rules."""

from django.core.exceptions import ValidationError

from disability.certificate_numbers import check_certificate
from disability.enums import CertificateStatus as Status
from portal.ledgers.forms import LedgerForm
from portal.text import parse_phone


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
        return data

    def check_record(self):
        self.instance.derive()
        self.validate_unique_number()
        if not self.errors:
            super().check_record()

    def validate_unique_number(self):
        same = type(self.instance).objects.kept().filter(number_hash=self.instance.number_hash)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("number", "这个证号已经登记过。")
