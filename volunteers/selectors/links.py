"""The links of volunteers: to their own page, and to check in at a shift. Codes are derived by key."""

import hmac

from django.urls import reverse

from portal.codes import code_from
from portal.crypto import keyed_hash
from portal.width import to_halfwidth

LONGEST_NUMBER = 24


def personal_code(pk: int, serial: int) -> str:
    """Derived by key from the volunteer's id and the serial of their link: nothing is stored, a card
    can be printed again, and a lost one is made void by the next serial."""
    return code_from(keyed_hash(f"{pk}.{serial}", "volunteer link"))


def checkin_code(pk: int) -> str:
    """That of a shift."""
    return code_from(keyed_hash(str(pk), "shift check-in"))


def personal_path(volunteer) -> str:
    """The path that a volunteer's card carries: their number and their code."""
    code = personal_code(volunteer.pk, volunteer.link_serial)
    return reverse("public-me-link", args=[volunteer.serial_number, code])


def checkin_path(shift) -> str:
    """The path that the shift's poster carries."""
    return reverse("public-shift", args=[shift.pk, checkin_code(shift.pk)])


def same(code: str, typed: str) -> bool:
    """Whether the typed code is this one, at the same pace for any two texts."""
    return hmac.compare_digest(code.encode(), typed.strip().upper().encode())


def typed_number(text: str) -> str:
    """A volunteer's number as typed: full-width letters and blanks are forgiven."""
    return "".join(to_halfwidth(text.replace("\0", "")).split())[:LONGEST_NUMBER]
