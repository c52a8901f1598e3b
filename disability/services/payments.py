"""补贴发放: drafting a month's run, taking it from step to step, and taking down what was paid before.

A run is computed from who draws the subsidy and from the standard of each month, never typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.utils import timezone

from disability.enums.subsidies import PaymentState, RunState
from disability.models import Certificate, Payment, PaymentRun, Subsidy
from disability.models.subsidies import standard_on
from disability.workflow import RUN
from portal.ledgers.services import recycle, take_step
from portal.months import chinese_month, last_of, months_between
from residents.models import ResidencySpell

SAME_PERSON = "编制人不能确认自己编制的批次，请由另一位同事或负责人确认。"


@dataclass
class Draft:
    """What a run would pay: lines not stored yet, beside what the month before paid."""

    lines: list[Payment]
    before: dict[int, Decimal] = field(default_factory=dict)  # by subsidy

    @property
    def amount(self) -> Decimal:
        return total(self.lines)


def total(lines) -> Decimal:
    """The sum of lines as they stand on one page."""
    return sum((line.amount for line in lines), Decimal(0))


# --- who is paid, and for which months --------------------------------------------------------------


def enrolled(unit, kind, month: date):
    """Subsidies of the unit begun by the month, with what ends them: ``left_on`` is the last day that
    the person belonged to the unit, ``cut_on`` the first without any certificate."""
    spells = ResidencySpell.objects.kept().filter(
        Q(unit=OuterRef("unit")) | Q(unit__parent=OuterRef("unit")), resident=OuterRef("resident")
    )
    certificates = Certificate.objects.kept().filter(resident=OuterRef("resident"))
    rows = Subsidy.objects.kept().filter(unit=unit, kind=kind, starts_on__lte=month)
    return rows.select_related("resident", "kind").annotate(
        left_on=Subquery(spells.order_by("-starts_on").values("ends_on")[:1]),
        holds=Exists(certificates.filter(ended_on__isnull=True)),
        cut_on=Subquery(certificates.order_by("-ended_on").values("ended_on")[:1]),
    )


def last_month_due(subsidy) -> date | None:
    """The last day of the last month that is paid: that of the stop, the death, the move or the
    certificate's end (domain §1.5.4); None while nothing ends it."""
    ends = [subsidy.ends_on, subsidy.resident.died_on, subsidy.left_on]
    if subsidy.kind.needs_certificate and not subsidy.holds:
        ends.append(subsidy.cut_on)
    return min((last_of(day) for day in ends if day), default=None)


def months_due(subsidy, month: date, since: date) -> list[date]:
    """The months that the run of ``month`` may pay, arrears from ``since`` on included."""
    last = last_month_due(subsidy)
    end = min(month, last) if last else month
    return months_between(max(subsidy.starts_on, since), end)


def first_run(unit, kind) -> date | None:
    """The month of the unit's first run of the kind; nothing is in arrears from before it."""
    rows = PaymentRun.objects.kept().filter(unit=unit, kind=kind)
    return rows.aggregate(first=Min("month"))["first"]


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
    return Draft(list(_lines(unit, due)), _before(unit, kind, month))


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


def _before(unit, kind, month) -> dict[int, Decimal]:
    """What the month before paid for itself, by subsidy."""
    earlier = months_between(month - timedelta(days=1), month - timedelta(days=1))[0]
    rows = Payment.objects.kept().filter(subsidy__unit=unit, subsidy__kind=kind, month=earlier)
    return dict(rows.values_list("subsidy", "amount"))


@dataclass(frozen=True)
class Change:
    """How a run differs from the month before: persons new, gone, and with another amount."""

    new: list
    gone: list
    changed: list


def change_of(draft: Draft, month: date) -> Change:
    now = {line.subsidy_id: line for line in draft.lines if line.month == month}
    gone = Subsidy.objects.filter(pk__in=draft.before.keys() - now.keys())
    return Change(
        new=[line for pk, line in now.items() if pk not in draft.before],
        gone=list(gone.select_related("resident", "kind")) if draft.before else [],
        changed=[
            line for pk, line in now.items() if draft.before.get(pk, line.amount) != line.amount
        ],
    )


# --- writing ------------------------------------------------------------------------------------------


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
    lines = run.payments.kept()
    if name == "confirm":
        values = values | {"confirmed_by": by}
        if not lines.exists():
            raise ValidationError("批次中没有发放记录，不能确认。")
    if name == "pay" and values["paid_on"] < run.confirmed_on:
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
    month."""
    if payment._state.adding:
        payment.recorded_by = by
        payment.unit = payment.subsidy.unit
        payment.run = _run_of_the_past(payment, by)
    payment.save()
    return payment


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
