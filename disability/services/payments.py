"""补贴发放: drafting a month's run, taking it from step to step, and taking down what was paid before.

A run is computed from who draws the subsidy and from the standard of each month, never typed.
"""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from disability.enums.subsidies import PaymentState, RunState
from disability.models import Payment, PaymentRun, Subsidy
from disability.models.subsidies import standard_on
from disability.selectors.payments import Draft, before, enrolled, first_run, months_due
from disability.workflow import RUN
from portal.errors import RuleBroken
from portal.ledgers.services import recycle, take_step
from portal.months import chinese_month

SAME_PERSON = "编制人不能确认自己编制的批次，请由另一位同事或负责人确认。"
SAME_HAND = "您改过这个批次的发放记录，不能自己确认，请由另一位同事或负责人确认。"
DECIDED = "批次已经确认，名单和金额不能再改；确需修改的先退回修改。"
MONEY = ("subsidy_id", "month", "amount", "reason")


def drafted(unit, kind, month: date) -> Draft:
    """The lines of a run of the month. Raises ValidationError where a standard is missing, where
    nobody is due, or where the month has its run."""
    runs = PaymentRun.objects.kept().filter(unit=unit, kind=kind)
    if runs.filter(month=month).exists():
        raise ValidationError({"month": f"{chinese_month(month)}的{kind}已有发放批次。"})
    since = min(first_run(unit, kind) or month, month)
    due = [(s, m) for s in enrolled(unit, kind, month) for m in months_due(s, month, since)]
    paid = set(
        Payment.objects.kept()
        .filter(subsidy__in={subsidy.pk for subsidy, _ in due})
        .values_list("subsidy", "month")
    )
    due = [(subsidy, m) for subsidy, m in due if (subsidy.pk, m) not in paid]
    if not due:
        raise ValidationError({"month": f"{chinese_month(month)}没有应发{kind}的人。"})
    return Draft(list(_lines(unit, due)), before(unit, kind, month))


def _lines(unit, due) -> Iterator[Payment]:
    standards = {
        m: dict(
            Subsidy.objects.filter(pk__in={s.pk for s, other in due if other == m})
            .annotate(standard_now=standard_on(m))
            .values_list("pk", "standard_now")
        )
        for m in {m for _, m in due}
    }
    for subsidy, m in due:
        standard = standards[m][subsidy.pk]
        if standard is None:
            text = f"{subsidy.kind}没有{chinese_month(m)}的标准，请先登记补贴标准。"
            raise ValidationError({"month": text})
        yield Payment(
            unit=unit,
            subsidy=subsidy,
            resident=subsidy.resident,
            month=m,
            standard=standard,
            amount=standard,
            state=PaymentState.PLANNED,
        )


@transaction.atomic
def draft_run(unit, kind, month: date, *, by) -> PaymentRun:
    """Store the run of the month as a draft. Raises ValidationError as ``drafted`` does."""
    draft = drafted(unit, kind, month)
    run = PaymentRun(unit=unit, kind=kind, month=month, recorded_by=by)
    run.validate_constraints(exclude={"deleted_by"})
    run.save()
    for line in draft.lines:
        line.run, line.recorded_by = run, by
        line.save()
    return run


@transaction.atomic
def step_run(run: PaymentRun, name: str, values: dict, *, by) -> None:
    """Take one step of the run, its lines along with it.

    Raises ValidationError where the step is not this person's or does not start from the state,
    StaleRecord when somebody changed the run meanwhile.
    """
    if name == "discard":
        _discard(run, by=by)
        return
    if name == "confirm" and run.recorded_by_id == by.pk:
        raise ValidationError(SAME_PERSON)
    if name == "confirm" and run.payments.filter(Q(recorded_by=by) | Q(deleted_by=by)).exists():
        raise ValidationError(SAME_HAND)
    lines = run.payments.kept()
    if name == "confirm":
        values = values | {"confirmed_by": by}
        if not lines.exists():
            raise ValidationError("批次中没有发放记录，不能确认。")
    if name == "pay" and run.confirmed_on and values["paid_on"] < run.confirmed_on:
        raise ValidationError({"paid_on": f"发放日期不能早于确认日期{run.confirmed_on}。"})
    take_step(run, RUN, name, values)
    if name == "pay":
        for line in lines.filter(state=PaymentState.PLANNED).select_for_update(of=("self",)):
            line.state, line.paid_on = PaymentState.PAID, values["paid_on"]
            line.save()


def _discard(run, *, by) -> None:
    state = PaymentRun.objects.select_for_update(of=("self",)).get(pk=run.pk).state
    if state not in RUN.steps["discard"].sources:
        raise ValidationError(f"现在是“{RunState(state).label}”，不能作废草稿。")
    recycle(run, version=run.version, by=by)


@transaction.atomic
def store_payment(payment: Payment, *, by) -> Payment:
    """Store a line; one of the past, which has no run yet, joins or begins the run taken down for its
    month. Who changes what a line of a computed run pays answers for it from then on.

    Raises RuleBroken where the run is no draft any more.
    """
    if payment._state.adding:
        payment.recorded_by = by
        payment.unit = payment.subsidy.unit
        payment.run = _run_of_the_past(payment, by)
    elif _pays_otherwise(payment) and _opened(payment).is_drafted:
        payment.recorded_by = by
    payment.save()
    return payment


@transaction.atomic
def remove_payment(payment: Payment, *, version: int, by) -> None:
    """Move a line to the recycle bin. Raises as store_payment() does."""
    _opened(payment)
    recycle(payment, version=version, by=by)


def answer_for(payment: Payment, *, by) -> None:
    """Before a line is taken back from the recycle bin. Raises as store_payment() does."""
    if _opened(payment).is_drafted:
        payment.recorded_by = by
        payment.save(update_fields=["recorded_by"])


def _opened(payment) -> PaymentRun:
    """The run of a stored line, locked; one computed here gets a new version, so that who is about to
    confirm it must look at it again."""
    run = PaymentRun.objects.select_for_update(of=("self",)).get(pk=payment.run_id)
    if run.is_drafted:
        if run.state != RunState.DRAFT:
            raise RuleBroken(DECIDED)
        run.save()
    return run


def _pays_otherwise(payment) -> bool:
    stored = Payment.objects.get(pk=payment.pk)
    return any(getattr(stored, name) != getattr(payment, name) for name in MONEY)


def _run_of_the_past(payment, by) -> PaymentRun:
    subsidy = payment.subsidy
    key = {"unit": subsidy.unit, "kind": subsidy.kind, "month": payment.month}
    known = PaymentRun.objects.kept().filter(**key).first()
    return known or PaymentRun.objects.create(
        **key,
        state=RunState.PAID,
        is_drafted=False,
        paid_on=payment.paid_on or payment.returned_on or timezone.localdate(),
        recorded_by=by,
    )
