"""Codes on paper, derived by key, that people type in or read to each other."""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I
LENGTH = 10  # 50 bits


def code_from(keyed: str) -> str:
    """A keyed hash as such a code."""
    value = int(keyed, 16)
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in range(LENGTH))
