"""Forms of what happens at a facility."""

from portal.ledgers.forms import LedgerForm
from portal.office.enums import FacilityKind


class ReadingRoomForm(LedgerForm):
    """Only a facility of the kind 阅览室 keeps books and is open to readers."""

    def judges_alone(self):
        return True

    def clean_facility(self):
        facility = self.cleaned_data["facility"]
        if facility and facility.kind != FacilityKind.READING:
            self.add_error("facility", f"“{facility.name}”不是阅览室，请选择类型为“阅览室”的设施。")
        return facility
