"""What the inspected community says to an inspection, and what the inspectors answer to an objection."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import Denied, access_of
from sanitation.models import InspectionReply
from sanitation.selectors.inspections import findings_of, is_marked, lines_of, reply_of
from sanitation.services.inspections import EDIT, locked, mark_again
from sanitation.services.quarters import refuse_frozen
from sanitation.workflow import ANSWER, PUBLISH

OTHER_EYES = "异议是您提出的，不能由您自己答复，请换人办理。"


@transaction.atomic
def reply(inspection, *, agrees: bool, signer: str, objection: str = "", by) -> InspectionReply:
    """The community signs an open inspection, or objects. It does so once.

    Raises Denied; ValidationError for what is missing, or where it answered before.
    """
    access_of(by).check(ANSWER, inspection.community_id)
    if not inspection.is_open:
        raise ValidationError("检查结果还没有公开。")
    if inspection.unit_id == inspection.community_id:
        raise ValidationError("本社区自己的检查不用签认。")
    if reply_of(inspection):
        raise ValidationError("这次检查已经签认或提出异议。")
    row = InspectionReply(
        unit_id=inspection.community_id,
        inspection=inspection,
        occurred_on=timezone.localdate(),
        agrees=agrees,
        signer=signer,
        objection="" if agrees else objection.strip(),
        recorded_by=by,
    )
    if not agrees and not row.objection:
        raise ValidationError({"objection": "有异议的，请写明异议内容。"})
    row.full_clean(exclude={"recorded_by", "deleted_by"})
    row.save()
    return row


@transaction.atomic
def answer(
    reply,
    *,
    upheld: bool,
    answer: str,
    by,
    occurrences: Mapping[int, int] | None = None,
    score: Decimal | None = None,
) -> InspectionReply:
    """The inspectors answer an objection, once. Where it is upheld they correct in the same act: so many
    occurrences by the key of a finding (0 drops it), or the ``score`` of a superior's check without
    lines; the inspection is marked again, and its history keeps the former score.

    Raises Denied, StaleRecord, ValidationError.
    """
    access, keeper = access_of(by), reply.inspection.unit_id
    if not (access.may(EDIT, keeper) or access.may(PUBLISH, keeper)):
        raise Denied("答复异议由检查人员或街道主管办理。")
    inspection = locked(reply.inspection)
    row = InspectionReply.objects.kept().select_for_update(of=("self",)).get(pk=reply.pk)
    if row.agrees or row.upheld is not None:
        raise ValidationError("没有待答复的异议。")
    if row.recorded_by_id is not None and row.recorded_by_id == by.pk:
        raise ValidationError({"answer": OTHER_EYES})
    if not answer.strip():
        raise ValidationError({"answer": "请填写答复。"})
    row.upheld, row.answer, row.answered_on = upheld, answer.strip(), timezone.localdate()
    row.save()
    if upheld:
        _correct(inspection, occurrences or {}, score, by)
    return row


def _correct(inspection, occurrences: Mapping[int, int], score: Decimal | None, by) -> None:
    refuse_frozen(inspection.unit_id, inspection.occurred_on)
    changed = False
    for finding in findings_of(inspection):
        wanted = occurrences.get(finding.pk, finding.occurrences)
        if wanted == finding.occurrences:
            continue
        changed = True
        if wanted == 0:
            _check_free(finding)
            finding.deleted_at, finding.deleted_by = timezone.now(), by
        else:
            finding.occurrences = wanted
            finding.points = finding.fault.points * wanted if finding.fault_id else finding.points
        finding.save()
    if score is not None and not is_marked(inspection):
        changed = changed or score != inspection.score
        inspection.score = score
    if not changed:
        raise ValidationError("异议成立的，请在下面更正问题的处数（填 0 即撤销）或得分。")
    mark_again(inspection, lines_of(inspection))
    inspection.full_clean(exclude={"recorded_by", "deleted_by"})
    inspection.save()


def _check_free(finding) -> None:
    if hasattr(finding, "order") and finding.order.deleted_at is None:
        raise ValidationError(f"“{finding}”已下达整改单，请先处理整改单再撤销。")
