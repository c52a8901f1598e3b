"""How the paragraphs of the agency are declared."""

from portal.summaries import Clauses
from servicecenter.summaries.outlines import AGENCY


def clauses(part: str, order: int, *parts: tuple[str, ...]) -> Clauses:
    """One sentence of several counts: each (words, the figures of which one must not be zero …)."""
    told = ((words, *(f"servicecenter.{code}" for code in when)) for words, *when in parts)
    return Clauses(AGENCY, part, order, tuple(told))
