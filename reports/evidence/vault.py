"""Bundles at rest: compressed, sealed, found by the hash of their clear bytes."""

import json
import zlib

from django.utils import timezone

from portal.crypto import CannotOpen, decrypt_bytes, encrypt_bytes
from portal.scope import Denied
from reports.frozen import Damaged, canonical, hash_of
from reports.models import Bundle

DISPOSED = (
    "这些依据与一份已依法处置的签发件完全相同，不能再次签发；需要更正的，请先改动总结的文字。"
)


def keep(bundle: dict, unit) -> Bundle:
    """Store a bundle; one that is there already is not stored again. Raises Denied where the same evidence
    was disposed of by law: what was destroyed does not come back."""
    clear = canonical(bundle)
    sha256 = hash_of(clear)
    if (kept := Bundle.objects.filter(sha256=sha256).defer("sealed").first()) is not None:
        if Bundle.objects.filter(pk=kept.pk, sealed=b"").exists():
            raise Denied(DISPOSED)
        return kept
    sealed = encrypt_bytes(zlib.compress(clear), context_of(sha256))
    return Bundle.objects.create(
        unit=unit, sha256=sha256, sealed=sealed, size=len(clear), made_at=timezone.now()
    )


def opened(bundle: Bundle) -> dict:
    """The JSON document. Raises Damaged where it does not open or is not what was sealed."""
    try:
        clear = zlib.decompress(decrypt_bytes(bytes(bundle.sealed), context_of(bundle.sha256)))
    except (CannotOpen, zlib.error) as error:
        raise Damaged(f"bundle {bundle.pk} does not open") from error
    if hash_of(clear) != bundle.sha256:
        raise Damaged(f"bundle {bundle.pk} does not give its hash")
    return json.loads(clear)


def context_of(sha256: str) -> bytes:
    return f"evidence:{sha256}".encode()
