"""The public version of frozen content: names of persons covered, rows of evidence left out.

A name is covered wherever it stands, also inside a longer word: 高山 the person is covered in 高山村 too.
Rather one word too many than one person named (domain §6.2, §7.10 rule 10).
"""

import re
from collections.abc import Callable, Iterable

from portal.masks import mask_id, mask_name, mask_phone
from reports.tokens import pieces

DOTS = "·•・‧∙⋅"  # typed for the dot inside a name
SPACES = "[ \t\u3000\u00a0]*"  # typed between the characters of a short name: 张　三
_HAN = "[㐀-䶿一-鿿\U00020000-\U0003fffd]"
_APART = re.compile(
    rf"(?<!{_HAN})({_HAN})[ \t\u3000\u00a0]+(?={_HAN}{{1,2}}(?!{_HAN}))"
)  # a surname alone, and what follows it
BETWEEN = re.compile(r"[、，,;；/\s（）()]+")  # names that were typed into one cell
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
    whole = (_APART.sub(r"\1", name) for name in names)
    parts = {part for name in whole for part in BETWEEN.split(name) if len(part) > 1}
    wanted = sorted(parts, key=len, reverse=True)
    if not wanted:
        return without_numbers
    dot = f"[{re.escape(DOTS)}]"
    shapes = (
        SPACES.join(dot if letter in DOTS else re.escape(letter) for letter in name)
        for name in wanted
    )
    pattern = re.compile("|".join(shapes))

    def masked(text: str) -> str:
        told = re.sub(dot, "·", text) if any(mark in text for mark in DOTS) else text
        # Positions are the same in both: one dot stands for another.
        cut, end = [], 0
        for found in pattern.finditer(text):
            cut += [text[end : found.start()], _covered(told[found.start() : found.end()])]
            end = found.end()
        return without_numbers("".join([*cut, text[end:]]))

    return masked


def _covered(told: str) -> str:
    """The name as masks show it, its spaces in their places."""
    letters = iter(mask_name("".join(told.split())))
    return "".join(letter if letter.isspace() else next(letters) for letter in told)


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
    unit = content["unit"]
    if unit.get("group"):  # somebody thought of its name; those of units are the state's
        unit = unit | {"name": masked(unit["name"])}
    return content | {
        "title": masked(content["title"]),
        "unit": unit,
        "sections": sections,
        "tables": [table(data) for data in content["tables"]],
        "evidence": {},
    }


def words_of(content: dict) -> str:
    """All words of the content in which a person may be named."""
    told = [content["title"], content["unit"]["name"]]
    told += [section[key] for section in content["sections"] for key in ("heading", "text")]
    for data in content["tables"]:
        told += [data["title"], data["note"], *data["headers"], *data["total"]]
        told += [cell for row in data["rows"] for cell in row]
    return "\n".join(told)
