"""The form of a record about one resident: its days lie within the person's life."""

from portal.ledgers.forms import LedgerForm
from residents.forms import refuse_future


class PersonForm(LedgerForm):
    """``days`` must lie between birth and death and must have come; ``plans`` may lie ahead."""

    days = ("occurred_on",)
    plans = ()

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, *self.days)
        resident = data.get("resident")
        if resident is not None:
            self._refuse_beyond_life(resident, data)
        return data

    def _refuse_beyond_life(self, resident, data):
        refuse_beyond_life(self, data, *self.days, *self.plans)


def refuse_beyond_life(form, data, *names) -> None:
    """Add an error to each of the days that lies before the birth or after the death of ``resident``."""
    resident = data.get("resident")
    if resident is None:
        return
    for name in names:
        day, label = data.get(name), form.fields[name].label if name in form.fields else ""
        if not day or name in form.errors:
            continue
        if resident.died_on and day > resident.died_on:
            form.add_error(name, f"这位居民已于{resident.died_on}去世，{label}不能在此之后。")
        elif resident.born_on and day < resident.born_on:
            form.add_error(name, f"{label}早于这位居民的出生日期{resident.born_on}。")
