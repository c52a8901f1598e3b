"""A consultation that became a case."""

from django.core.exceptions import ValidationError

from portal.scope import access_of
from servicecenter.models import Case, Reception


def became_case(reception: Reception, case: Case, *, by) -> Reception:
    """Note that the consultation went on as this case of the same unit; raises ValidationError where
    it went on as another one already, StaleRecord when somebody changed it meanwhile."""
    access_of(by).check("servicecenter.edit", reception.unit_id)
    if reception.case_id not in (None, case.pk):
        raise ValidationError(f"这次咨询已转为办件“{reception.case}”。")
    if case.unit_id != reception.unit_id:
        raise ValidationError("咨询和办件不属于同一单位。")
    reception.case = case
    reception.save(update_fields=["case"])
    return reception
