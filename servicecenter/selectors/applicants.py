"""Finding applicants: residents and those from outside, by one typed text."""

from django.db.models import Q, QuerySet

from portal.crypto import keyed_hash
from portal.width import to_halfwidth
from residents.selectors import FOUR, LATIN, MOBILE, NUMBER


def search_outsiders(rows: QuerySet, text: str) -> QuerySet:
    """Outsiders of ``rows`` by name, pinyin, initials, number (whole or its last four) or the last four
    of the phone; a phone typed whole is found by its last four."""
    typed = to_halfwidth(text).strip().lower()
    compact = typed.replace(" ", "").replace("-", "")
    if not compact:
        return rows.none()
    by_name = Q(name__icontains=text.strip())
    if FOUR.match(compact):
        tail = compact.upper()
        return rows.filter(
            Q(number_tail_hash=keyed_hash(tail, "id4"))
            | Q(phone_tail_hash=keyed_hash(tail, "phone4"))
            | by_name
        )
    if MOBILE.match(compact):
        return rows.filter(phone_tail_hash=keyed_hash(compact[-4:], "phone4"))
    if NUMBER.match(compact) and any(sign.isdigit() for sign in compact):
        return rows.filter(number_hash=keyed_hash(compact.upper(), "id"))
    if LATIN.match(compact):
        sounds = Q(pinyin__startswith=compact) | Q(name_keys__contains=f"|{compact}")
        return rows.filter(sounds | by_name)
    return rows.filter(by_name | Q(contact__contains=text.strip()))
