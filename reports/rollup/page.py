"""What the pages tell of a reconciliation: the sum, the classes of differences, and who makes them."""

from collections import Counter

from django.core.paginator import Paginator

from portal.numbers import format_number
from portal.summaries import Telling
from reports.branches import below_word
from reports.rollup.differences import DifferenceKind
from reports.rollup.named import named
from reports.rollup.reconciling import reconcile

PAGE_SIZE = 50


def reconciled(figure, telling: Telling, below, user, number: str) -> dict:
    """Of one counted figure; ``below`` are the summaries that were signed, ``number`` the page asked for.
    Raises OutOfScope, Damaged."""
    found = reconcile(figure.code, telling, below)
    page = Paginator(_in_order(found.differences), PAGE_SIZE).get_page(number)
    return {
        "word": below_word([line.party for line in found.beside.lines]),
        "found": found,
        "beside": found.beside,
        "lines": [_line(found.beside, line) for line in found.beside.lines],
        "told": {
            name: found.beside.told(getattr(found.beside, name))
            for name in ("sum", "street", "difference", "changed", "own")
        },
        "classes": _by_class(found),
        "rest": found.beside.told(found.rest) if found.rest else "",
        "page": page,
        "rows": [
            row | {"effect": plus(format_number(row["difference"].effect))}
            for row in named(figure, page.object_list, user)
        ],
    }


def _in_order(differences) -> list:
    order = list(DifferenceKind)
    return sorted(differences, key=lambda each: order.index(each.why))


def _by_class(found) -> list[dict]:
    """How many of each class there are, and what they add up to."""
    times = Counter(each.why for each in found.differences)
    return [
        {
            "label": why.label,
            "times": times[why],
            "effect": signed(
                found.beside, sum(d.effect for d in found.differences if d.why is why)
            ),
        }
        for why in DifferenceKind
        if times[why]
    ]


def signed(row, value) -> str:
    return plus(row.told(value))


def plus(text: str) -> str:
    """+3, -1: what is added to the sum."""
    return text if text.startswith("-") or text == "0" else f"+{text}"


def _line(row, line) -> dict:
    return {
        "name": line.party.name,
        "issue": line.issue,
        "issued": "" if line.issued is None else row.told(line.issued),
        "now": row.told(line.now),
        "changed": signed(row, line.changed) if line.changed else "",
    }
