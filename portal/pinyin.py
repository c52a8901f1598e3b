"""Pinyin and initials of names, stored so that a name is found by typing hwf or huangwenfa."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, product

from pypinyin import Style, lazy_pinyin, pinyin

MOST_VARIANTS = 16
LONGEST_NAME = 50
LONGEST_PINYIN = 200  # the stored column

# A surname's own reading, where the common reading of the character is another one.
_SURNAMES = (
    "单:shan 解:xie 仇:qiu 曾:zeng 盖:ge 查:zha 区:ou 朴:piao 翟:zhai 覃:qin 乐:yue 召:shao 洗:xian "
    "缪:miao 员:yun 折:she 种:chong 祭:zhai 黑:he 秘:bi 繁:po 阚:kan 薄:bo 卜:bu 都:du 么:yao 颉:xie "
    "番:pan 藏:zang 牟:mu 重:chong 郇:xun 佴:nai 适:kuo 能:nai"
)
SURNAMES = dict(pair.split(":") for pair in _SURNAMES.split())
COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "鲜于": ("xian", "yu"),
    "皇甫": ("huang", "fu"),
    "夏侯": ("xia", "hou"),
    "呼延": ("hu", "yan"),
    "宰父": ("zai", "fu"),
    "中行": ("zhong", "hang"),
    "乐正": ("yue", "zheng"),
    "万其": ("mo", "qi"),
    "亓官": ("qi", "guan"),
    "仉督": ("zhang", "du"),
}


@dataclass(frozen=True)
class NameKeys:
    """``search`` is |variant|variant|…|, full pinyin first, then initials; empty without reading."""

    pinyin: str
    initials: str
    search: str


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """Every reading of one character without tone, the commonest first; none for an unknown one."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    readings = dict.fromkeys(found[0]) if found else {}
    return tuple(reading for reading in readings if reading.isascii() and reading.isalpha())


@lru_cache(maxsize=4096)  # an import asks several times for each name
def name_keys(name: str) -> NameKeys:
    """Pinyin (ü as v), initials and all likely variants of a name, capped at 16.

    A surname takes its surname reading (单 shan, 尉迟 yuchi). A Latin word is one syllable; the
    separator · and characters without a reading are left out.
    """
    syllables = [tuple(dict.fromkeys(options)) for options in _syllables(name[:LONGEST_NAME])]
    if not syllables:
        return NameKeys("", "", "")
    variants = list(islice(_variants(syllables), MOST_VARIANTS))
    fulls = ["".join(variant)[:LONGEST_PINYIN] for variant in variants]
    initials = ["".join(syllable[0] for syllable in variant) for variant in variants]
    search = "|".join(["", *dict.fromkeys([*fulls, *initials]), ""])
    return NameKeys(fulls[0], initials[0], search)


def _syllables(name: str) -> Iterator[tuple[str, ...]]:
    """For each syllable its readings, the likeliest first."""
    surname = _surname(name)
    for reading, character in zip(surname, name, strict=False):
        yield (reading, *_readings(character))
    latin = ""
    rest = name[len(surname) :]
    likely = _in_context(rest)
    for index, character in enumerate(rest):
        letter = _latin(character)
        if letter:
            latin += letter
            continue
        if latin:
            yield (latin,)
            latin = ""
        if readings := _readings(character):
            guess = likely.get(index)
            yield (guess, *readings) if guess in readings else readings
    if latin:
        yield (latin,)


def _surname(name: str) -> tuple[str, ...]:
    """The readings of the surname's characters where they are special; a name with · has none."""
    if "·" in name:
        return ()
    if name[:2] in COMPOUND_SURNAMES:
        return COMPOUND_SURNAMES[name[:2]]
    return (SURNAMES[name[0]],) if name[:1] in SURNAMES else ()


def _in_context(text: str) -> dict[int, str]:
    """The reading of each character as the phrase suggests it: 重阳 is chongyang."""
    guesses = lazy_pinyin(text, errors=lambda unread: [""] * len(unread))
    return dict(enumerate(guesses)) if len(guesses) == len(text) else {}


def _latin(character: str) -> str:
    """The lower-case ASCII letters of a Latin letter, without its accents; "" for anything else."""
    plain = unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain.lower() if c.isascii() and c.isalpha())


def _variants(syllables: list[Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """The likeliest reading, then all that differ in one syllable, then in two, and so on."""
    best = [options[0] for options in syllables]
    several = [index for index, options in enumerate(syllables) if len(options) > 1]
    for size in range(len(several) + 1):
        for chosen in combinations(several, size):
            for others in product(*(syllables[index][1:] for index in chosen)):
                variant = list(best)
                for index, reading in zip(chosen, others, strict=True):
                    variant[index] = reading
                yield tuple(variant)
