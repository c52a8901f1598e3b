"""Where the heads of a table lead: sorting by each column, the way down by each row and each figure."""

from django.urls import reverse
from django.utils.http import urlencode

from reports.boards.asked import Asked
from reports.boards.reading import drill_url
from reports.boards.table import NAME, Table


def heads_of(table: Table, asked: Asked) -> dict:
    place, span = asked.place, asked.span
    return {
        "name": asked.address(sort=f"-{NAME}" if table.sorting == NAME else NAME),
        "columns": [
            (
                column,
                asked.address(sort=_next(column)),
                drill_url(column.figure.code, place.unit.pk, span),
            )
            for column in table.columns
        ],
        "rows": [(row, _down(row, asked)) for row in table.rows],
        "differing": [
            (figure, sum_url(figure.code, asked) if place.has_units else "")
            for figure in table.differing
        ],
    }


def _next(column) -> str:
    """The most first, then the least first."""
    code = column.figure.code
    return code if column.sorted == "desc" else f"-{code}"


def _down(row, asked: Asked) -> str:
    if row.branch is None or row.is_own:
        return ""
    return asked.address(unit=row.branch.pk)


def sum_url(code: str, asked: Asked) -> str:
    """Why the whole is not the sum of its parts."""
    query = urlencode({"unit": asked.place.unit.pk, "period": asked.span.period.key})
    return f"{reverse('board-sum', args=[code])}?{query}"
