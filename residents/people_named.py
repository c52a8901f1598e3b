"""Residents whose names stand in a text, for whoever must keep them out of it."""

import re
from collections import defaultdict
from datetime import date

from portal.people_named import Named, Register, register
from portal.text import SEPARATOR
from residents.ages import age_on
from residents.enums import ConsentKind
from residents.models import Consent, Resident

ADULT = 18
LONGEST = 4  # characters of a name without ·; 欧阳娜娜
_LETTER = "[㐀-䶿一-鿿\U00020000-\U0003fffd]"
_HAN = re.compile(rf"{_LETTER}{{2,}}")
_APART = re.compile(rf"(?<={_LETTER})[ \t\u3000\u00a0]+(?={_LETTER})")  # 张　三
_PARTED = re.compile(rf"[一-鿿]{{1,12}}(?:{SEPARATOR}[一-鿿]{{1,12}}){{1,4}}")
PUBLIC = re.compile(r"公开|公示|总结|宣传|典型|报道|署名|实名")  # purposes that a summary is one of


def candidates(text: str) -> set[str]:
    """The character sequences of a text that may be a name: its pieces of two to four characters, and
    names in parts (阿卜杜·买买提) with whatever stands before them; also where spaces stand between."""
    found = _pieces(text)
    if (close := _APART.sub("", text)) != text:
        found |= _pieces(close)
    return found


def _pieces(text: str) -> set[str]:
    found = set()
    for run in _HAN.findall(text):
        for size in range(2, LONGEST + 1):
            found |= {run[place : place + size] for place in range(len(run) - size + 1)}
    for match in _PARTED.finditer(text):
        parts, end = match[0], match[0].index(SEPARATOR)
        last = parts.rindex(SEPARATOR)
        for start in range(end):
            found |= {parts[start:stop] for stop in range(last + 2, len(parts) + 1)}
    return found


def residents_named(units: frozenset[int], text: str, day: date) -> list[Named]:
    """By name: a minor on that day, and whether all who bear it agreed to be named in public."""
    people = Resident.objects.kept().filter(unit__in=units, name__in=candidates(text))
    by_name = defaultdict(list)
    for pk, name, born_on in people.values_list("pk", "name", "born_on"):
        by_name[name].append((pk, born_on))
    agreed = _agreed([pk for rows in by_name.values() for pk, _ in rows], day)
    return [
        Named(
            name,
            is_minor=any(
                (age := age_on(born, day)) is not None and age < ADULT for _, born in rows
            ),
            consented=all(pk in agreed for pk, _ in rows),
        )
        for name, rows in sorted(by_name.items())
    ]


def _agreed(people: list[int], day: date) -> set[int]:
    """Those with a consent in force on that day whose purpose is to be shown in public."""
    given = Consent.objects.filter(
        resident__in=people,
        kind__in=[ConsentKind.CONSENT, ConsentKind.SEPARATE],
        occurred_on__lte=day,
    ).exclude(withdrawn_on__lte=day)
    return {
        pk for pk, purpose in given.values_list("resident", "purpose") if PUBLIC.search(purpose)
    }


register(Register("residents", residents_named))
