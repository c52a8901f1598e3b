"""Ten codes on paper for the day on which the phone is lost; each opens once.

24 characters of 31 are 118 bits, so that a keyed hash of them is enough (ASVS 6.5.2 asks for 112).
"""

import secrets

from portal.accounts.passwords import ALPHABET
from portal.crypto import keyed_hash
from portal.models import RecoveryCode

CODES, GROUPS, LENGTH = 10, 6, 4


def compact(typed: str) -> str:
    """Without what separates groups on paper, in lower case."""
    return "".join(typed.replace("-", " ").split()).lower()


def _hash(user, code: str) -> str:
    return keyed_hash(f"{user.pk}:{compact(code)}", "recovery-code")


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def renew(user) -> list[str]:
    """Ten new ones in place of what was left; kept nowhere but in their hashes."""
    drop(user)
    codes = [_new_code() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=_hash(user, code)) for code in codes
    )
    return codes


def use(user, typed: str) -> bool:
    """Whether it was one of them; from now on it is not."""
    if len(typed) != GROUPS * LENGTH:
        return False
    count, _ = RecoveryCode.objects.filter(user=user, code_hash=_hash(user, typed)).delete()
    return count > 0


def left(user) -> int:
    return RecoveryCode.objects.filter(user=user).count()


def drop(user) -> None:
    RecoveryCode.objects.filter(user=user).delete()
