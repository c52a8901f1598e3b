"""Figures of one department: the same shorthand for all of them."""

from dataclasses import dataclass

from portal.figures.declare import Average, Cumulative, Flow, Ratio, Stock


@dataclass(frozen=True)
class Family:
    """Declares figures as ``<domain>.<code>``; the ratio's terms are figures of the same domain."""

    domain: str

    def flow(self, code, label, measure, definition, keywords=(), **options) -> Flow:
        return Flow(self._of(code), label, self.domain, measure, definition, keywords, **options)

    def stock(self, code, label, measure, definition, keywords=(), **options) -> Stock:
        return Stock(self._of(code), label, self.domain, measure, definition, keywords, **options)

    def cumulative(self, code, label, measure, definition, keywords=(), **options) -> Cumulative:
        return Cumulative(
            self._of(code), label, self.domain, measure, definition, keywords, **options
        )

    def ratio(self, code, label, definition, keywords=(), *, of, among, **options) -> Ratio:
        """``of`` ÷ ``among``, in %."""
        return Ratio(
            self._of(code),
            label,
            self.domain,
            "%",
            definition,
            keywords,
            numerator=self._of(of),
            denominator=self._of(among),
            **options,
        )

    def average(
        self, code, label, measure, definition, keywords=(), *, of, among, **options
    ) -> Average:
        """``of`` ÷ ``among``, in ``measure``."""
        return Average(
            self._of(code),
            label,
            self.domain,
            measure,
            definition,
            keywords,
            numerator=self._of(of),
            denominator=self._of(among),
            **options,
        )

    def _of(self, code: str) -> str:
        return f"{self.domain}.{code}"
