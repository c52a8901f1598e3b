"""Punctuation and ranges of Chinese text as GB/T 15834 and GB/T 15835 write them: what people typed is put
right before it stands in a document, and lists are joined."""

import re
from collections.abc import Iterable

_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = str.maketrans(
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | {chr(0xFF21 + n): chr(65 + n) for n in range(26)}
    | {chr(0xFF41 + n): chr(97 + n) for n in range(26)}
    | {"％": "%", "．": "."}
)
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK = re.compile(
    rf"(?<=[{_HAN}”’》）])[ \t]*([,;:?!])[ \t]*(?![0-9])|([,;:?!])[ \t]*(?=[{_HAN}“‘《（])"
)
_STOP = re.compile(rf"(?<=[{_HAN}”’》）])\.(?=$|[{_HAN}])", re.M)
_BRACKETS = re.compile(r"\(([^()\n]{0,80})\)")
_QUOTES = re.compile(r'"([^"\n]{1,80})"')
_SPACE = re.compile(
    rf"(?<=[{_HAN}，。；：、（）《》“”])[ \t]+(?=[0-9A-Za-z{_HAN}])|(?<=[0-9])[ \t]+(?=[{_HAN}])"
)
_ELLIPSIS = re.compile(r"\.{3,}|。{3,}|…(?!…)(?<!……)")
_DOUBLED = re.compile(r"([，。；：、])(?:\s*\1)+")
_COUNTED = "%|周岁|岁|人|户|名|次|件|元|个|家|处|份|册|场|天|年级|小时|分钟|分|级|倍|公里|米|平方米|吨|公斤"
_RANGE = re.compile(
    rf"(?<![0-9\-–—~～年月日.])(\d{{1,4}}%?)[ \t]*[\-–—~～][ \t]*(\d{{1,4}})[ \t]*({_COUNTED}|[年月日])"
)
_WHOLE = re.compile(r"“[^“”]*”|《[^《》]*》")


def tidy(text: str) -> str:
    """Full-width marks and brackets in Chinese, half-width digits, ～ in ranges, no space within a Chinese
    sentence, no mark twice. Dates, telephone numbers and Latin text stay as they are."""
    text = text.translate(_WIDE)
    text = _QUOTES.sub(r"“\1”", text)
    text = _BRACKETS.sub(_bracketed, text)
    text = _MARK.sub(lambda m: _FULL[m[1] or m[2]], text)
    text = _STOP.sub("。", text)
    text = _ELLIPSIS.sub("……", text)
    text = _DOUBLED.sub(r"\1", text)
    text = _RANGE.sub(_ranged, text)
    return _SPACE.sub("", text)


def _bracketed(match: re.Match) -> str:
    """（…） around Chinese, or beside it."""
    around = (
        match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() :][:1]
    )
    chinese = re.search(rf"[{_HAN}]", match[1] + around)
    return f"（{match[1]}）" if chinese else match[0]


def _ranged(match: re.Match) -> str:
    """16～35周岁; 3—5月, as a dash joins dates. What does not rise is no range (3-1号楼)."""
    first, last, what = match.groups()
    if int(first.rstrip("%")) >= int(last):
        return match[0]
    return f"{first}{'—' if what in '年月日' else '～'}{last}{what}"


def joined(words: Iterable[str]) -> str:
    """甲、乙: quotations and titles follow each other without a mark between them (GB/T 15834-2011
    4.5.3.5); where one of the words holds a 、 of its own, commas part them."""
    words = list(words)
    if all(_WHOLE.fullmatch(word) for word in words):
        return "".join(words)
    return ("，" if any("、" in word for word in words) else "、").join(words)
