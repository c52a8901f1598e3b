"""Single-use passwords: random, easy to read out, shown once."""

import secrets

# Without 0/o, 1/l/i: they are read from paper by tired eyes.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, LENGTH = 4, 4  # 16 characters of 31: 79 bits


def single_use_password() -> str:
    """Four groups of four characters; the account must change it at the first sign-in."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
