"""Cents of points: rounded half away from nought, and shared out so that nothing is lost."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def cents(value: Fraction | Decimal | int) -> Decimal:
    """With two decimals, half away from nought."""
    exact = Fraction(value)
    whole = int(abs(exact) * 100 + Fraction(1, 2))
    return Decimal(whole if exact >= 0 else -whole).scaleb(-2).quantize(CENT)


def shared(parts: Iterable[Fraction]) -> list[Decimal]:
    """Each part in cents, so that they add up to the rounded sum: three thirds of 100 are 100."""
    found, exact, given = [], Fraction(0), Decimal("0.00")
    for part in parts:
        exact += part
        found.append(cents(exact) - given)
        given = cents(exact)
    return found


def told(value: Decimal | int) -> str:
    """2, 0.5, 86.25: without noughts that say nothing."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(got: Decimal, of: Decimal) -> str:
    """90.00%, of two numbers."""
    return f"{cents(Fraction(got) * 100 / Fraction(of))}%"
