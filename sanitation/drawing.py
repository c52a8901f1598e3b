"""Drawing groups at random so that anybody can draw them again, by hand. Pure.

Each code of the frame is written behind the seed, and SHA-256 is taken of both together (UTF-8, nothing
between or after them). The codes are ordered by that number, the smallest first; the first so many are
drawn. Neither the order of the frame nor the computer matters.
"""

from collections.abc import Iterable
from hashlib import sha256

BY_HAND = (
    "把随机种子和小组编码连写（中间和末尾不加任何字符），算出 SHA-256，"
    "按算出的数从小到大排列，取前几名。任何一台电脑都能重算，例如："
    "printf '%s' '种子编码' | sha256sum。"
)


def ticket(seed: str, code: str) -> str:
    """What the codes are ordered by, in hexadecimal."""
    return sha256(f"{seed}{code}".encode()).hexdigest()


def in_order(frame: Iterable[str], seed: str) -> list[str]:
    return sorted(set(frame), key=lambda code: (ticket(seed, code), code))


def draw(frame: Iterable[str], seed: str, wanted: int) -> list[str]:
    """The codes that are drawn, in their order; all of them where fewer than ``wanted`` are there."""
    return in_order(frame, seed)[: max(wanted, 0)]
