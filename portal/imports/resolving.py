"""How the cells of several columns name one record of another ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Resolver:
    """``resolve(cells, user, unit)`` gives the record that the cells under ``labels`` mean.

    ``cells`` holds the text of each label, "" where the sheet has no such column or the cell is
    blank. It returns None where nothing is meant, and raises ValidationError with the remedy where
    no record or several fit; it never creates one. Messages hold nothing of the cells' content.
    """

    labels: tuple[str, ...]
    resolve: Callable[[Mapping[str, str], object, object], object]
