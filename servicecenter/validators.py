"""Checks of what is typed that need neither database nor form."""

import re

from portal.width import to_halfwidth

BLANKS = re.compile(r"\s+")
NUMBERS = re.compile(r"\d{17}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")


def told_numbers(text: str) -> bool:
    """Whether a text holds an ID or phone number, however it is spaced."""
    return bool(NUMBERS.search(BLANKS.sub("", to_halfwidth(text))))
