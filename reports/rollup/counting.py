"""What a counted figure counts one by one: persons (or the like), or records with what each adds."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from portal.figures import Distinct, DistinctPairs
from portal.figures.declare import Counted
from portal.figures.values import DaysOfPeriod
from portal.periods import Period


def counts_days(figure: Counted) -> bool:
    """The days of a period are no records: every unit has the same ones."""
    return isinstance(figure.value, DaysOfPeriod)


def counts_persons(figure: Counted) -> bool:
    """Whether different values are counted, so that one of them may stand behind several records."""
    return isinstance(figure.value, Distinct) and not counts_days(figure)


def key_paths(figure: Counted) -> tuple[str, ...]:
    """The paths whose different values are counted."""
    value = figure.value
    return (value.path, value.second) if isinstance(value, DistinctPairs) else (value.path,)


def keyed(figure: Counted, rows: QuerySet) -> QuerySet:
    """The rows that count: those with a value at each path."""
    return rows.order_by().filter(**{f"{path}__isnull": False for path in key_paths(figure)})


def keys_of(figure: Counted, rows: QuerySet) -> set[tuple]:
    """The different values behind these rows."""
    return set(keyed(figure, rows).values_list(*key_paths(figure)).distinct())


def measures(figure: Counted, rows: QuerySet, period: Period) -> dict[int, int | Decimal]:
    """By record what it adds to the figure; those that add nothing are left out."""
    added = rows.order_by().values_list("pk").annotate(_adds=figure.value.aggregate(period))
    return {pk: value for pk, value in added if value}


def model_of_key(figure: Counted):
    """The model whose records are counted (Resident, Household …); None where words are, as names."""
    model, [path, *_] = figure.model, key_paths(figure)
    for step in path.split("__"):
        if step in {"pk", "id"}:
            return model
        field = model._meta.get_field(step)
        if field.related_model is None:
            return None
        model = field.related_model
    return model


def total(values: Iterable) -> int | Decimal:
    return sum(values, 0)
