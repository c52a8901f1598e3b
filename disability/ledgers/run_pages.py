"""What the page of a payment run tells beside its fields."""

from disability.enums.subsidies import PaymentState, RunState
from disability.selectors.payments import (
    Draft,
    before,
    change_of,
    lines_of,
    note_of,
    told_change,
    total,
    yuan,
)
from portal.ledgers import Action
from portal.ledgers.registry import ledgers
from portal.numbers import format_money
from portal.numerals import capital_amount
from portal.scope import access_of

TONES = {RunState.DRAFT: "warn", RunState.CONFIRMED: "info", RunState.PAID: "good"}


def run_page(run, user) -> dict:
    """What a run's page tells: its totals, how it differs from the month before, its lines."""
    lines = list(lines_of(run))
    payments, may = ledgers["subsidy-payments"], access_of(user).may("disability.edit", run.unit_id)
    returned = [line for line in lines if line.state == PaymentState.RETURNED]
    arrears = [line for line in lines if line.is_arrears]
    change = change_of(Draft(lines, before(run.unit, run.kind, run.month)), run.month)
    facts = [
        ("合计", f"{len(lines)}笔，{yuan(run.amount)}"),
        ("补发以前月份", f"{len(arrears)}笔，{yuan(total(arrears))}" if arrears else "没有"),
        ("与上月相比", told_change(change)),
        ("新增", names_of(line.resident for line in change.new)),
        ("停发", names_of(subsidy.resident for subsidy in change.gone)),
        ("金额变化", names_of(line.resident for line in change.changed)),
    ]
    if returned:
        told = f"{len(returned)}笔，{yuan(total(returned))}，查明账号后在名单中重新发放"
        facts.append(("银行退回未重发", told))
    return {
        "run": {
            "persons": len({line.resident_id for line in lines}),
            "amount": format_money(run.amount),
            "capitals": capital_amount(run.amount),
            "tone": TONES[run.state],
        },
        "facts": [{"label": label, "text": text} for label, text in facts if text],
        "lines": [
            {
                "line": line,
                "note": note_of(line),
                "url": payments.url("detail", line),
                "acts": acts_of(line, payments, user) if may else (),
            }
            for line in lines
        ],
    }


def names_of(people) -> str:
    return "、".join(person.name for person in people)


def acts_of(line, payments, user):
    """A line of a draft is changed or taken out; what is paid comes back from the bank, or goes again."""
    if line.run.state == RunState.DRAFT:
        return [
            Action("修改", payments.url("edit", line)),
            Action("剔除", payments.url("delete", line)),
        ]
    return payments.actions(line, user)
