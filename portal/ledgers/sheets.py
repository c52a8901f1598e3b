"""Many records taken down together: a declaration that gives a printed sheet and a screen to key it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """``common`` are form fields said once for all lines, ``each`` those of every line, with its
    share of the paper's width. ``margin`` are columns that only the paper has (签名)."""

    title: str
    common: tuple[str, ...]
    each: dict[str, int]
    margin: tuple[str, ...] = ()
    lines: int = 18  # of one printed page
