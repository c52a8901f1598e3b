"""出具承办单: the receipt of acceptance is handed over once, on a day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.scope import access_of
from servicecenter.models import Case
from servicecenter.workflow import CLERK


@transaction.atomic
def issue_receipt(case: Case, day: date, *, by) -> Case:
    """Note the day on which the applicant was given the receipt.

    Raises Denied without the right to accept, ValidationError before acceptance, for a second time or
    for a day out of place, StaleRecord when somebody changed the case meanwhile.
    """
    access_of(by).check(CLERK, case.unit_id)
    loaded = case.version
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.version != loaded:
        raise StaleRecord(f"{case._meta.label} {case.pk} was changed")
    if case.accepted_on is None:
        raise ValidationError("还没有受理，不能出具承办单。")
    if case.receipt_on is not None:
        raise ValidationError(f"{case.receipt_on}已经出具承办单，直接打印即可。")
    if day < case.accepted_on:
        raise ValidationError({"receipt_on": f"不能早于受理日期{case.accepted_on}。"})
    if day > timezone.localdate():
        raise ValidationError({"receipt_on": "不能晚于今天。"})
    case.receipt_on = day
    case.save(update_fields=["receipt_on"])
    return case
