"""Corrections: a volunteer says that a record is wrong; it is put right and goes its way again, or not."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.ledgers.services import take_step
from portal.scope import Denied, access_of
from volunteers.enums.hours import CorrectionState, HoursState, RecordManner
from volunteers.models import HoursCorrection, HoursPosting, ServiceRecord
from volunteers.services.hours_guards import check, store
from volunteers.workflow import APPROVE, CORRECTION, EDIT

MAY_BE_WRONG = (
    HoursState.RECORDED,
    HoursState.CONFIRMED,
    HoursState.POSTED,
    HoursState.COUNTED,
    HoursState.REFUSED,
)
OWN_WORDS = "志愿者本人提出的更正申请不能修改或删除，请办理答复。"
ASKED_BY_YOU = "这件更正申请由您代为提出，请另一位同事核对后更正。"
FRESH = {
    "state": HoursState.RECORDED,
    "approved_by": None,
    "confirmed_by": None,
    "confirmed_on": None,
    "posting": None,
    "counted_on": None,
    "void_reason": "",
}


@transaction.atomic
def ask(
    service: ServiceRecord, claim: str, wanted_minutes: int | None, *, by=None
) -> HoursCorrection:
    """Ask for a correction: the volunteer by their own link, or staff on behalf.

    Raises Denied; ValidationError where the record is still open or revoked, or one is asked for already.
    """
    correction = HoursCorrection(
        unit=service.unit,
        service=service,
        occurred_on=timezone.localdate(),
        claim=claim.strip(),
        wanted_minutes=wanted_minutes,
        by_self=by is None,
        recorded_by=by,
    )
    return store_asked(correction, by=by)


@transaction.atomic
def store_asked(correction: HoursCorrection, *, by=None) -> HoursCorrection:
    """Store a new correction, or a changed one that is not answered: what a volunteer asked for stays as it
    was said. Whoever changed it last has asked for it. Raises as ``ask`` does."""
    if by is not None:
        access_of(by).check(EDIT, correction.unit_id)
    if not correction._state.adding and (reason := fixed(correction)):
        raise ValidationError(reason)
    correction.recorded_by = by
    _hold_service(correction)
    check_asked(correction)
    correction.full_clean(exclude={"recorded_by", "deleted_by"})
    correction.save()
    return correction


def fixed(correction: HoursCorrection) -> str:
    """Why nobody changes or deletes the correction any more, in words; "" for one that may be."""
    if correction.state != CorrectionState.OPEN:
        return "已答复的更正申请不能再改。"
    return OWN_WORDS if correction.by_self else ""


def _hold_service(correction) -> None:
    """Whoever counts or posts the record waits, or is waited for: what it is then is checked."""
    rows = ServiceRecord.objects.kept().select_related("volunteer__resident", "unit")
    service = rows.select_for_update(of=("self",)).filter(pk=correction.service_id).first()
    if service is None:
        raise ValidationError({"service": "这条服务记录已删除，请刷新页面。"})
    correction.service = service


def check_asked(correction: HoursCorrection) -> None:
    """Whether a new correction may be asked for. Raises ValidationError."""
    service = correction.service
    if service.state not in MAY_BE_WRONG:
        told = service.get_state_display()
        raise ValidationError({"service": f"这条记录{told}，不能申请更正。"})
    if correction.unit_id != service.unit_id:
        raise ValidationError({"service": f"这条记录由{service.unit}登记，请由该单位办理。"})
    if correction.wanted_minutes == service.minutes and service.state != HoursState.REFUSED:
        raise ValidationError({"wanted_minutes": "与现在登记的时长相同。"})
    others = HoursCorrection.objects.kept().filter(service=service, state=CorrectionState.OPEN)
    if others.exclude(pk=correction.pk).exists():
        raise ValidationError({"service": "这条记录已有一件更正申请在处理。"})


def may_answer(correction: HoursCorrection, step: str, user) -> bool:
    """Hours that count already are changed by whoever approves, all others by who keeps the records."""
    access, unit = access_of(user), correction.unit_id
    if access.may(APPROVE, unit):
        return True
    counted = correction.service.state == HoursState.COUNTED
    return access.may(EDIT, unit) and not (counted and step == "accept")


@transaction.atomic
def answer(
    correction: HoursCorrection, step: str, answer: str, *, by, minutes: int | None = None
) -> HoursCorrection:
    """Accept the correction, as it was loaded: the record goes back to 已记录 with the minutes wanted (or
    ``minutes``), and is confirmed and posted anew; or refuse it with an answer. Who asked on behalf does
    not accept; the new minutes are the word of who accepts, so somebody else confirms them.

    Raises Denied, StaleRecord, or ValidationError.
    """
    if not may_answer(correction, step, by):
        counted = correction.service.state == HoursState.COUNTED
        raise Denied(
            "已计入的时长须由有审批权限的负责人更正。"
            if counted
            else "您的角色没有这项权限；如确需办理，请联系安全管理员。"
        )
    if step == "accept" and correction.recorded_by_id == by.pk:
        raise ValidationError(ASKED_BY_YOU)
    if not answer.strip():
        raise ValidationError({"answer": "请填写答复。"})
    values = {"answer": answer.strip(), "answered_on": timezone.localdate()}
    take_step(correction, CORRECTION, step, values)
    if step == "accept":
        _put_right(correction, minutes or correction.wanted_minutes, answer.strip(), by)
    return HoursCorrection.objects.select_related("service").get(pk=correction.pk)


def _put_right(correction, minutes, reason, by) -> None:
    if not minutes:
        raise ValidationError({"minutes": "请填写更正后的时长。"})
    rows = ServiceRecord.objects.kept().select_related("volunteer__resident", "activity", "unit")
    record = rows.select_for_update(of=("self",)).filter(pk=correction.service_id).first()
    if record is None:
        raise StaleRecord("the corrected record is gone")
    posting = record.posting_id
    for name, value in FRESH.items():
        setattr(record, name, value)
    _set_minutes(record, minutes)
    record.manner, record.recorded_by = RecordManner.LATER, by
    record.reason = f"更正：{reason}"[:100]
    check(record)
    store(record)
    if posting:
        _close_if_empty(posting)


def _set_minutes(record, minutes) -> None:
    """A shorter stay is a longer break; where the times say less than was served, they were wrong, and
    the minutes alone stand. The change log keeps what stood before."""
    if record.came_at and record.left_at:
        whole = int((record.left_at - record.came_at).total_seconds() // 60)
        if minutes <= whole:
            record.pause_minutes = whole - minutes
        else:
            record.came_at = record.left_at = None
            record.pause_minutes = 0
    record.minutes = minutes


def _close_if_empty(pk: int) -> None:
    """A posting whose last waiting record went back waits for nothing any more."""
    posting = HoursPosting.objects.kept().select_for_update(of=("self",)).get(pk=pk)
    today = timezone.localdate()
    waiting = posting.services.kept().filter(state=HoursState.POSTED)
    if posting.closed_on is None and posting.ends_on < today and not waiting.exists():
        posting.closed_on = today
        posting.save()
