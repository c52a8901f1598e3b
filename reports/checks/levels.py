"""Names of leadership levels that do not go together (§7.10 rule 13): 镇政府 in a 街道, 党委 for 党工委."""

import re
from collections.abc import Iterator

from reports.checks.findings import WARNING, Finding, Grounds
from reports.checks.passage import Document, Passage

# A 街道 has a 党工委 and a 办事处, being an agency; a 镇 or 乡 has a 党委 and a 政府.
_OF_TOWN = {
    "镇党工委": "镇党委",
    "镇办事处": "镇政府",
    "乡党工委": "乡党委",
    "街道党委": "街道党工委",
    "街道政府": "街道办事处",
    "街道人民政府": "街道办事处",
}
_TOWN = re.compile(r"(?<![村城集乡小])(镇|乡)(党委|政府|人民政府|人大|领导|党政|机关)(?!工)")
_STREET = re.compile(r"街道(?:党工委|办事处|人大工委|领导|机关|党政)|(?<![一-鿿])街办")
_INSTEAD = {
    "党委": "街道党工委", "政府": "街道办事处", "人民政府": "街道办事处", "人大": "街道人大工委",
    "领导": "街道领导", "党政": "街道党政", "机关": "街道机关",
}  # fmt: skip
_VILLAGE = re.compile(r"村委会|村民委员会|村支部|村支两委|村两委|村党支部")
_COMMUNITY = re.compile(r"居委会|居民委员会|社区两委|社区居委会")
_DISTRICT = re.compile(
    r"(?<![一-鿿])(县|区|市)(委|政府|人民政府)(?!会)|(?<=[按照、和，在由对向与据省])(县|区|市)(委|政府)(?!会)"
)


def check_levels(document: Document) -> Iterator[Finding]:
    """By the names of the units above where they are known; else by what the text itself mixes."""
    for passage in document.passages:
        yield from _impossible(passage)
    yield from _of_other_kind(document)
    yield from _mixed_districts(document)


def _impossible(passage: Passage) -> Iterator[Finding]:
    for wrong, right in _OF_TOWN.items():
        place = passage.text.find(wrong)
        while place >= 0:
            message = f"“{wrong}”的叫法不对，应为“{right}”。"
            yield passage.finding(WARNING, "level", message, place, place + len(wrong), right)
            place = passage.text.find(wrong, place + 1)


def _of_other_kind(document: Document) -> Iterator[Finding]:
    """A 镇政府 in the summary of a 街道, or the other way round; a 村委会 in one of 社区."""
    names = _names(document.grounds)
    towns, streets = _ending(names, ("镇", "乡")), _ending(names, ("街道",))
    villages, communities = _ending(names, ("村",)), _ending(names, ("社区",))
    text = "\n".join(passage.flat for passage in document.passages)
    for passage in document.passages:
        if (streets and not towns) or (not names and _STREET.search(text)):
            for match in _TOWN.finditer(passage.flat):
                message = f"本单位属{_first(streets, '街道')}，这里写“{match[0]}”，请统一。"
                yield passage.finding(WARNING, "level", message, *match.span(), _INSTEAD[match[2]])
        if towns and not streets:
            for match in _STREET.finditer(passage.flat):
                message = f"本单位属{_first(towns, '镇')}，这里写“{match[0]}”，请统一。"
                yield passage.finding(WARNING, "level", message, *match.span())
        if communities and not villages:
            for match in _VILLAGE.finditer(passage.flat):
                message = f"本单位是社区，这里写“{match[0]}”，请统一。"
                yield passage.finding(WARNING, "level", message, *match.span())
        if villages and not communities:
            for match in _COMMUNITY.finditer(passage.flat):
                message = f"本单位是村，这里写“{match[0]}”，请统一。"
                yield passage.finding(WARNING, "level", message, *match.span())


def _mixed_districts(document: Document) -> Iterator[Finding]:
    """县委 beside 区委: a place is one of them. 市 stands above either and is left alone."""
    top = document.grounds.above[0] if document.grounds.above else document.grounds.own
    found = [
        (passage, match, match[1] or match[3])
        for passage in document.passages
        for match in _DISTRICT.finditer(passage.flat)
    ]
    kinds = {kind for _, _, kind in found} & {"县", "区"}
    right = top[-1:] if top[-1:] in {"县", "区"} else ""
    if not right and len(kinds) > 1:
        counts = {kind: sum(k == kind for _, _, k in found) for kind in kinds}
        right = max(sorted(counts), key=counts.__getitem__)
    for passage, match, kind in found:
        if right and kind in {"县", "区"} - {right}:
            mended = right + match[0][1:]
            message = f"前后“{match[0]}”“{mended}”混用，请统一为“{mended}”。"
            if top[-1:] == right:
                message = f"上级是{top}，这里写“{match[0]}”，请核对。"
            yield passage.finding(WARNING, "level", message, *match.span(), mended)


def _names(grounds: Grounds) -> list[str]:
    return [name for name in (*grounds.above, grounds.own, *sorted(grounds.below)) if name]


def _ending(names, endings) -> list[str]:
    return [name for name in names if name.endswith(endings)]


def _first(names: list[str], otherwise: str) -> str:
    return names[0] if names else otherwise
