"""Runs as tests take them from draft to paid."""

from datetime import date

from disability.models import PaymentRun
from disability.services.payments import draft_run, step_run
from tests import factories

JANUARY = date(2025, 1, 1)


def people(community, number, kind="care", amount=400, **fields):
    factories.standard(community, kind, amount)
    return [
        factories.subsidy(factories.resident(community, f"居民{n}"), kind, **fields)
        for n in range(number)
    ]


def pay(run, clerk, colleague, day=None):
    day = day or run.month.replace(day=20)
    step_run(run, "confirm", {"confirmed_on": day}, by=colleague)
    run.refresh_from_db()
    step_run(run, "pay", {"paid_on": day}, by=clerk)
    run.refresh_from_db()


def month_of(community, clerk, colleague, month, kind="care") -> PaymentRun:
    run = draft_run(community, factories.subsidy_kind(kind), month, by=clerk)
    pay(run, clerk, colleague)
    return run
