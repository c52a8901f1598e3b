"""Forms of publicity and of what society said: what is told lies behind, and in the own unit."""

from portal.ledgers.forms import LedgerForm
from residents.forms import refuse_future


class ToldForm(LedgerForm):
    """Of the unit's own activity, project, organisation and volunteer, on a day that has come."""

    OWN = ("activity", "project", "volunteer")

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        unit = data.get("unit") or self.instance.unit
        for name in self.OWN:
            other = data.get(name)
            if other is not None and unit is not None and other.unit_id != unit.pk:
                self.add_error(name, f"这是{other.unit}的记录，请选择本单位的。")
        return data


class PublicityForm(ToldForm):
    """Publicity before its activity is an announcement, and stays allowed."""


class RecognitionForm(ToldForm):
    def clean(self):
        data = super().clean()
        activity, day = data.get("activity"), data.get("occurred_on")
        if activity and day and day < activity.starts_on:
            self.add_error("occurred_on", f"这次活动是{activity.starts_on}，请核对日期。")
        return data
