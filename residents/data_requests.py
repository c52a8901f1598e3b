"""The only writer of 个人信息请求: numbered when they come in, verified, answered or refused, handed over."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.errors import OutOfScope, PeriodClosed, StaleRecord
from portal.ledgers.services import take_step
from portal.models import next_serial
from portal.scope import Denied, access_of
from portal.workdays import after_workdays
from residents.enums import RequestAsker, RequestKind
from residents.holdings import holdings_of
from residents.models import DataRequest
from residents.models.requests import MOST_WORKDAYS
from residents.workflow import DATA_REQUEST

SERIES = "datarequest"
EDIT, OPEN = "residents.edit", "identity.unmask"
SAME = "删除和转移须由核验身份的人以外的工作人员办理。"
KEPT, BINNED, LEFT = "依法保存，限制使用", "已移入回收站", "未删除"


@transaction.atomic
def save_request(request: DataRequest, *, by) -> DataRequest:
    """Store a request: a new one is numbered, and its term follows from the day it came in."""
    request.due_on = after_workdays(request.occurred_on, MOST_WORKDAYS)
    if request._state.adding:
        request.recorded_by = by
        year = request.occurred_on.year
        number = next_serial(request.unit, SERIES, year)
        request.number = f"个信〔{year}〕{number}号"
    request.save()
    return request


def check_step(request: DataRequest, name: str, *, by) -> None:
    """Raise Denied where ``by`` may not take this step with the request."""
    access = access_of(by)
    access.check(EDIT, request.unit_id)
    if name != "answer":
        return
    access.check(OPEN, request.unit_id)
    if request.needs_two and request.verified_by_id == by.pk:
        raise Denied(SAME)
    if unseen := holdings_of(request.resident, by).unseen:
        raise Denied(
            "您不能查看本单位的全部台账（如“" + "”“".join(unseen[:3]) + "”），答复会不完整；"
            "请由能查看全部台账的工作人员答复。"
        )


@transaction.atomic
def act(request: DataRequest, name: str, values: dict, *, by) -> None:
    """Take one step of the request's way; answering a deletion deletes what may go.

    Raises Denied, ValidationError, StaleRecord.
    """
    check_step(request, name, by=by)
    values = dict(values)
    if name == "verify":
        if request.asker != RequestAsker.SELF and not values.get("authority_paper"):
            raise ValidationError({"authority_paper": "不是本人提出的，请填写监护或委托凭据。"})
        values |= {"verified_at": timezone.now(), "verified_by": by}
    if name in ("answer", "refuse"):
        values |= {"answered_on": timezone.localdate(), "answered_by": by}
    if name == "answer" and request.kind == RequestKind.DELETE:
        values["lines"] = deleted_lines(request, by=by)
    if name == "answer" and request.kind == RequestKind.CORRECT:
        if open_lines := [line for line in request.lines if not line["outcome"]]:
            raise ValidationError(f"还有 {len(open_lines)} 项没有处理，请逐项勾掉后再答复。")
        if not request.lines:
            raise ValidationError("请先列出要更正的项目，逐项处理后再答复。")
    if name == "close" and values["handed_on"] < request.answered_on:
        raise ValidationError({"handed_on": "送达日期不能早于答复日期。"})
    take_step(request, DATA_REQUEST, name, values)


def deleted_lines(request: DataRequest, *, by) -> list[dict]:
    """Move what rests on consent to the recycle bin, and say of every kind what became of it."""
    lines = []
    for holding in holdings_of(request.resident, by).found:
        basis = holding.basis
        if not basis.may_go:
            lines.append(_line(f"{holding.title} {holding.count} 条", KEPT, _kept_why(basis)))
            continue
        gone, reasons = 0, {}
        for record in holding.rows:
            reason = _recycled(holding.ledger, record, by)
            if reason:
                reasons[reason] = reasons.get(reason, 0) + 1
            gone += not reason
        if gone:
            why = "不再需要，满 30 日后由两人彻底删除"
            lines.append(_line(f"{holding.title} {gone} 条", BINNED, why))
        lines += [_line(f"{holding.title} {n} 条", LEFT, why) for why, n in reasons.items()]
    return lines


def _kept_why(basis) -> str:
    return f"{basis.ground}；{basis.kept}（第四十七条第二款）"


def _recycled(ledger, record, by) -> str:
    """Why the record could not go; "" where it went."""
    if not access_of(by).may(ledger.edit_permission, record.unit_id):
        return "由其他单位或其他台账登记，已请其处理"
    if ledger.kept_by(record):
        return "由其他台账办理，已请其处理"
    try:
        with transaction.atomic():
            ledger.check_deletable(record)
            ledger.recycle(record, version=record.version, by=by)
    except PeriodClosed:
        return "所在时段已关账，解锁后处理"
    except (Denied, ValidationError) as error:
        return "；".join(getattr(error, "messages", None) or [str(error)])
    except (IntegrityError, OutOfScope):
        return "与其他记录有关联，暂不能删除"
    return ""


def _line(what: str, outcome: str = "", ground: str = "") -> dict:
    return {"what": what, "outcome": outcome, "ground": ground}


@transaction.atomic
def set_lines(request: DataRequest, lines: list[dict], *, by) -> None:
    """Keep the list of what is to be corrected and what became of each; only while it waits for its answer.

    Raises StaleRecord when it changed since it was loaded.
    """
    access_of(by).check(EDIT, request.unit_id)
    stored = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if stored.version != request.version:
        raise StaleRecord(f"{stored} was changed")
    if stored.kind != RequestKind.CORRECT or stored.state not in _LISTING:
        raise ValidationError("现在不能改逐项处理的清单。")
    stored.lines = lines
    stored.save(update_fields=["lines"])


_LISTING = DATA_REQUEST.steps["answer"].sources


def with_added(request: DataRequest, what: str) -> list[dict]:
    return [*request.lines, _line(what)]


def with_settled(request: DataRequest, place: int, outcome: str, ground: str) -> list[dict]:
    """The lines with one ticked off."""
    lines = [dict(line) for line in request.lines]
    lines[place] |= {"outcome": outcome, "ground": ground}
    return lines
