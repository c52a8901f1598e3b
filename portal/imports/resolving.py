"""How the cells of several columns name one record of another ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError


class Unresolved(ValidationError):
    """No record or several fit; ``candidates`` are those that the clerk may choose from."""

    def __init__(self, message: str, candidates=()):
        super().__init__(message)
        self.candidates = list(candidates)


@dataclass(frozen=True)
class Resolver:
    """``resolve(cells, user, unit)`` gives the record that the cells under ``labels`` mean.

    ``cells`` holds the text of each label and of those ``beside``, "" where the sheet has no such
    column or the cell is blank. It returns None where nothing is meant, and raises ValidationError
    with the remedy where no record or several fit, Unresolved where there are some to choose from; it
    never creates one. The record must be one that the user may see, nobody asks again. Messages hold
    nothing of the cells' content.

    ``ahead(many cells, user, unit)`` finds with few queries the records, by the cells' texts, that
    resolve() would find one by one; what is missing from its answer is asked singly.

    ``beside`` are labels whose columns fill another field: the community beside one of its grids.

    ``names`` is the label whose cells may hold several persons' names, each a row of its own; titles
    and places are never taken apart.
    """

    labels: tuple[str, ...]
    resolve: Callable[[Mapping[str, str], object, object], object]
    ahead: Callable[[list[Mapping[str, str]], object, object], dict[tuple, object]] | None = None
    names: str = ""
    beside: tuple[str, ...] = ()


def by_text(label: str, ledger) -> Resolver:
    """Finds the one record of the unit whose name, or searched words, the cell holds."""

    def resolve(cells, user, unit):
        text = cells[label]
        found = list(ledger.found(ledger.queryset(user).filter(unit=unit), text)[:20])
        exact = [r for r in found if text in {ledger.label_of(r), str(r)}] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise Unresolved(f"对应不止一条“{ledger.title}”记录，请写得更具体。", exact)
        raise ValidationError(f"没有找到对应的“{ledger.title}”记录，请先登记。")

    return Resolver((label,), resolve)
