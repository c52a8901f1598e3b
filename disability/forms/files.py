"""The form of a disability file and its rules."""

from django.utils import timezone

from disability.enums import ADULT, CAUSES, NEEDS_GUARDIAN
from portal.ledgers.fields import OfferedInput
from portal.ledgers.forms import LedgerForm
from portal.text import parse_phone
from residents.forms import refuse_backwards, refuse_future


class FileForm(LedgerForm):
    """Minors and people of intellectual or mental disability have a guardian with a phone (domain
    §1.5): a file opened on the screen is refused without, and none is taken out of a file that names
    one. A file of earlier days that lacks one may still be changed in other things; it is warned of,
    and the quality rule lists it until somebody asks.
    """

    insists = True
    GUARDIAN = ("guardian_name", "guardian_relation", "guardian_phone")

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        self.fields["cause"].widget = OfferedInput(CAUSES, self.fields["cause"].widget.attrs)

    def clean_guardian_phone(self):
        phone = self.cleaned_data["guardian_phone"]
        return parse_phone(phone) if phone else ""

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "opened_on", "onset_on")
        refuse_backwards(self, data, "opened_on", "closed_on")
        resident = data.get("resident")
        for name in ("opened_on", "onset_on"):
            if resident and resident.born_on and data.get(name) and data[name] < resident.born_on:
                self.add_error(name, f"早于这位居民的出生日期{resident.born_on}。")
        if self._needs_guardian(data):
            self._ask_for_guardian(data)
        return data

    def _needs_guardian(self, data) -> bool:
        resident, today = data.get("resident"), timezone.localdate()
        age = resident.age_on(data.get("closed_on") or today) if resident else None
        categories = {code[0] for code in data.get("components") or []}
        return (age is not None and age < ADULT) or bool(categories & NEEDS_GUARDIAN)

    def _ask_for_guardian(self, data):
        asked = self.GUARDIAN if self.insists else self.GUARDIAN[:1]
        missing = [name for name in asked if not data.get(name) and name not in self.errors]
        new = self.instance._state.adding
        wrong = [n for n in missing if self.insists and (new or self.initial.get(n))]
        for name in wrong:
            self.add_error(
                name,
                f"未成年人、智力和精神残疾人要有监护人，请填写{self.fields[name].label}。",
            )
        if missing and not wrong:
            self.warnings.append("未成年人、智力和精神残疾人应登记监护人和电话，请尽快补填。")


def of_register(form_class):
    """The form for a register brought in whole: it tells what the community knows today. Who is in it
    without a named guardian is warned of and not left out, for then all numbers would lack the person."""

    class FileOfRegister(form_class):
        insists = False

    return FileOfRegister
