"""One record for each of several volunteers, all or none."""

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.scope import access_of
from volunteers.workflow import EDIT


@transaction.atomic
def record_for_each(model, volunteers, values: dict, *, by) -> list:
    """Store the same for each volunteer, in their own unit.

    Raises ValidationError naming everyone of whom it cannot stand; Denied without the right.
    """
    made, wrong = [], []
    for volunteer in volunteers:
        access_of(by).check(EDIT, volunteer.unit_id)
        row = model(unit_id=volunteer.unit_id, volunteer=volunteer, recorded_by=by, **values)
        try:
            row.full_clean(exclude={"recorded_by", "deleted_by"})
        except ValidationError as error:
            wrong.append(f"{volunteer.called}：{error.messages[0]}")
            continue
        row.save()
        made.append(row)
    if wrong:
        more = [f"另有 {len(wrong) - 20} 人。"] if len(wrong) > 20 else []
        raise ValidationError([*wrong[:20], *more])
    return made
