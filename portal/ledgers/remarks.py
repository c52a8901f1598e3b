"""What a layer above tells of any record on its page, whatever the ledger; it names no layer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """A short sentence below the record, with the page that it speaks of."""

    text: str
    url: str = ""


# (record, user) → what this user is told.
Teller = Callable[[object, object], Sequence[Remark]]
_tellers: list[Teller] = []


def remarks_on_records(tell: Teller) -> Teller:
    """Decorates what tells of any record; declare it in a module of ledgers."""
    _tellers.append(tell)
    return tell


def remarked(record, user) -> list[Remark]:
    return [remark for tell in _tellers for remark in tell(record, user)]
