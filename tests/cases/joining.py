"""Sheets of several parts of a case as one workbook."""

from collections.abc import Iterable


def joined(parts: Iterable[dict[str, list[dict]]]) -> dict[str, list[dict]]:
    """Rows of the same sheet one after the other; sheets in the order in which they come."""
    found: dict[str, list[dict]] = {}
    for part in parts:
        for title, rows in part.items():
            found.setdefault(title, []).extend(rows)
    return found
