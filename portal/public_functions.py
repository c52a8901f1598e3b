"""Asking the reviewed functions that answer pages without sign-in (ADR 21)."""

import json

from django.db import connection

JSONB = 3802  # PostgreSQL's number of the type; Django leaves it as text


def rows_of(call: str, *values) -> list[dict]:
    """The rows of one of the functions, by column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {call}", values)  # noqa: S608  our own words
        columns = cursor.description
        return [
            {
                column.name: json.loads(value) if column.type_code == JSONB else value
                for column, value in zip(columns, row, strict=True)
            }
            for row in cursor.fetchall()
        ]
