"""督办: raised by hand and by itself, urged, stepped up, and closed when its cause is gone."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.errors import is_taken
from portal.scope import access_of
from servicecenter.enums.loops import SUPERVISOR
from servicecenter.enums.supervision import SupervisionLevel, SupervisionTrigger
from servicecenter.models import Supervision
from servicecenter.selectors.supervision import lasting, target_of
from servicecenter.services import loops
from servicecenter.services.loops import reply_by
from servicecenter.services.news import tell_supervised
from servicecenter.workflow import UNACCEPTED

L, T = SupervisionLevel, SupervisionTrigger
ASKED_ALREADY = "“{case}”已有手工督办没有销号，请在那一条上催办。"


@transaction.atomic
def supervise(
    cases, *, ask: str, on: date, by, level: str = L.HANDLER, answer_by: date | None = None
) -> list[Supervision]:
    """督办 of these cases by hand, all or none; each is addressed to whoever handles it.

    Raises Denied without cases.supervise at a case's unit, ValidationError naming the first case
    that is not accepted or is supervised by hand already.
    """
    for case in cases:
        access_of(by).check(SUPERVISOR, case.unit_id)
        if case.state in UNACCEPTED:
            raise ValidationError(f"“{case}”还没有受理，不能督办。")
    made = []
    for case in cases:
        asked = Supervision(
            unit_id=case.unit_id,
            grid_id=case.grid_id,
            case=case,
            trigger=T.BY_HAND,
            level=level,
            level_on=on,
            occurred_on=on,
            target=target_of(case, level),
            asked_by=by.name,
            ask=ask,
            reply_by=answer_by or reply_by(on),
            recorded_by=by,
        )
        asked.full_clean(exclude={"recorded_by", "deleted_by"}, validate_constraints=False)
        try:
            with transaction.atomic():
                asked.save()
        except IntegrityError as error:
            if not is_taken(error):
                raise
            raise ValidationError(ASKED_ALREADY.format(case=case)) from None
        tell_supervised(asked, by=by)
        made.append(asked)
    return made


@transaction.atomic
def act(supervision, name: str, values: dict, *, by):
    """As loops.act; what was raised by itself is not closed while its cause is there: tomorrow it
    would be raised anew."""
    if name == "close" and supervision.trigger != T.BY_HAND:
        there = lasting([supervision.unit_id], timezone.localdate())[supervision.trigger]
        if there.filter(pk=supervision.case_id).exists():
            raise ValidationError(
                f"“{supervision.get_trigger_display()}”的原因还在，不能销号；原因消除后自动销号。"
            )
    return loops.act(supervision, name, values, by=by)
