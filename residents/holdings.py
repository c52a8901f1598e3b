"""What all ledgers hold about one person, found by one walk over what models declare.

A ledger is about the person where its records point at a resident: by a column of their own or, where
they have none, through a record that they cannot be without. A new ledger is found without being named.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Count, F, Max, Min, Q

from portal.ledgers.registry import ledgers
from portal.models import AccessLog
from portal.scope import access_of
from residents.holding_bases import Basis, basis_of
from residents.models import Resident


@cache
def paths_of(model) -> tuple[str, ...]:
    """The look-ups from rows of the model to residents."""
    if model is Resident:
        return ("pk",)
    keys = [f for f in model._meta.concrete_fields if f.many_to_one or f.one_to_one]
    own = tuple(key.name for key in keys if key.related_model is Resident)
    if own:
        return own
    return tuple(
        f"{key.name}__{further.name}"
        for key in keys
        if not key.null
        for further in key.related_model._meta.concrete_fields
        if (further.many_to_one or further.one_to_one) and further.related_model is Resident
    )


def about_people() -> list:
    """Ledgers that hold something about residents; of several over one table, each with its part."""
    return [ledger for ledger in ledgers if paths_of(ledger.model)]


@dataclass(frozen=True)
class Holding:
    """What one ledger holds. ``opened`` is how often each kind of look was logged for these records."""

    ledger: object
    rows: object
    count: int
    first: date | None
    last: date | None
    basis: Basis
    opened: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.ledger.title

    @property
    def days(self) -> str:
        if self.first is None:
            return "—"
        if self.first == self.last:
            return f"{self.first:%Y-%m-%d}"
        return f"{self.first:%Y-%m-%d} 至 {self.last:%Y-%m-%d}"

    @property
    def seen(self) -> str:
        return "、".join(f"{label} {n} 次" for label, n in self.opened.items()) or "无"


@dataclass(frozen=True)
class Holdings:
    """``unseen`` are ledgers about people that the user may not read: the answer would lack them."""

    found: list[Holding]
    unseen: list[str]

    @property
    def count(self) -> int:
        return sum(holding.count for holding in self.found)


def rows_about(ledger, person, user):
    condition = Q()
    for path in paths_of(ledger.model):
        condition |= Q(**{path: person.pk})
    return ledger.queryset(user).filter(condition)


def holdings_of(person, user) -> Holdings:
    """Every kind of record about the person that the user may see, each row counted once."""
    access, found, unseen = access_of(user), [], []
    told = defaultdict(set)
    for ledger in sorted(about_people(), key=lambda each: bool(each.where)):
        if not access.may(ledger.view_permission, person.unit_id):
            unseen.append(ledger.title)
            continue
        rows = rows_about(ledger, person, user)
        keys = set(rows.order_by().values_list("pk", flat=True)) - told[ledger.model]
        if keys:
            told[ledger.model] |= keys
            found.append(_holding(ledger, keys, user))
    order = {ledger.slug: place for place, ledger in enumerate(about_people())}
    found.sort(key=lambda holding: order[holding.ledger.slug])
    return Holdings(found, unseen)


def _holding(ledger, keys, user) -> Holding:
    rows = ledger.queryset(user).filter(pk__in=keys)
    span = {"first": None, "last": None}
    if ledger.date:
        span = rows.order_by().aggregate(first=Min(F(ledger.date)), last=Max(F(ledger.date)))
    return Holding(
        ledger=ledger,
        rows=rows,
        count=len(keys),
        basis=basis_of(ledger),
        opened=_opened(ledger.model, keys),
        **{name: _day(value) for name, value in span.items()},
    )


def _day(value):
    return value.date() if hasattr(value, "date") else value


def _opened(model, keys) -> dict[str, int]:
    """How often these records were opened one by one; whole lists name nobody in the log."""
    logged = AccessLog.objects.filter(subject=model._meta.label_lower, subject_id__in=keys)
    counted = logged.order_by().values("action").annotate(n=Count("pk")).order_by("action")
    labels = dict(AccessLog.Action.choices)
    return {labels[row["action"]]: row["n"] for row in counted}
