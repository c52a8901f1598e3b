"""The design tokens as the style sheets name them, and the contrast between two of them.

Pure but for reading our own two style sheets: the sheets are the truth, this only reads them back, for the page
/styleguide/ and for the test that holds every pair to its ratio."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

TEXT = 4.5  # WCAG 2.2, 1.4.3: words
PART = 3.0  # 1.4.11: the edges of controls, the focus, lines of charts
STRONG = 7.0  # 1.4.6: what the high-contrast mode promises for words

SHEETS = {"": "tokens.css", "more": "contrast.css"}  # by the choice 对比度
_HEX = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3}(?:[0-9a-f]{3})?);")

HEAT = ("1", "2", "3", "4", "best", "better", "worse", "worst")
# What stands on what. Grounds are those on which words really stand.
GROUNDS = ("surface", "ground", "ground-light")
PAIRS = (
    *(("ink", ground, TEXT) for ground in (*GROUNDS, "ground-deep")),
    *(("ink-soft", ground, TEXT) for ground in GROUNDS),
    ("ink-faint", "surface", TEXT),
    *(("blue", ground, TEXT) for ground in (*GROUNDS, "blue-tint")),
    *((word, f"{word}-tint", TEXT) for word in ("green", "amber", "red")),
    *((word, "surface", TEXT) for word in ("green", "amber", "red")),
    ("blue-deep", "blue-tint", TEXT),
    *(("on-colour", ground, TEXT) for ground in ("blue", "blue-deep", "red", "red-deep")),
    *(("line-strong", ground, PART) for ground in ("surface", "ground")),
    *(("focus", ground, PART) for ground in ("surface", "ground")),
    ("focus-inner", "blue", PART),
    ("blue", "ground-deep", PART),
    *((front, f"heat-{shade}", TEXT) for front in ("ink", "blue") for shade in HEAT),
)


@dataclass(frozen=True)
class Pair:
    """Words (or an edge) on a ground; ``ratio`` between 1 and 21, ``needed`` by WCAG 2.2 AA."""

    front: str
    ground: str
    ratio: float
    needed: float

    @property
    def enough(self) -> bool:
        return self.ratio >= self.needed


@cache
def colours(mode: str = "") -> dict[str, str]:
    """Every colour by its name, ``#rrggbb``; ``mode`` is a choice of 对比度."""
    found = {}
    for sheet in {"": SHEETS[""], mode: SHEETS[mode]}.values():
        text = (settings.BASE_DIR / "static" / "css" / sheet).read_text()
        found |= {name: _six(value) for name, value in _HEX.findall(text)}
    return found


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours ``#rrggbb``."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(mode: str = "") -> list[Pair]:
    named = colours(mode)
    return [
        Pair(front, ground, round(contrast(named[front], named[ground]), 2), needed)
        for front, ground, needed in PAIRS
    ]


def _six(value: str) -> str:
    return value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@cache
def icons() -> tuple[str, ...]:
    """The names that ``ico ico-…`` knows."""
    text = (settings.BASE_DIR / "static" / "css" / "icons.css").read_text()
    return tuple(re.findall(r"^\.ico-([a-z0-9-]+) \{ -webkit", text, re.MULTILINE))
