"""Read settings from the environment; a missing or malformed one names itself and the remedy."""

import base64
import binascii
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REMEDY = "Run through script/manage or script/server, or see docs/deploy/environment.md."


def given(name: str) -> str:
    """What the environment says of ``name``: the value itself, or the content of the file that
    ``<name>_FILE`` names, without blanks around it. Raises ImproperlyConfigured for both at once, and for
    a file that cannot be read."""
    value, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if not path:
        return value
    if value:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: take one away.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is no text"
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read: {reason}.") from None


def require(name: str, meaning: str) -> str:
    """The value of ``name``; raises ImproperlyConfigured saying what it is for and what to do."""
    value = given(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set ({meaning}). {REMEDY}")
    return value


def optional(name: str, default: str = "") -> str:
    return given(name) or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on; raises ImproperlyConfigured for anything but a yes or a no."""
    value = given(name).strip().lower()
    if value in {"", "0", "false", "no", "off"}:
        return default if value == "" else False
    if value in {"1", "true", "yes", "on"}:
        return True
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def whole_number(name: str, default: int) -> int:
    """A number of at least 0; raises ImproperlyConfigured for anything else."""
    value = given(name).strip()
    if not value:
        return default
    if not value.isascii() or not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def share(name: str, default: int) -> int:
    """A number of percent, 0 to 100; raises ImproperlyConfigured for anything else."""
    value = whole_number(name, default)
    if value > 100:
        raise ImproperlyConfigured(f"{name} must be 0 to 100 (percent), not {value}.")
    return value


def one_of(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; raises ImproperlyConfigured for any other."""
    value = optional(name, default).strip().lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def listed(name: str, default: str = "") -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [part.strip() for part in optional(name, default).split(",") if part.strip()]


def _key_bytes(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(
            f"{name} must hold base64 of 32 random bytes: "
            "python3 -c 'import os,base64;print(base64.b64encode(os.urandom(32)).decode())'"
        )
    return key


def secret_key_bytes(name: str, meaning: str) -> bytes:
    """One 32-byte key."""
    return _key_bytes(name, require(name, meaning))


def further_key_bytes(name: str) -> bytes | None:
    """One 32-byte key that need not be there."""
    text = optional(name)
    return _key_bytes(name, text) if text else None


def numbered_keys(name: str, meaning: str) -> dict[int, bytes]:
    """Numbered 32-byte keys, ``1:<base64>,2:<base64>``; the last one seals new values."""
    keys = {}
    for part in require(name, meaning).split(","):
        number, separator, text = part.strip().partition(":")
        if not separator or not number.isdecimal():
            raise ImproperlyConfigured(f"{name} must look like 1:<base64>[,2:<base64>]. {REMEDY}")
        keys[int(number)] = _key_bytes(name, text)
    return keys


def web_address(name: str, hosts: list[str], *, https: bool) -> str:
    """The portal's own address without a slash at its end; if not given, that of the first host that is
    one machine; "" where there is none. Raises ImproperlyConfigured for what is no web address."""
    given = optional(name).rstrip("/")
    if given:
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise ImproperlyConfigured(
                f"{name} must be an address like https://portal.example.org."
            )
        return given
    host = next((host for host in hosts if host[:1] not in {"", "*", "."}), "")
    return f"{'https' if https else 'http'}://{host}" if host else ""
