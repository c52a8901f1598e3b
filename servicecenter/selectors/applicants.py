"""Finding applicants from outside by one typed text."""

from django.db.models import QuerySet

from residents.selectors import search_outside


def search_outsiders(rows: QuerySet, text: str) -> QuerySet:
    """As any person from outside; bodies by their contact too."""
    return search_outside(rows, text, also="contact")
