"""Finding people: what was typed is classified first, then one column is asked (STACK, search)."""

import re

from django.db.models import Q, QuerySet

from portal.crypto import keyed_hash
from portal.text import SEPARATOR, SEPARATORS
from portal.width import to_halfwidth

LATIN = re.compile(r"^[a-z]+$")
FOUR = re.compile(r"^(\d{4}|\d{3}x)$")
MOBILE = re.compile(r"^1\d{10}$")
DOTS = re.compile(f"[{re.escape(SEPARATORS)}]")
BLANK_IN_NAME = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")  # 张 三
NUMBER = re.compile(r"^[0-9a-z]{8,20}$")


def search_residents(rows: QuerySet, text: str) -> QuerySet:
    """Residents of ``rows`` by name, pinyin, initials, ID or phone (whole or last four)."""
    typed = to_halfwidth(text).strip().lower()
    compact = typed.replace(" ", "").replace("-", "")
    if not compact:
        return rows.none()
    if FOUR.match(compact):
        tail = compact.upper()
        return rows.filter(
            Q(id_tail_hash=keyed_hash(tail, "id4")) | Q(phone_tail_hash=keyed_hash(tail, "phone4"))
        )
    if MOBILE.match(compact):
        return rows.filter(phone_hash=keyed_hash(compact, "phone"))
    if NUMBER.match(compact) and any(character.isdigit() for character in compact):
        number = compact.upper()
        return rows.filter(
            Q(id_hash=keyed_hash(number, "id")) | Q(phone_hash=keyed_hash(number, "phone"))
        )
    if LATIN.match(compact):
        return rows.filter(
            Q(pinyin__startswith=compact)
            | Q(name_keys__contains=f"|{compact}")
            | Q(name__icontains=typed)
        )
    words = text.strip()
    name = DOTS.sub(SEPARATOR, BLANK_IN_NAME.sub("", words))
    return rows.filter(Q(name__contains=name) | Q(address__contains=words))
