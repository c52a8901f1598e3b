"""Subsidies: kinds of the offices' first table, standards, who draws them, runs and payments."""

from datetime import date

from disability.enums.subsidies import PaymentState, RunState
from disability.models import (
    Payment,
    PaymentRun,
    Subsidy,
    SubsidyFinding,
    SubsidyKind,
    SubsidyStandard,
)
from residents.models import CareKind, CareTag

JANUARY = date(2025, 1, 1)


def subsidy_kind(code="nursing") -> SubsidyKind:
    return SubsidyKind.objects.get(code=code)


def standard(unit, kind="nursing", amount=100, starts_on=date(2020, 1, 1), **fields):
    return SubsidyStandard.objects.create(
        unit=unit, kind=subsidy_kind(kind), amount=amount, starts_on=starts_on, **fields
    )


def subsidy(person, kind="nursing", starts_on=JANUARY, **fields) -> Subsidy:
    unit = fields.pop("unit", person.unit)
    return Subsidy.objects.create(
        unit=unit, resident=person, kind=subsidy_kind(kind), starts_on=starts_on, **fields
    )


def payment_run(unit, kind="nursing", month=JANUARY, **fields) -> PaymentRun:
    fields = {"state": RunState.PAID, "paid_on": month.replace(day=15)} | fields
    return PaymentRun.objects.create(unit=unit, kind=subsidy_kind(kind), month=month, **fields)


def payment(run, enrolled, amount=100, **fields) -> Payment:
    fields = {"state": PaymentState.PAID, "paid_on": run.paid_on, "month": run.month} | fields
    return Payment.objects.create(
        unit=run.unit,
        run=run,
        subsidy=enrolled,
        resident=enrolled.resident,
        amount=amount,
        **fields,
    )


def care_tag(person, code="minimum_living", starts_on=date(2020, 1, 1), **fields) -> CareTag:
    kind = CareKind.objects.get(code=code)
    return CareTag.objects.create(
        unit=person.unit, resident=person, kind=kind, starts_on=starts_on, **fields
    )


def finding(enrolled, occurred_on=date(2025, 3, 10), **fields) -> SubsidyFinding:
    fields = {"rule": "review", "outcome": "continued", "facts": "一年没有复核"} | fields
    return SubsidyFinding.objects.create(
        unit=enrolled.unit,
        resident=enrolled.resident,
        kind=enrolled.kind,
        subsidy=enrolled,
        occurred_on=occurred_on,
        **fields,
    )


def subsidies_of(person) -> dict:
    """One row of each ledger of subsidies, by its slug."""
    enrolled, run = subsidy(person), payment_run(person.unit)
    return {
        "subsidy-standards": standard(person.unit),
        "subsidies": enrolled,
        "subsidy-runs": run,
        "subsidy-payments": payment(run, enrolled),
        "subsidy-findings": finding(enrolled),
    }


def former_subsidy(person) -> Subsidy:
    """An earlier spell of the usual kind, with an account; one of its months came back."""
    account = {"bank_name": "农商银行", "bank_number": "6217000000000000123"}
    end = {"ends_on": date(2023, 12, 31), "stop_reason": "declined"}
    spell = subsidy(person, starts_on=date(2023, 1, 1), **account, **end)
    may = payment_run(person.unit, month=date(2023, 5, 1))
    payment(may, spell, 80, standard=100, reason="扣回多发")
    june = payment_run(person.unit, month=date(2023, 6, 1))
    back = {"state": PaymentState.RETURNED, "paid_on": None, "returned_on": date(2023, 7, 3)}
    back |= {"standard": 100}
    payment(june, spell, **back, return_reason="账号有误")
    return spell
