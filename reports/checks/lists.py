"""What a text announces, it must give: 六项制度 with six of them, 三个延伸 that are explained (§7.10 rule 6).

Only a warning: an enumeration may be written in ways that no pattern knows.
"""

import re
from collections.abc import Iterator

from reports.checks.findings import WARNING, Finding
from reports.checks.passage import Document, Passage
from reports.checks.typed import HIDDEN

_DIGITS = "二两三四五六七八九十"
_ANNOUNCED = re.compile(
    rf"(?<![第\d一{_DIGITS}百千])(?P<size>[{_DIGITS}]|十[一{_DIGITS}]|[2-9]|1\d)(?:大|项|个|类|种|条|点)"
    r"(?P<what>[一-鿿]{0,8}?)"
)
# Six of something, and then they are named: 六项制度：例会、公开、承诺。
_BEHIND = re.compile(
    _ANNOUNCED.pattern + r"(?:[：:]|[，（]?(?:即|分别是|分别为|包括|具体是|具体为|——))"
    r"(?P<list>[^。\n]{1,400})"
)
# They are named first: 例会、公开、承诺等六项制度.
_BEFORE = re.compile(
    r"(?P<list>[一-鿿]{1,12}(?:、[一-鿿]{1,12}){1,14})等?(?:这|共)?"
    + _ANNOUNCED.pattern.replace("{0,8}?", "{0,2}")
)
_FIRSTLY = re.compile(r"[一二三四五六七八九十]是")
# A motto of several announcements: 一个回路、两个拓展、三个延伸.
_PART = rf"[一{_DIGITS}](?:个|项)[一-鿿]{{2,4}}?"
_MOTTO = re.compile(rf"{_PART}(?:[、，/]{_PART}){{1,5}}(?=[”’》」、，。；的]|$)", re.M)
_PART_OF = re.compile(rf"(?P<size>[一{_DIGITS}])(?:个|项)(?P<what>[一-鿿]{{2,4}})")


def check_lists(passage: Passage) -> Iterator[Finding]:
    """A stated number of things, with another number of them behind or before it."""
    flat = passage.flat
    for match in _BEHIND.finditer(flat):
        yield from _judged(passage, match, counts_behind(match["list"]))
    for match in _BEFORE.finditer(flat):
        yield from _judged(passage, match, counts_of(match["list"]))


def _judged(passage: Passage, match, counts: set[int]) -> Iterator[Finding]:
    size = number(match["size"])
    if not counts or size in counts or HIDDEN in match["list"]:
        return
    start = match.start("size")
    end = match.end("what")
    message = f"这里写“{passage.text[start:end]}”，列出的是{max(counts)}项，请补全或改数。"
    yield passage.finding(WARNING, "list-size", message, start, end)


def number(word: str) -> int:
    """Up to nineteen: 十二, 两, 7."""
    if word.isdecimal():
        return int(word)
    values = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"两": 2}
    if word.startswith("十"):
        return 10 + (values[word[1]] if len(word) > 1 else 0)
    return values[word]


def counts_behind(text: str) -> set[int]:
    """How many things a text behind a colon names, by each way to read it; nothing where it is no
    list."""
    if said := len(_FIRSTLY.findall(text)):
        return {said} if said > 1 else set()
    if "；" in text:
        return {len([part for part in text.split("；") if part.strip()])}
    return counts_of(re.split(r"[，,）)]", text)[0])


def counts_of(text: str) -> set[int]:
    """甲、乙和丙 are three, or two where 乙和丙 is one thing."""
    parts = [part for part in re.sub(r"等[一-鿿]{0,4}$", "", text).split("、") if part.strip()]
    if len(parts) < 2:
        return set()
    joined = len(re.findall(r"以及|和|及|与", parts[-1]))
    return {len(parts), len(parts) + joined}


def check_slogans(document: Document) -> Iterator[Finding]:
    """Each part of a motto must be taken up somewhere outside of it."""
    whole = "\n".join(f"{p.piece.heading}\n{p.flat}" for p in document.sections)
    rest = _MOTTO.sub("", whole)
    for passage in document.sections:
        for motto in _MOTTO.finditer(passage.flat):
            for part in _PART_OF.finditer(motto[0]):
                if part["what"] in rest:
                    continue
                start = motto.start() + part.start()
                end = motto.start() + part.end()
                message = f"提出了“{part[0]}”，全文没有说明是什么。"
                yield passage.finding(WARNING, "unexplained", message, start, end)
