"""What people say of a pair, short of merging it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import access_of
from residents.duplicates.permissions import PERMISSION
from residents.enums import DuplicateDecision, DuplicateReason
from residents.models import DuplicatePair, Resident

DECIDABLE = {DuplicateDecision.OPEN, DuplicateDecision.LATER}


def _decide(pair: DuplicatePair, decision, by, again_on=None) -> None:
    access_of(by).check(PERMISSION, pair.unit_id)
    if pair.decision not in DECIDABLE:
        raise ValidationError(f"这一对已判断为“{pair.get_decision_display()}”。")
    pair.decision, pair.again_on = decision, again_on
    pair.decided_at, pair.decided_by = timezone.now(), by
    pair.save(update_fields=["decision", "again_on", "decided_at", "decided_by"])


def tell_apart(pair: DuplicatePair, *, by) -> None:
    """They are different people; the pair is never asked again. Raises StaleRecord, Denied, and
    ValidationError for a pair that was decided already."""
    _decide(pair, DuplicateDecision.DIFFERENT, by)


def put_off(pair: DuplicatePair, *, days: int, by) -> None:
    """Ask again in so many days. Raises as ``tell_apart``."""
    _decide(pair, DuplicateDecision.LATER, by, timezone.localdate() + timedelta(days=days))


def reconsider(pair: DuplicatePair, *, by) -> None:
    """Open again what was told apart or put off by mistake. Raises StaleRecord and Denied."""
    access_of(by).check(PERMISSION, pair.unit_id)
    if pair.decision == DuplicateDecision.SAME:
        raise ValidationError("这一对已经合并；要分开，请撤销合并。")
    pair.decision, pair.again_on = DuplicateDecision.OPEN, None
    pair.decided_at = pair.decided_by = None
    pair.save(update_fields=["decision", "again_on", "decided_at", "decided_by"])


@transaction.atomic
def propose(first: Resident, second: Resident, *, by) -> DuplicatePair:
    """The pair of two records that somebody holds for one person; known pairs open again.

    Raises ValidationError for one record twice, or for a pair out of the proposer's reach.
    """
    if first.pk == second.pk:
        raise ValidationError("请选择两条不同的居民记录。")
    first, second = sorted((first, second), key=lambda each: each.pk)
    known = DuplicatePair.objects.filter(first=first, second=second).first()
    if known is not None:
        if known.decision != DuplicateDecision.OPEN:
            reconsider(known, by=by)
        return known
    if first.unit_id != second.unit_id:
        unit = first.unit if first.unit_id == second.unit.parent_id else second.unit.parent
        if first.unit.parent_id == second.unit_id:
            unit = second.unit
    else:
        unit = first.unit
    if not access_of(by).may(PERMISSION, unit.pk):
        raise ValidationError("两条记录不在同一单位，请由街道提出和核对。")
    return DuplicatePair.objects.create(
        unit=unit, first=first, second=second, reasons=[DuplicateReason.MANUAL], recorded_by=by
    )
