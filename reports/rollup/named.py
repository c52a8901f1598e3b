"""Who or what a difference is about, as the reader may see it: names for those who see the records."""

from collections.abc import Iterable

from portal.figures.declare import Counted
from portal.ledgers.columns import display
from portal.ledgers.registry import ledger_for
from reports.rollup.counting import counts_persons, model_of_key
from reports.rollup.differences import Difference

HIDDEN = "（没有权限查看）"


def named(figure: Counted, differences: Iterable[Difference], user) -> list[dict]:
    """Each difference with ``label`` and ``url`` of its person or record; both of those alone that the
    user's own list would show."""
    differences = list(differences)
    of_persons = counts_persons(figure)
    model = model_of_key(figure) if of_persons else figure.model
    keys = {each.key[0] for each in differences}
    known = _known(model, keys, figure.domain, user) if model is not None else {}
    rows = []
    for each in differences:
        first, *others = each.key
        label, url = known.get(first, (HIDDEN, "")) if model is not None else (str(first), "")
        label = " ".join([label, *map(display, others)])
        rows.append({"difference": each, "label": label, "url": url})
    return rows


def _known(model, keys, domain, user) -> dict:
    ledger = ledger_for(model, domain)
    if ledger is None:
        return {}
    rows = ledger.readable(ledger.queryset(user).filter(pk__in=keys))
    return {record.pk: (ledger.label_of(record), ledger.url("detail", record)) for record in rows}
