"""Counting the rows of many querysets in one question instead of one each."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet


def told_together(
    asked: Mapping[str, QuerySet],
    columns: Callable[[QuerySet], QuerySet],
    told: Callable[[str], tuple[str, Sequence]],
    group: str = "",
) -> Iterator[tuple]:
    """(name, what was told …) of each queryset that can have rows, by one statement for each database.

    ``columns(rows)`` is what each row gives, ``told(name)`` the SQL told of these columns with its
    parameters: constants of ours, as is ``group``.
    """
    names = list(asked)
    parts: dict[str, list[tuple[str, tuple]]] = {}
    for number, (name, rows) in enumerate(asked.items()):
        keys = rows if rows.query.is_sliced else rows.order_by()
        try:
            sql, params = columns(keys).query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            continue
        said, values = told(name)
        # The text is the ORM's and ours, the number ours.
        part = f"SELECT {number}, {said} FROM ({sql}) AS counted {group}"  # noqa: S608
        parts.setdefault(rows.db, []).append((part, (*values, *params)))
    for alias, questions in parts.items():
        with connections[alias].cursor() as cursor:
            text = " UNION ALL ".join(part for part, _ in questions)
            cursor.execute(text, [value for _, params in questions for value in params])
            for number, *values in cursor.fetchall():
                yield names[number], *values
