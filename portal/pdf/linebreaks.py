"""Where a Chinese line may break, beyond what the renderer's Unicode rules already know.

Those rules keep 。，） from the start of a line and （《 from its end, but they allow a break between
129 and 人次 (GB/T 15835: a number stays with its unit) and forbid one at every quotation mark, which
leaves long stretches of 《…》 and “…” unbreakable. Invisible characters say otherwise.
"""

import re
from xml.etree.ElementTree import Element

JOIN = "\u2060"  # word joiner: no break here
BREAK = "\u200b"  # zero-width space: a break is allowed here
INVISIBLE = JOIN + BREAK

_HAN = r"[\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNITS = (
    "人次|户次|家次|场次|班次|车次|台次|万元|亿元|万人|万户|公里|公斤|千克|厘米|毫米|平方米|立方米|平方公里|"
    "小时|分钟|个月|周岁|余人|余户|余元|余份|个百分点|百分点|工日|人日"
)
_OPENING = "（《〈「『【〔［“‘("
_CLOSING = "，。、；：！？）》〉」』】〕］”’…—·,.;:!?)%％"

_NUMBER_UNIT = re.compile(rf"(?<=[0-9%％‰℃㎡])({_UNITS}|{_HAN})")
_ORDINAL = re.compile(r"(?<=第)(?=[0-9])")
_RANGE = re.compile(r"(?<=[0-9%％])([～~—–\-])(?=[0-9])")
_SHARE = re.compile(
    r"(?<=[%％])(?=（)"
)  # 82.1% / （468/570）: as one word it leaves the line before it short
_DOT = re.compile(r"(?<=\S)(?=[·•])")  # a name's second part may start a line, its dot may not
_BEFORE_QUOTE = re.compile(rf"(?<=[^\s{_OPENING}A-Za-z0-9])(?=[“‘])")
_AFTER_QUOTE = re.compile(rf"(?<=[”’])(?=[^\s{_CLOSING}A-Za-z0-9])")

_HIDDEN = {"head", "style", "script", "{http://www.w3.org/2000/svg}svg"}
_INLINE = {"span", "sup", "sub", "b", "i", "em", "strong", "a"}


def mark(text: str, before: str = "") -> str:
    """``text`` with invisible marks; ``before`` is the visible character in front of it, if any.

    Adds no visible character and removes none.
    """
    line = before + text
    line = _NUMBER_UNIT.sub(lambda m: JOIN + JOIN.join(m[1]), line)
    line = _ORDINAL.sub(JOIN, line)
    line = _RANGE.sub(rf"{JOIN}\1{JOIN}", line)
    line = _SHARE.sub(BREAK, line)
    line = _DOT.sub(JOIN, line)
    line = _BEFORE_QUOTE.sub(BREAK, line)
    line = _AFTER_QUOTE.sub(BREAK, line)
    return line[len(before) :]


def mark_tree(root: Element) -> None:
    """Mark all running text of a parsed page in place, across inline elements."""
    _mark_element(root, "")


def strip(text: str) -> str:
    """``text`` without the marks."""
    return text.translate(dict.fromkeys(map(ord, INVISIBLE)))


def _mark_element(element: Element, before: str) -> str:
    """Mark the inside of ``element``; return the last visible character, for what follows it."""
    inside = before if element.tag in _INLINE else ""
    if element.text:
        element.text, inside = _marked(element.text, inside)
    for child in element:
        hidden = child.tag in _HIDDEN or not isinstance(
            child.tag, str
        )  # a comment's tag is no text
        after = inside if hidden else _mark_element(child, inside)
        # A superscript code between 129 and 人次 does not loosen the two.
        inside = inside if child.tag == "sup" else after
        if child.tail:
            child.tail, inside = _marked(child.tail, inside)
    return inside if element.tag in _INLINE else ""


def _marked(text: str, before: str) -> tuple[str, str]:
    return mark(text, before), text[-1]
