"""Where a figure leads: its page with exactly the rows that were counted, and who may see which of them."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.figures.declare import Figure


def figure_url(code: str, **query) -> str:
    """The figure's page; ``query`` may name unit, own, group, period and categories, empty ones are left out."""
    kept = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse("figure-detail", args=[code]) + "?" + urlencode(kept)


def permitted(access, figure: Figure) -> frozenset[int]:
    """The units whose records of this figure the account may see, all of them counted alike."""
    return access.units(figure.permission) & access.units("figures.view")
