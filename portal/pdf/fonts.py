"""Find the typefaces of an official document and put them in the order in which they are tried.

GB/T 9704-2012 asks for 小标宋, 仿宋, 黑体, 楷体 and 宋体. Their commercial versions may not be passed on,
so each role has a free typeface, and an office that holds licences drops its own files into FONT_DIR:
they are recognised by the family names inside the files and win. No single font has every name
character, so every role ends in the same fallback, and any other font in FONT_DIR joins its end.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTCollection, TTFont, TTLibError

SYSTEM_FONTS = Path("/usr/share/fonts")
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}

# role: family or full names, best first; licensed names come before the free one that we install.
ROLES = {
    "fangsong": (
        *("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "方正仿宋_GB2312", "FZFangSong-Z02"),
        *("仿宋", "FangSong", "STFangsong", "FandolFang"),
    ),
    "heiti": (
        *("黑体", "SimHei", "方正黑体_GBK", "方正黑体_GB2312", "FZHei-B01", "STHeiti"),
        "Noto Sans CJK SC",
    ),
    "kaiti": (
        *("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "方正楷体_GB2312", "FZKai-Z03"),
        *("楷体", "KaiTi", "STKaiti", "LXGW WenKai"),
    ),
    "biaosong": (
        *("方正小标宋_GBK", "方正小标宋简体", "方正小标宋_GB2312", "FZXiaoBiaoSong-B05"),
        *("FZXiaoBiaoSong-B05S", "小标宋", "Noto Serif CJK SC Bold"),
    ),
    "songti": ("宋体", "SimSun", "NSimSun", "STSong", "Noto Serif CJK SC"),
}
FREE = {role: names[-1] for role, names in ROLES.items()}  # must be present, see FontMissing
# 霞鹜文楷's light weight has its coverage with strokes as thin as 仿宋's: a rare name stands out less.
COMPANIONS = {"fangsong": ("LXGW WenKai Light",)}
FALLBACK = ("kaiti", "songti", "heiti")  # by what their free typefaces cover: 霞鹜文楷 has the most
LABELS = {
    "fangsong": "仿宋",
    "heiti": "黑体",
    "kaiti": "楷体",
    "biaosong": "小标宋",
    "songti": "宋体",
}

# 霞鹜文楷 draws quotation marks, dash, ellipsis and the dot in names narrower than one character.
WIDE_PUNCTUATION = "U+00B7, U+2014, U+2018-2019, U+201C-201D, U+2026"

# Reading the names of every system font takes seconds; only these files can hold ours.
_SYSTEM_FILE = re.compile(r"cjk|wenkai|fandol|fangsong|simsun|simhei|kaiti|xiaobiao", re.IGNORECASE)


class FontMissing(ImproperlyConfigured):
    """No typeface was found for a role that every official document needs."""


@dataclass(frozen=True)
class Face:
    """One face of one file. ``names`` are all its family, full and PostScript names."""

    path: Path
    number: int
    names: frozenset[str] = field(compare=False)
    label: str = field(compare=False)  # ASCII name, appears in the PDF

    @property
    def asset(self) -> str:
        """Name under which stylesheets ask for this face."""
        return f"font/{self.label}"

    @functools.cached_property
    def characters(self) -> frozenset[int]:
        """Code points that the face has a glyph for."""
        with TTFont(self.path, fontNumber=self.number, lazy=True) as font:
            return frozenset(font.getBestCmap())


@dataclass(frozen=True)
class Library:
    """The faces of each role in the order in which they are tried; none is empty."""

    chains: dict[str, tuple[Face, ...]]

    @property
    def faces(self) -> list[Face]:
        """Every face once."""
        return list(dict.fromkeys(face for chain in self.chains.values() for face in chain))

    def can_print(self, character: str) -> bool:
        """True if a face has a glyph; all chains hold the same faces, so the role does not matter."""
        return any(ord(character) in face.characters for face in self.faces)

    def families(self, role: str) -> list[str]:
        """The names of a role's faces as the stylesheet declares them; a drawing, which sees no CSS
        variable, names them itself."""
        chain = self.chains[role]
        wide = ["wide-punctuation"] if FREE["kaiti"] in chain[0].names else []
        return [*wide, *(face.label for face in chain)]

    def stylesheet(self) -> str:
        """CSS with one @font-face per face and ``--<role>`` variables holding font-family lists."""
        rules = [_font_face(face.label, face) for face in self.faces]
        rules.append(_font_face("wide-punctuation", self.chains["fangsong"][0], WIDE_PUNCTUATION))
        variables = []
        for role in self.chains:
            quoted = ", ".join(f'"{family}"' for family in self.families(role))
            variables.append(f"--{role}: {quoted};")
        return "\n".join([*rules, ":root {", *variables, "}"])


def library() -> Library:
    """The faces found for the present settings; raises FontMissing naming the font and the remedy."""
    return find_faces(settings.FONT_DIR, settings.BASE_DIR / "var" / "fonts")


@functools.lru_cache(maxsize=4)
def find_faces(font_dir: str | Path, our_dir: Path, system_dir: Path = SYSTEM_FONTS) -> Library:
    """Search the office's folder, ours, then the system's; the first file of a name is taken."""
    office = list(_faces_in(Path(font_dir))) if font_dir else []
    found: dict[str, Face] = {}
    for face in [*office, *_faces_in(our_dir), *_faces_in(system_dir, _SYSTEM_FILE)]:
        for name in face.names:
            found.setdefault(name, face)
    by_role = {
        role: tuple(dict.fromkeys(found[name] for name in names if name in found))
        for role, names in ROLES.items()
    }
    for role, faces in by_role.items():
        if not faces:
            raise FontMissing(_missing_message(role))
    companions = {
        role: [found[name] for name in COMPANIONS.get(role, ()) if name in found] for role in ROLES
    }
    shared = [face for role in FALLBACK for face in by_role[role]]
    everything = [face for role in ROLES for face in (*by_role[role], *companions[role])]
    chains = {
        role: tuple(
            dict.fromkeys([*by_role[role], *companions[role], *shared, *everything, *office])
        )
        for role in ROLES
    }
    return Library(chains)


def _faces_in(folder: Path, only: re.Pattern | None = None) -> Iterator[Face]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or (only and not only.search(path.name)):
            continue
        try:
            fonts = TTCollection(path, lazy=True) if path.suffix[-1] in "cC" else [_open(path)]
            for number, font in enumerate(fonts):
                yield _face(path, number, font)
        except (TTLibError, OSError, KeyError):
            continue  # not a font after all, or unreadable: as if it were not there


def _open(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


def _face(path: Path, number: int, font: TTFont) -> Face:
    records = [record for record in font["name"].names if record.nameID in (1, 4, 6, 16)]
    label = font["name"].getDebugName(6) or path.stem
    label = re.sub(r"[^A-Za-z0-9-]+", "-", label).strip("-") or f"face-{path.stat().st_size}"
    return Face(path, number, frozenset(_families(records, font)), label)


def _families(records: list, font: TTFont) -> Iterator[str]:
    """The full and PostScript names; the family name only of an upright face of normal weight.

    Every weight of a family carries the family's name, and a light one must not answer to it.
    """
    regular = 350 < font["OS/2"].usWeightClass < 550 and not font["OS/2"].fsSelection & 1
    for record in records:
        if record.nameID in (4, 6) or regular:
            yield record.toUnicode()


def _font_face(family: str, face: Face, characters: str = "") -> str:
    limit = f" unicode-range: {characters};" if characters else ""
    return f'@font-face {{ font-family: "{family}"; src: url("asset:{face.asset}");{limit} }}'


def _missing_message(role: str) -> str:
    return (
        f"No typeface for {LABELS[role]} ({role}): {FREE[role]} was not found. "
        "Run script/setup, which installs it, "
        f"or put the office's own font ({ROLES[role][0]}) into the folder named by FONT_DIR."
    )
