"""What a figure counts that is the same in several units: a person, a household, a name."""

import re

from portal.figures.declare import Counted
from portal.figures.values import DistinctPairs, Rows

_PAIR = re.compile(r"\((?P<first>[^,]*),(?P<second>.*)\)")


def counts_persons(figure: Counted) -> bool:
    """Whether different keys are counted, so that one of them may stand behind several records."""
    return figure.value.rows is Rows.DIFFER


def model_of_key(figure: Counted):
    """The model whose records are counted (Resident, Household …); None where words are, as names."""
    model = figure.model
    for step in figure.value.path.split("__"):
        if step in {"pk", "id"}:
            return model
        field = model._meta.get_field(step)
        if field.related_model is None:
            return None
        model = field.related_model
    return model


def taken_apart(figure: Counted, key: str) -> tuple[str, str]:
    """(the person's key, what else makes the difference): of a day of a person both, else the key alone."""
    pair = _PAIR.fullmatch(key) if isinstance(figure.value, DistinctPairs) else None
    return (pair["first"], pair["second"]) if pair else (key, "")
