"""得分异议: the community contests its score or one line of it; whoever publishes answers."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.scope import access_of
from sanitation.enums.scoring import RunState
from sanitation.models import QuarterRun, QuarterScore, ScoreLine, ScoreObjection
from sanitation.services.replies import OTHER_EYES
from sanitation.services.scores import compute
from sanitation.workflow import ANSWER, PUBLISH


def why_not(score: QuarterScore, on: date | None = None) -> str:
    """Why nobody can object now; "" where one can."""
    run, on = score.run, on or timezone.localdate()
    if run.state != RunState.PUBLISHED:
        return f"现在是“{run.get_state_display()}”，不能提出异议。"
    if run.objections_until and on > run.objections_until:
        return f"异议期到{run.objections_until}为止，已经结束。"
    return ""


def may_object(score: QuarterScore, user) -> bool:
    return access_of(user).may(ANSWER, score.community_id)


@transaction.atomic
def object_to(
    score: QuarterScore,
    *,
    reason: str,
    signer: str,
    by,
    line: ScoreLine | None = None,
    on: date | None = None,
) -> ScoreObjection:
    """The community's own row, about its score or one of the lines. Raises Denied, ValidationError."""
    access_of(by).check(ANSWER, score.community_id)
    on = on or timezone.localdate()
    if reason_not := why_not(score, on):
        raise ValidationError(reason_not)
    if line is not None and (line.score_id != score.pk or line.deleted_at is not None):
        raise ValidationError({"line": "这一条明细已经改变，请刷新页面后重新选择。"})
    same = score.objections.kept().filter(line=line, answered_on__isnull=True)
    if same.exists():
        raise ValidationError({"line": "对这一项的异议已经提出，请等待答复。"})
    row = ScoreObjection(
        unit=score.community,
        occurred_on=on,
        score=score,
        line=line,
        reason=reason,
        signer=signer,
        recorded_by=by,
    )
    row.full_clean(exclude={"recorded_by", "deleted_by"})
    row.save()
    return row


@transaction.atomic
def answer(
    objection: ScoreObjection,
    *,
    upheld: bool,
    answer: str,
    by,
    adjustment: Decimal = Decimal(0),
    on: date | None = None,
) -> ScoreObjection:
    """Answered once, while the run is published. One that is upheld is computed anew: ``adjustment`` is a
    line of its own, nought where the records themselves were mended.

    Raises Denied, ValidationError at the field, StaleRecord.
    """
    run_id, unit_id = objection.score.run_id, objection.score.unit_id
    access_of(by).check(PUBLISH, unit_id)
    run = QuarterRun.objects.kept().select_for_update(of=("self",)).get(pk=run_id)
    row = ScoreObjection.objects.kept().select_for_update(of=("self",)).get(pk=objection.pk)
    if row.version != objection.version:
        raise StaleRecord(f"objection {row.pk} was changed")
    if run.state != RunState.PUBLISHED:
        raise ValidationError(f"考核现在是“{run.get_state_display()}”，不能答复异议。")
    if row.answered_on is not None:
        raise ValidationError("这条异议已经答复。")
    if row.recorded_by_id is not None and row.recorded_by_id == by.pk:
        raise ValidationError({"answer": OTHER_EYES})
    if not answer:
        raise ValidationError({"answer": "请填写答复。"})
    if adjustment < 0 or (adjustment and not upheld):
        raise ValidationError({"adjustment": "只有异议成立的可以调整，调整分数不小于零。"})
    row.upheld, row.answer, row.adjustment = upheld, answer, adjustment
    row.answered_on = on or timezone.localdate()
    row.full_clean(exclude={"recorded_by", "deleted_by"})
    row.save()
    if upheld:
        compute(run, by=by)
    return row
