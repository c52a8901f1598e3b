"""What stands in somebody's name, declared in ``<app>/handover.py``.

What is someone's only because they recorded it needs no declaration: that follows the department
(``HandoverPart``, ``portal.worklists.recorded``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.registry import Registry
from portal.roles import DOMAINS

PARTS = DOMAINS | {"summaries": "工作总结"}


def doing(domain: str) -> str:
    """The permission of whoever goes on with the department's work."""
    return "summaries.draft" if domain == "summaries" else f"{domain}.edit"


@dataclass(frozen=True)
class Handed:
    """``rows`` gives what is open in the account's name in these units; ``give`` puts the rows in the
    receiver's name, of an act on ``day``, and leaves what is over as it was."""

    code: str
    title: str
    domain: str
    rows: Callable[[object, Iterable[int]], QuerySet]
    give: Callable[[QuerySet, object, date], None]
    text: Callable[[object], str] = str


handed: Registry[Handed] = Registry("handover")


def register(*declared: Handed) -> None:
    for each in declared:
        handed.add(each.code, each)


def named(code: str, title: str, domain: str, model, field: str, *, text=str, **open_) -> Handed:
    """Records that name whose they are in ``field``, as people write it; ``open_`` tells open ones."""

    def rows(account, units):
        return model.objects.kept().filter(unit__in=units, **{field: account.name}, **open_)

    def give(found, receiver, day):
        for row in found:
            setattr(row, field, receiver.name)
            row.save(update_fields=[field])

    return Handed(code, title, domain, rows, give, text)
