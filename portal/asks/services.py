"""The only writers of asks and their answers. Each act tells those whom it concerns (portal.notifying)."""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from portal.asks import counting, deadlines
from portal.asks.guards import check_answer_step, check_ask_step, check_figures
from portal.asks.known import confirmed_before
from portal.asks.telling import tell_asked, tell_ended, tell_extended, tell_reminded, tell_step
from portal.asks.workflow import ANSWER, ASK, SENDS, AnswerState, AskState
from portal.errors import StaleRecord
from portal.figures import figures
from portal.isolation import moment, require_one_moment, taken_meanwhile
from portal.models import Ask, AskAnswer, AskStep, Unit
from portal.models.units import UnitKind
from portal.scope import access_of, below
from portal.text import clean_text
from portal.workdays import calendar

NOT_CHECKED = {"group", "questions", "first_due_at", "ended_by", "ended_at"}  # empty ones are right
MOST_FIGURES, MOST_QUESTIONS, MOST_DAYS = 30, 3, 366


# --- asking -------------------------------------------------------------------------------------------
@transaction.atomic
def send(ask: Ask, communities: Iterable[Unit], *, reuse: bool = False, by) -> Ask:
    """Store the unsaved ask with an answer to give for each community, and tell them.

    With ``reuse`` those that confirmed the same figures of the same period before are not asked: their
    numbers are taken over as they were confirmed. Raises Denied, ValidationError at the field.
    """
    units = sorted({unit.pk for unit in communities})
    access_of(by).check(SENDS, ask.unit_id)
    _check(ask, units)
    check_figures(by, ask.figures, units)
    ask.unit_ids, ask.made_by, ask.made_at = [ask.unit_id, *units], by, timezone.now()
    ask.full_clean(exclude=NOT_CHECKED)
    ask.save()
    answers = [AskAnswer.objects.create(ask=ask, unit_id=unit) for unit in units]
    known = confirmed_before(ask, units, by) if reuse else {}
    for answer in answers:
        if former := known.get(answer.unit_id):
            _reuse(answer, former, by)
    if len(known) == len(answers):
        _end(ask, AskState.DONE, "全部沿用以前确认的数字", by)
    tell_asked(ask, [unit for unit in units if unit not in known], by)
    return ask


def _check(ask: Ask, units: Sequence[int]) -> None:
    known = Unit.objects.filter(pk__in=below([ask.unit_id]) - {ask.unit_id})
    if not units or known.filter(pk__in=units, kind=UnitKind.COMMUNITY).count() < len(units):
        raise ValidationError({"units": "请选择所属的社区，至少一个。"})
    unknown = [code for code in ask.figures if code not in figures]
    if not ask.figures or unknown or len(ask.figures) > MOST_FIGURES:
        raise ValidationError({"figures": f"请选择 1 到 {MOST_FIGURES} 项指标。"})
    if ask.category and (others := counting.not_divided(ask.figures, ask.category)):
        told = "、".join(figures[code].label for code in others)
        raise ValidationError({"category": f"这些指标不能这样分列：{told}。请分开要，或不分列。"})
    if ask.period.start > timezone.localdate():
        raise ValidationError({"period": "这段时间还没有开始，没有数字可以核对。"})
    _check_due(ask.due_at)
    local, now = timezone.localtime(ask.due_at), timezone.localtime()
    if deadlines.is_short(now, local, calendar()) and not ask.urgent_for:
        raise ValidationError(
            {"urgent_for": "期限不足一个工作日，请写明为什么这样急；社区会看到。"}
        )


def _check_due(due: datetime) -> None:
    ahead = due - timezone.now()
    if ahead.total_seconds() <= 0:
        raise ValidationError({"due_on": "期限要晚于现在。"})
    if ahead.days > MOST_DAYS:
        raise ValidationError({"due_on": "期限最长一年。"})


def _reuse(answer: AskAnswer, former: AskAnswer, by) -> None:
    given = former.given
    note = f"沿用《{former.ask}》中{given.taken_by}确认的数字"
    _move(
        answer,
        "reuse",
        by,
        note=note[:500],
        content=counting.narrowed(given.content, answer.ask),
        as_of=given.as_of,
    )


# --- answering ----------------------------------------------------------------------------------------
def confirm(
    answer: AskAnswer,
    *,
    version: int,
    seen: str,
    right: bool,
    note: str = "",
    words: Sequence[str] = (),
    by,
) -> AskStep:
    """The community says of the numbers that the records tell now whether they are right; they are frozen.

    ``seen`` is the seal of the numbers that were shown. Must run in a transaction that reads one moment.
    Raises Denied, StaleRecord, ValidationError: at ``note`` where numbers are said to be wrong without a
    word of what, at ``words`` for a question left open, and where the numbers changed since they were shown.
    """
    require_one_moment()
    note, words = _cleaned(note), [_cleaned(word, "words") for word in words]
    began = moment()
    with _alone(answer, version, by, "confirm") as answer:
        counted = counting.count(answer.ask, answer.unit_id)
        if seen != counting.seal(counted):
            raise ValidationError("您看到之后数字变了，下面是现在的数字，请再核对一次。")
        if not right and not note:
            raise ValidationError({"note": "数字不对的，请写明哪里不对、准备怎样改正。"})
        if len(words) != len(answer.ask.questions) or not all(words):
            raise ValidationError({"words": "请逐条回答要说明的事项；没有的写“无”。"})
        step = _move(
            answer,
            "confirm",
            by,
            note=note,
            right=right,
            words=words,
            content=counting.frozen(answer.ask, counted),
            as_of=began,
        )
    return step


