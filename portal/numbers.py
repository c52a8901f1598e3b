"""How numbers are printed and read (GB/T 15835-2011, domain §5.2). Rounding is half up, always."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from portal.text import to_halfwidth

NOTHING = "—"
POINT = Decimal("0.1")
LONGEST = 40
TEN_THOUSAND = 10_000


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    result = value.quantize(step, ROUND_HALF_UP)
    return abs(result) if result == 0 else result  # never "-0.0"


def _exact(value: int | float | Decimal) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def percentage(numerator, denominator) -> Decimal | None:
    """Percent with one decimal; None where there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    return _rounded(_exact(numerator) * 100 / _exact(denominator), POINT)


def percent(numerator, denominator) -> str:
    """82.1%, one decimal; "—" where there is nothing to divide by."""
    value = percentage(numerator, denominator)
    return NOTHING if value is None else f"{value}%"


def points_difference(later: Decimal | None, earlier: Decimal | None) -> str:
    """提高2.1个百分点, 下降…, 持平; of two percentages, "—" where one is missing.

    The printed (rounded) percentages are subtracted, so that a reader's own sum agrees.
    """
    if later is None or earlier is None:
        return NOTHING
    change = _rounded(_exact(later), POINT) - _rounded(_exact(earlier), POINT)
    if change == 0:
        return "持平"
    return f"{'提高' if change > 0 else '下降'}{abs(change)}个百分点"


def format_number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """2025, 12,580, 1,234,567.50: grouped from five digits on, "—" for None.

    ``places`` rounds half up to that many decimals; without it a value keeps its own.
    """
    if value is None:
        return NOTHING
    number = _exact(value)
    if places is not None:
        number = _rounded(number, Decimal(1).scaleb(-places))
    return f"{number:,f}" if abs(number) >= TEN_THOUSAND else f"{number:f}"


def trimmed(value: Decimal | None) -> Decimal | None:
    """The number without nought decimals: 12 for 12.00, 12.5 for 12.50."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def format_money(value: int | float | Decimal | None) -> str:
    """Yuan with two decimals: 12,580.00; without the word 元."""
    return format_number(value, places=2)


def parse_number(cell) -> Decimal | None:
    """The number of a spreadsheet cell or a typed text; None for an empty one.

    Takes full-width digits, grouping commas, ¥ and 万. Raises ValidationError for anything that a
    reader might take for another number.
    """
    if cell is None:
        return None
    if isinstance(cell, bool):
        raise ValidationError("这里应填数字，不是“是/否”。")
    if isinstance(cell, int | Decimal):
        return _finite(Decimal(cell))
    if isinstance(cell, float):
        # 15 digits is what a spreadsheet shows; the 16th and 17th are binary dust (0.1 + 0.2).
        return _finite(Decimal(f"{cell:.15g}"))
    text = to_halfwidth(str(cell)).strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise ValidationError("数字太长，请核对。")
    return _read(text)


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise ValidationError("这个单元格不是有效的数字。")
    return number


def _read(text: str) -> Decimal:
    scale = 1
    plain = text.lstrip("¥￥").strip()
    if plain.endswith("万"):
        plain, scale = plain[:-1].strip(), TEN_THOUSAND
    digits = plain.removeprefix("-")
    whole, _, _ = digits.partition(".")
    if "," in digits:
        first, *groups = whole.split(",")
        grouped = 0 < len(first) <= 3 and all(len(group) == 3 for group in groups)
        if not grouped or "," in digits[len(whole) :]:
            raise ValidationError(f"“{text}”中逗号的位置不对，请核对。")
    number = plain.replace(",", "")
    if not number.isascii() or number.strip("-.0123456789"):
        raise ValidationError(f"“{text}”不是数字，请只填数字，不带单位和文字。")
    try:
        value = Decimal(number) * scale
    except InvalidOperation:
        raise ValidationError(f"“{text}”不是数字，请只填数字，不带单位和文字。") from None
    whole_value = value.to_integral_value()
    return whole_value if scale > 1 and value == whole_value else value
