"""What is due, for the home page; declared in ``<app>/worklists.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.registry import Registry


@dataclass(frozen=True)
class Worklist:
    """``rows`` gives the records that ask for work in these units; ``text`` and ``due`` name one."""

    code: str
    title: str
    permission: str
    rows: Callable[[frozenset[int]], QuerySet]
    ledger: str
    text: Callable
    due: Callable = lambda record: ""


worklists: Registry[Worklist] = Registry("worklists")


def register(*declared: Worklist) -> None:
    for worklist in declared:
        worklists.add(worklist.code, worklist)
