"""What is due, for the home page; declared in ``<app>/worklists.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.ledgers.registry import ledgers
from portal.registry import Registry


@dataclass(frozen=True)
class Worklist:
    """``rows`` gives the records that ask for work in these units; ``text`` and ``due`` name one.

    Records of a ledger name it; others say where they lie: ``address`` of one, ``all_of_them``.
    ``for_user`` leaves out what is not this user's to do, as approving what one asked for oneself.
    """

    code: str
    title: str
    permission: str
    rows: Callable[[frozenset[int]], QuerySet]
    ledger: str
    text: Callable
    due: Callable = lambda record: ""
    address: Callable | None = None
    all_of_them: Callable | None = None
    for_user: Callable = lambda rows, user: rows

    def url_of(self, record) -> str:
        return self.address(record) if self.address else ledgers[self.ledger].url("detail", record)

    def url(self) -> str:
        return self.all_of_them() if self.all_of_them else ledgers[self.ledger].url()


worklists: Registry[Worklist] = Registry("worklists")


def register(*declared: Worklist) -> None:
    for worklist in declared:
        worklists.add(worklist.code, worklist)
