"""The code on a receipt: with the case's number it lets the applicant see where the case stands."""

import hmac

from portal.codes import code_from
from portal.crypto import keyed_hash


def receipt_code(number: str) -> str:
    """Derived by key from the number: nothing is stored, and a paper can be printed again."""
    return code_from(keyed_hash(number, "receipt"))


def rating_token(case_id: int, serial: int) -> str:
    """The token of a case's invitation to rate: 128 bits by key, so that a paper can be printed again."""
    return keyed_hash(f"{case_id}.{serial}", "rating token")


def fits(number: str, code: str) -> bool:
    """Whether the code is that of the number, at the same pace for any two texts."""
    return hmac.compare_digest(receipt_code(number).encode(), code.strip().upper().encode())
