"""Forms of workers, their trainings, and what bodies offer."""

from django.utils import timezone

from portal.ledgers.forms import LedgerForm
from residents.enums import ActivityKind
from residents.forms import refuse_future


class WorkerForm(LedgerForm):
    """A certificate that has run out is told of; it does not end the work."""

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "certified_on")
        until = data.get("certified_until")
        if until and not data.get("ends_on") and until < timezone.localdate():
            self.warnings.append(f"资格证书已于{until}到期，请提醒换证。")
        return data


class AttendanceForm(LedgerForm):
    """The day follows from the training, the unit from the worker."""

    asks_unit_of_worker = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["occurred_on"].required = False
        self.fields["occurred_on"].help_text = "不填则与培训日期相同。"
        if "unit" in self.fields:
            del self.fields["unit"]
            self.asks_unit_of_worker = True
            self.helper.layout = self._layout()

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        training, worker = data.get("activity"), data.get("worker")
        if training and not data.get("occurred_on"):
            data["occurred_on"] = training.occurred_on
        if training and training.kind != ActivityKind.TRAINING:
            self.add_error("activity", "这次活动的类型不是“培训”，请核对。")
        if training and data.get("hours") is None:
            data["hours"] = training.hours
        day = data.get("occurred_on")
        if worker and day:
            self._check_worker(worker, day)
        return data

    def _check_worker(self, worker, day):
        if self.asks_unit_of_worker:
            self.instance.unit = worker.unit
        elif worker.unit_id != self.instance.unit_id:
            self.add_error("worker", f"这位人员由{worker.unit}登记，请在该单位登记参训。")
        if day < worker.starts_on or (worker.ends_on and day > worker.ends_on):
            until = worker.ends_on or "今"
            self.add_error("worker", f"培训那天不在岗（在岗{worker.starts_on}至{until}）。")
