"""What the figures of disability work have in common."""

from django.db.models import Q

from portal.figures import Flow, Ratio, Stock

OURS = Q(domains__contains=["disability"])


def flow(code, label, measure, definition, keywords=(), **options) -> Flow:
    return Flow(f"disability.{code}", label, "disability", measure, definition, keywords, **options)


def stock(code, label, measure, definition, keywords=(), **options) -> Stock:
    return Stock(
        f"disability.{code}", label, "disability", measure, definition, keywords, **options
    )


def ratio(code, label, definition, keywords=(), *, of, among, **options) -> Ratio:
    """``of`` ÷ ``among``, both figures of disability work, in %."""
    return Ratio(
        f"disability.{code}",
        label,
        "disability",
        "%",
        definition,
        keywords,
        numerator=f"disability.{of}",
        denominator=f"disability.{among}",
        **options,
    )