def take(answer: AskAnswer, name: str, *, version: int, note: str = "", by) -> AskStep:
    """Recall, accept or return an answer; when the last one is accepted the ask is done.

    Raises Denied, StaleRecord, ValidationError (a return without its reason).
    """
    if name not in {"recall", "accept", "return"}:
        raise ValueError(f"{name} has a service of its own")
    note = _cleaned(note)
    with _alone(answer, version, by, name) as answer:
        if "note" in ANSWER.steps[name].needs and not note:
            raise ValidationError({"note": "请写明退回的理由。"})
        step = _move(answer, name, by, note=note)
        if name == "accept":
            _end_with_the_last(answer, by)
    return step


def _end_with_the_last(answer: AskAnswer, by) -> None:
    """Of two who accept the last two answers at once, the second waits and sees that all are accepted."""
    ask = Ask.objects.select_for_update(of=("self",)).get(pk=answer.ask_id)
    if not ask.answers.exclude(state=AnswerState.ACCEPTED).exists():
        _end(ask, AskState.DONE, "", by)


def _cleaned(text: str, field: str = "note") -> str:
    text, longest = clean_text(text, multiline=True), 500 if field == "note" else 300
    if len(text) > longest:
        raise ValidationError({field: f"请写在 {longest} 个字以内，现在有 {len(text)} 个字。"})
    return text


@contextmanager
def _alone(answer: AskAnswer, version: int, by, name: str):
    """The answer, locked, in a savepoint; raises StaleRecord where somebody was first."""
    try:
        with transaction.atomic():
            rows = AskAnswer.objects.select_related("ask__unit", "unit")
            locked = rows.select_for_update(of=("self",)).get(pk=answer.pk)
            if locked.version != version:
                raise StaleRecord(f"answer {answer.pk} was changed since it was seen")
            check_answer_step(by, locked, name)
            yield locked
    except OperationalError as error:
        if taken_meanwhile(error):
            raise StaleRecord(f"answer {answer.pk} is being changed") from error
        raise


def _move(answer: AskAnswer, name: str, by, **fields) -> AskStep:
    step = AskStep.objects.create(
        unit_id=answer.unit_id, answer=answer, step=name, taken_by=by, **fields
    )
    answer.state = ANSWER.steps[name].target
    if step.content is not None:
        answer.given = step
    answer.save()
    tell_step(answer, name, by)
    return step


# --- the ask ------------------------------------------------------------------------------------------
def _held(ask: Ask, version: int, by, name: str) -> Ask:
    held = Ask.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if held.version != version:
        raise StaleRecord(f"ask {ask.pk} was changed since it was seen")
    check_ask_step(by, held, name)
    return held


@transaction.atomic
def extend(ask: Ask, *, version: int, due_at: datetime, reason: str, by) -> Ask:
    """A later deadline, with its reason; the first one stays told."""
    ask = _held(ask, version, by, "extend")
    if due_at <= ask.due_at:
        raise ValidationError({"due_on": "延长后的期限要晚于现在的期限。"})
    _check_due(due_at)
    if not reason:
        raise ValidationError({"reason": "请写明延长的原因。"})
    ask.first_due_at = ask.first_due_at or ask.due_at
    ask.due_at, ask.extended_for = due_at, reason
    ask.full_clean(exclude=NOT_CHECKED)
    ask.save()
    tell_extended(ask, by)
    return ask


@transaction.atomic
def end(ask: Ask, name: str, *, version: int, reason: str = "", by) -> Ask:
    """Close an ask that some did not answer, or cancel it; what was confirmed stays. Raises Denied,
    StaleRecord, ValidationError (a cancellation without its reason)."""
    if name not in {"close", "cancel"}:
        raise ValueError(name)
    ask = _held(ask, version, by, name)
    if "reason" in ASK.steps[name].needs and not reason:
        raise ValidationError({"reason": "请写明取消的原因。"})
    _end(ask, ASK.steps[name].target, reason, by)
    tell_ended(ask, by)
    return ask


def _end(ask: Ask, state: str, reason: str, by) -> None:
    ask.state, ask.ended_by, ask.ended_at, ask.ended_for = state, by, timezone.now(), reason
    ask.save()


@transaction.atomic
def remind(ask: Ask, *, by) -> int:
    """Tell the communities whose turn it is once more; how many communities. Raises Denied."""
    check_ask_step(by, ask, "extend")
    return tell_reminded(ask, by)
