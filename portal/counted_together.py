"""Counting the rows of many querysets in one question instead of one each."""

from collections.abc import Mapping

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet


def count_together(asked: Mapping[str, QuerySet]) -> dict[str, int]:
    """What ``count()`` tells of each, by its name; one statement for each database. Rows of models."""
    names = list(asked)
    parts: dict[str, list[tuple[str, tuple]]] = {}
    for number, rows in enumerate(asked.values()):
        keys = rows if rows.query.is_sliced else rows.order_by()
        try:
            sql, params = keys.values("pk").query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            continue
        # The text is the ORM's own, the number ours.
        part = f"SELECT {number}, count(*) FROM ({sql}) AS counted"  # noqa: S608
        parts.setdefault(rows.db, []).append((part, params))
    found = dict.fromkeys(names, 0)
    for alias, questions in parts.items():
        with connections[alias].cursor() as cursor:
            text = " UNION ALL ".join(part for part, _ in questions)
            cursor.execute(text, [value for _, params in questions for value in params])
            found |= {names[number]: count for number, count in cursor.fetchall()}
    return found
