"""Shorthand for the office's figures: their domain, and the division by departments."""

from portal.figures import Category, Flow, Ratio, Stock
from portal.roles import DOMAINS


def of(choices, label="类型", path="kind") -> Category:
    return Category(label, path, dict(choices.choices))


def tags(path="domains") -> dict[str, Category]:
    """The division by the departments that a fact, or the one it belongs to, is tagged with."""
    return {"domains": Category("工作", path, DOMAINS, array=True)}


def flow(code, label, measure, definition, **options) -> Flow:
    return Flow(f"office.{code}", label, "office", measure, definition, **options)


def stock(code, label, measure, definition, *, starts="starts_on", ends="ends_on", **options):
    """In force at the period's end; the last day still belongs to it."""
    options.setdefault("ends_inclusive", True)
    return Stock(
        f"office.{code}",
        label,
        "office",
        measure,
        definition,
        starts=starts,
        ends=ends,
        **options,
    )


def ratio(code, label, definition, numerator, denominator, **options) -> Ratio:
    return Ratio(
        f"office.{code}",
        label,
        "office",
        "%",
        definition,
        numerator=f"office.{numerator}",
        denominator=f"office.{denominator}",
        **options,
    )
