"""Writes of enforcement in the market town: an action with the day of its items, re-checks of several."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.scope import access_of
from sanitation.models import EnforcementAction, EnforcementItem

EDIT = "sanitation.edit"


@transaction.atomic
def store_action(action: EnforcementAction, *, by) -> EnforcementAction:
    """Store an entered or changed action; its items lie on its day.

    Raises ValidationError where an item was re-checked before the new day.
    """
    if action._state.adding:
        action.recorded_by = by
    else:
        items = action.items.kept()
        if items.filter(rechecked_on__lt=action.occurred_on).exists():
            raise ValidationError({"occurred_on": "有的事项在这一天之前已经复查，请核对行动日期。"})
        items.exclude(occurred_on=action.occurred_on).update(occurred_on=action.occurred_on)
    action.save()
    return action


@transaction.atomic
def recheck(items: Collection[EnforcementItem], *, day: date, found: str, by) -> None:
    """Tell of items, as they were loaded, on which day they were looked at again and what was found.

    Raises Denied, StaleRecord when somebody changed one meanwhile, and ValidationError where the day lies
    before the action or is still to come.
    """
    for item in items:
        access_of(by).check(EDIT, item.unit_id)
        item.rechecked_on, item.recheck = day, found
        try:
            item.full_clean(exclude={"recorded_by", "deleted_by"})
        except ValidationError as error:
            raise _at_the_day(error) from None
        item.save(update_fields=["rechecked_on", "recheck"])


def _at_the_day(error: ValidationError) -> ValidationError:
    names = {"rechecked_on": "day", "recheck": "found"}
    return ValidationError({names.get(name, name): e for name, e in error.error_dict.items()})
