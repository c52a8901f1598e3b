"""Who or what a difference is about, as the reader may see it: names for those who see the records."""

from collections.abc import Iterable

from portal.figures.declare import Counted
from portal.ledgers.registry import ledger_for
from reports.rollup.counting import counts_persons, model_of_key, taken_apart
from reports.rollup.differences import Difference

HIDDEN = "（没有权限查看）"


def named(figure: Counted, differences: Iterable[Difference], user) -> list[dict]:
    """Each difference with ``label``, ``url`` and ``words`` of its person or record; all three of those alone
    that the user's own list would show."""
    differences = list(differences)
    of_persons = counts_persons(figure)
    model = model_of_key(figure) if of_persons else figure.model
    apart = {each.key: taken_apart(figure, each.key) for each in differences}
    keys = {int(key) for key, _ in apart.values() if key.isdigit()}
    known = _known(model, keys, figure.domain, user) if model is not None else {}
    rows = []
    for each in differences:
        key, more = apart[each.key]
        label, url = known.get(int(key), (HIDDEN, "")) if model is not None else (key, "")
        words = "" if label == HIDDEN else each.words
        told = {"label": f"{label} {more}".strip(), "url": url, "words": words}
        rows.append({"difference": each} | told)
    return rows


def _known(model, keys, domain, user) -> dict:
    ledger = ledger_for(model, domain)
    if ledger is None:
        return {}
    rows = ledger.readable(ledger.queryset(user).filter(pk__in=keys))
    return {record.pk: (ledger.label_of(record), ledger.url("detail", record)) for record in rows}
