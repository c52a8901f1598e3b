"""How what domain §7 asks a summary to show is written down (``shown.py``)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``told`` is what running text says, a ratio with both terms."""

    code: str
    told: str


@dataclass(frozen=True)
class Row:
    """``cells`` are the first ones of a line of the table ``title``, its total row among them."""

    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    text: str


def figures(domain: str, **told: str) -> list[Figure]:
    return [Figure(f"{domain}.{code}", words) for code, words in told.items()]


def row(title: str, *cells: str) -> list[Row]:
    return [Row(title, cells)]


def words(*texts: str) -> list[Words]:
    return [Words(text) for text in texts]


def of_disability(**told):
    return figures("disability", **told)


def of_agency(**told):
    return figures("servicecenter", **told)


def of_volunteers(**told):
    return figures("volunteers", **told)


def of_sanitation(**told):
    return figures("sanitation", **told)


def of_office(**told):
    return figures("office", **told)
