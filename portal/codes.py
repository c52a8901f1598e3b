"""Codes on paper, derived by key, that people type in or read to each other; numbers of papers as typed."""

import re

from portal.width import to_halfwidth

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I
LENGTH = 10  # 50 bits
LONGEST_NUMBER = 40
OPENING, CLOSING = re.compile(r"[\[({【〔（［「]"), re.compile(r"[\])}】〕）］」]")


def code_from(keyed: str) -> str:
    """A keyed hash as such a code."""
    value = int(keyed, 16)
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in range(LENGTH))


def typed_number(text: str) -> str:
    """The number of a paper as it is stored, of one typed with other brackets, with blanks or without 号."""
    text = to_halfwidth(text.replace("\0", ""))[: LONGEST_NUMBER * 2]
    text = CLOSING.sub("〕", OPENING.sub("〔", "".join(text.split())))
    return (text if text.endswith("号") else f"{text}号")[:LONGEST_NUMBER]
