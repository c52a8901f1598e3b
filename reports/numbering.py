"""Chinese part numbers: 一、 to 九十九、 (GB/T 9704-2012 §7.3.3)."""

DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese characters. Raises ValueError outside."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not a part's number")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def numbered(headings: list[str]) -> list[str]:
    """Headings with 一、二、…; an empty heading (the lead-in) stays empty and takes no number."""
    result, count = [], 0
    for heading in headings:
        if heading:
            count += 1
            heading = f"{chinese_number(count)}、{heading}"
        result.append(heading)
    return result
