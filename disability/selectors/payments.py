"""Payment runs as they are read: who is due for which months, how a run differs from the month before."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, Min, OuterRef, Q, Subquery

from disability.enums.subsidies import PaymentState
from disability.models import Certificate, Payment, PaymentRun, Subsidy
from portal.months import following, last_of, months_between
from portal.numbers import trimmed
from residents.models import ResidencySpell


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
    """The month of the unit's first run of the kind that was computed here; nothing is in arrears from
    before it. What was taken down from older papers does not tell who else was paid then."""
    rows = PaymentRun.objects.kept().filter(unit=unit, kind=kind, is_drafted=True)
    return rows.aggregate(first=Min("month"))["first"]


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


def told_change(change: Change) -> str:
    parts = [
        f"新增{len(change.new)}人" if change.new else "",
        f"停发{len(change.gone)}人" if change.gone else "",
        f"金额变化{len(change.changed)}人" if change.changed else "",
    ]
    return "、".join(part for part in parts if part) or "没有变化"


def before(unit, kind, month: date) -> dict[int, Decimal]:
    """What the month before paid for itself, by subsidy."""
    rows = Payment.objects.kept().filter(
        subsidy__unit=unit, subsidy__kind=kind, month=following(month, -1)
    )
    return dict(rows.values_list("subsidy", "amount"))


def lines_of(run: PaymentRun):
    """The lines of a run by name, with all that its page and its paper tell."""
    rows = run.payments.kept().select_related("resident", "subsidy__kind", "run")
    return rows.order_by("resident__pinyin", "month", "pk")


def note_of(line: Payment) -> str:
    """What is out of the ordinary with a line."""
    notes = [
        "补发" if line.is_arrears else "",
        line.reason,
        f"{line.returned_on}退回：{line.return_reason}" if line.returned_on else "",
        "已重发" if line.returned_on and line.state == PaymentState.PAID else "",
    ]
    return "；".join(note for note in notes if note)


def yuan(amount) -> str:
    """9,200元: an amount in running text, without nought decimals."""
    return f"{trimmed(amount):,f}元"
