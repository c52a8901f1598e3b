"""What whoever holds a certificate learns without signing in: asked of a reviewed function, nothing else.

It works as the public role (``portal.marks.anonymous``), which reads no table.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from portal.crypto import decrypt
from portal.public_functions import rows_of
from volunteers.enums.certificates import CertificateState
from volunteers.models import ServiceCertificate
from volunteers.selectors.certificate_papers import Paper
from volunteers.selectors.certificates import code_of, hash_of_code

SEAL = ServiceCertificate._meta.get_field("content").context


def verify_path(certificate) -> str:
    """The path that the QR of the paper carries."""
    return reverse("public-verified", args=[code_of(certificate)])


@dataclass(frozen=True)
class Verified:
    """The paper as it was issued; ``revoked_on`` is the day from which it no longer holds."""

    paper: Paper
    revoked_on: date | None


def verified(code: str, number: str | None = None) -> Verified | None:
    """The certificate of the code; None alike for one that is not there and a number that is not its own."""
    [row] = rows_of("volunteers_public_certificate(%s)", hash_of_code(code))
    paper = Paper(decrypt(row["content"], SEAL)) if row["content"] else None
    known = paper.number if paper else ""
    fits = number is None or hmac.compare_digest(known.encode(), number.encode())
    if paper is None or not fits:
        return None
    revoked = row["state"] == CertificateState.REVOKED
    return Verified(paper, row["revoked_on"] if revoked else None)
