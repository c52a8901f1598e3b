"""Columns that several ledgers of rehabilitation have."""

from django.urls import reverse

from portal.ledgers import Column, column
from portal.ledgers.columns import reader


def provider_column(model) -> Column:
    """服务机构, found by its name when imported; left to page and export."""
    return Column(
        "服务机构", reader(model, "provider.name"), field="provider", width=24, listed=False
    )


def sentence(model, name, width, **options) -> Column:
    """A text that nobody sorts by."""
    return column(model, name, sort="", width=width, **options)


def part_of(slug: str, known: str) -> str:
    """The form of a new record in another ledger, with what is known already."""
    return reverse("ledger-add", args=[slug]) + known
