"""The public version of frozen content: names of persons covered, rows of evidence left out.

A name is covered wherever it stands, also inside a longer word: 高山 the person is covered in 高山村 too.
Rather one word too many than one person named (domain §6.2, §7.10 rule 10).
"""

import re
from collections.abc import Callable, Iterable

from portal.masks import mask_id, mask_name, mask_phone
from reports.tokens import pieces

DOTS = "·•・‧∙⋅"  # typed for the dot inside a name
NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?P<id>[1-9][0-9]{16}[0-9Xx]|[1-9][0-9]{14})(?![0-9A-Za-z])"
    r"|(?<![0-9])(?P<phone>1[3-9][0-9]{9})(?![0-9])"
)


def without_numbers(text: str) -> str:
    """``text`` with whole ID and mobile numbers masked, whoever typed them there."""

    def covered(match: re.Match) -> str:
        return mask_id(match["id"]) if match["id"] else mask_phone(match["phone"])

    return NUMBERS.sub(covered, text)


def masker(names: Iterable[str]) -> Callable[[str], str]:
    """A function that covers these names, and ID and mobile numbers, in a text without tokens."""
    wanted = sorted(
        {name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True
    )
    if not wanted:
        return without_numbers
    dot = f"[{re.escape(DOTS)}]"
    shapes = (re.sub(dot, lambda _: dot, re.escape(name)) for name in wanted)
    pattern = re.compile("|".join(shapes))

    def masked(text: str) -> str:
        told = re.sub(dot, "·", text) if any(mark in text for mark in DOTS) else text
        # Positions are the same in both: one dot stands for another.
        cut, end = [], 0
        for found in pattern.finditer(text):
            cut += [text[end : found.start()], mask_name(told[found.start() : found.end()])]
            end = found.end()
        return without_numbers("".join([*cut, text[end:]]))

    return masked


def public_content(content: dict, names: Iterable[str]) -> dict:
    """``content`` of an issue with the names covered in title, text and tables, and no evidence.

    Figures keep their numbers: none of them is about one person's name. The argument is not changed.
    """
    masked = masker(names)

    def line(text: str) -> str:
        return "".join(
            masked(piece) if isinstance(piece, str) else f"{{{piece.name}}}"
            for piece in pieces(text)
        )

    def table(data: dict) -> dict:
        """The title is also its token in the text and stays."""
        told = {key: [masked(cell) for cell in data[key]] for key in ("headers", "total")}
        rows = [[masked(cell) for cell in row] for row in data["rows"]]
        return data | told | {"note": masked(data["note"]), "rows": rows}

    sections = [
        section | {"heading": masked(section["heading"]), "text": line(section["text"])}
        for section in content["sections"]
    ]
    return content | {
        "title": masked(content["title"]),
        "sections": sections,
        "tables": [table(data) for data in content["tables"]],
        "evidence": {},
    }


def persons_told(content: dict, names: Iterable[str]) -> list[str]:
    """Which of the names stand in the content's own words, for whoever decides on publishing it."""
    told = [content["title"]]
    told += [section[key] for section in content["sections"] for key in ("heading", "text")]
    told += [cell for data in content["tables"] for row in data["rows"] for cell in row]
    words = "\n".join(told)
    return [name for name in dict.fromkeys(names) if name in words]
