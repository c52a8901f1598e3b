"""Figures found by name, pinyin, initials or code, among those that somebody may see."""

from portal.figures import figures
from portal.figures.declare import Figure
from portal.figures.links import permitted
from portal.pinyin import name_keys
from portal.scope import access_of
from portal.text import to_halfwidth

SHOWN = 20
LONGEST = 40


def found_figures(user, text: str) -> list[Figure]:
    """Those whose name begins with what was typed first; at most SHOWN."""
    typed = to_halfwidth(text).strip().lower()[:LONGEST]
    if not typed:
        return []
    access = access_of(user)
    matching = [f for f in figures if _matches(f, typed) and permitted(access, f)]
    matching.sort(key=lambda figure: not figure.label.lower().startswith(typed))
    return matching[:SHOWN]


def _matches(figure: Figure, typed: str) -> bool:
    if typed in figure.label.lower() or typed in figure.code:
        return True
    if any(typed in word for word in figure.keywords):
        return True
    keys = name_keys(figure.label)
    return typed.isascii() and (typed in keys.pinyin or typed in keys.initials)
