"""What an inspection says of one item, as a row of a register; the page of the inspection asks for all at once."""

from portal.ledgers.forms import LedgerForm
from sanitation.services.past import check_may_add


class InspectedItemForm(LedgerForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["inspection"].disabled = True

    def _ask_unit(self):
        """Whoever keeps the inspection keeps what it says."""
        self.fields.pop("unit", None)

    def clean(self):
        data = super().clean()
        inspection, item = data.get("inspection"), data.get("item")
        if inspection is None:
            return data
        self.instance.unit, self.instance.community = inspection.unit, inspection.community
        check_may_add(inspection)
        if item is None:
            return data
        if item.rubric_id != inspection.rubric_id:
            self.add_error("item", "这个项目不在本次检查的评分表里。")
        if data.get("is_na") and not item.may_be_na:
            self.add_error("is_na", "这个项目不能填不适用。")
        if data.get("rate") is not None and not item.by_rate:
            self.add_error("rate", "这个项目不按比率计分。")
        return data
