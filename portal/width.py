"""Full-width digits and letters, as Chinese input methods produce them."""

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def to_halfwidth(value: str) -> str:
    """Full-width ASCII and the ideographic space in half width; for numbers, never for prose."""
    return value.translate(_HALF)
