"""The share of one department in a fact that several count (ADR 9): its rows, recorded as its own."""

from django.db.models import Q


def ours(domain: str) -> Q:
    """The facts that are tagged with the department."""
    return Q(domains__contains=[domain])


def part_of(path: str, domain: str) -> dict:
    """Attributes of a ledger whose rows belong to a fact of the department: its tags are theirs."""
    return {"where": Q(**{f"{path}__contains": [domain]}), "preset": {}}


def with_tags_last(layout) -> tuple:
    """The rows of a form, the tags as its last one, to be folded away."""
    return (*(row for row in layout if row != "domains"), "domains")
