"""Chinese numerals up to 999, as they stand in dates, ordinals and the numbers of headings; and the
capitals of amounts on papers of payment."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "〇一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(DIGITS)} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "廿": 20,
    "卅": 30,
}
LONGEST = 8
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLACES, GROUPS = ("", "拾", "佰", "仟"), ("", "万", "亿")


def chinese_numeral(number: int) -> str:
    """十二, 二十, 一百零五: the numeral of 1 to 999."""
    if not 0 < number < 1000:
        raise ValueError(f"no numeral for {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def read_numeral(text: str) -> int:
    """The number of 三十五, 一百零五, 廿八, or of digits read one by one (二〇二五).

    Raises ValueError for anything else.
    """
    if not 0 < len(text) <= LONGEST:
        raise ValueError("not a Chinese numeral")
    if any(character in "十百廿卅" for character in text):
        return _read_composed(text)
    if any(character not in _VALUES for character in text):
        raise ValueError("not a Chinese numeral")
    return int("".join(str(_VALUES[character]) for character in text))


def _read_composed(text: str) -> int:
    total, digit = 0, None
    for character in text:
        if character in "十百":
            step = 10 if character == "十" else 100
            total += (1 if digit is None else digit) * step
            digit = None
        elif character in "廿卅":
            total += _VALUES[character]
        elif character in _VALUES and digit in (None, 0):
            digit = _VALUES[character]
        else:
            raise ValueError("not a Chinese numeral")
    return total + (digit or 0)


def capital_amount(amount: Decimal | int) -> str:
    """玖仟贰佰元整, 壹拾元零伍分: an amount of 元 as it is written in full, below 10¹² 元."""
    cents = int(Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
    if not 0 <= cents < 10**14:
        raise ValueError(f"no capitals for {amount}")
    yuan, (tenths, hundredths) = cents // 100, divmod(cents % 100, 10)
    text = f"{_capital(yuan)}元" if yuan or not cents else ""
    if not tenths and not hundredths:
        return f"{text}整"
    if tenths:
        text += f"{CAPITALS[tenths]}角"
    elif text:
        text += "零"
    return text + (f"{CAPITALS[hundredths]}分" if hundredths else "整")


def _capital(number: int) -> str:
    """The whole number in capitals; one 零 stands for any run of noughts within it."""
    if not number:
        return CAPITALS[0]
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (CAPITALS[0] if gap else "") + CAPITALS[digit] + PLACES[place % 4]
        gap = bool(text) and not digit
        if place % 4 == 0 and number // 10**place % 10000:
            text += GROUPS[place // 4]
    return text
