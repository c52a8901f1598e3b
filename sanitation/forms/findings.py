"""The form of a finding at a desk; the one on the phone is ``views/field.py``'s."""

from django import forms

from portal.ledgers.fields import sent_id
from portal.ledgers.forms import LedgerForm
from portal.models import Unit
from portal.models.units import UnitKind
from sanitation.models import Inspection, InspectionPoint, RubricFault
from sanitation.services.past import check_may_add


class FindingForm(LedgerForm):
    """Once the inspection is known, its faults, points and groups are offered."""

    grids_of = "community_id"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, hint in (
            ("problem", "不填即按扣分情形。"),
            ("occurred_on", "不填即检查日期。"),
        ):
            self.fields[name].required = False
            self.fields[name].help_text = hint
        if self.instance.pk:
            self.fields["inspection"].disabled = True
        inspection = self._known()
        if inspection is None:
            return
        faults = RubricFault.objects.kept().filter(item__rubric=inspection.rubric_id)
        self._offer("fault", faults.select_related("item").order_by("item__ordinal", "ordinal"))
        self.fields["fault"].label_from_instance = lambda fault: f"{fault.item}：{fault}"
        points = InspectionPoint.objects.kept().filter(community=inspection.community_id)
        self._offer("point", points.order_by("kind", "name"))
        grids = Unit.objects.filter(kind=UnitKind.GRID, parent=inspection.community_id)
        self._offer("grid", grids.order_by("code"))

    def _ask_unit(self):
        """Whoever keeps the inspection keeps what it found."""
        self.fields.pop("unit", None)

    def _known(self):
        if self.instance.inspection_id:
            return self.instance.inspection
        asked = self.data.get("inspection") or self.initial.get("inspection")
        if isinstance(asked, Inspection):
            return asked
        key = sent_id(asked)
        return Inspection.objects.visible_to(self.user).filter(pk=key).first() if key else None

    def _offer(self, name, rows):
        was = self.fields[name]
        field = self.fields[name] = forms.ModelChoiceField(
            rows, required=False, label=was.label, empty_label="—", help_text=was.help_text
        )
        field.initial = was.initial

    def clean(self):
        data = super().clean()
        inspection = data.get("inspection")
        if inspection is None:
            return data
        self.instance.unit, self.instance.community = inspection.unit, inspection.community
        check_may_add(inspection)
        fault = data.get("fault")
        if fault is not None and not data.get("problem"):
            data["problem"] = fault.problem
        elif not data.get("problem"):
            self.add_error("problem", "请选择问题类型，或选择扣分情形。")
        data["occurred_on"] = data.get("occurred_on") or inspection.occurred_on
        return data
