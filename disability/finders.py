"""Certificates for the one search box, by their whole number."""

from django.core.exceptions import ValidationError

from disability.certificate_numbers import parse_certificate
from portal.crypto import keyed_hash
from portal.finders import Finder, register


def certificates_found(rows, text):
    try:
        number = parse_certificate(text).number
    except ValidationError:
        return rows.none()
    return rows.filter(number_hash=keyed_hash(number, "certificate"))


def certificate_hit(certificate) -> dict:
    return {
        "name": certificate.resident.name,
        "note": f"{certificate.get_category_display()}{certificate.get_level_display()}",
        "number": certificate.masked_number,
        "place": str(certificate.unit),
    }


register(Finder("disability.certificates", "certificates", certificates_found, certificate_hit))
