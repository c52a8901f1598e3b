"""Writes of more than one row, and those whose rule spans several rows."""

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.models import next_serial
from portal.office.models import (
    Facility,
    FacilityZone,
    IssuedCertificate,
    SealUse,
)

SERIES = "certificate"


@transaction.atomic
def store_certificate(certificate: IssuedCertificate, *, seal, copies, approver, by):
    """Store a certificate with its one row of the seal register; a new one gets its number.

    The numbers of a unit and year have no gaps: the counter's row stays locked until the
    certificate is committed, or both are undone.
    """
    if certificate._state.adding:
        certificate.recorded_by = by
        certificate.year = certificate.occurred_on.year
        certificate.number = next_serial(certificate.unit, SERIES, certificate.year)
    certificate.save()
    use = SealUse.objects.filter(certificate=certificate).first()
    if use is None:
        use = SealUse(
            unit=certificate.unit, certificate=certificate, domains=["office"], recorded_by=by
        )
    use.occurred_on = certificate.occurred_on
    use.document = f"{certificate.get_kind_display()}{certificate.label}"
    use.user = certificate.issued_by
    use.seal, use.copies, use.approver = seal, copies, approver
    use.save()
    return certificate


@transaction.atomic
def store_zone(zone: FacilityZone, *, by) -> FacilityZone:
    """Store a zone. Raises ValidationError where the zones would be larger than their facility."""
    whole = Facility.objects.select_for_update().get(pk=zone.facility_id)
    others = FacilityZone.objects.kept().filter(facility=whole).exclude(pk=zone.pk)
    taken = sum(others.values_list("area", flat=True))
    if zone.area + taken > whole.area:
        left = max(whole.area - taken, 0)
        raise ValidationError(
            f"功能区面积之和不能超过设施面积 {whole.area}㎡，还可填 {left}㎡。", code="zone"
        )
    if zone._state.adding:
        zone.recorded_by = by
    zone.save()
    return zone


@transaction.atomic
def store_facility(facility: Facility, *, by) -> Facility:
    """Store a facility. Raises ValidationError where its zones would be larger than it."""
    if facility._state.adding:
        facility.recorded_by = by
        facility.save()
        return facility
    Facility.objects.select_for_update().get(pk=facility.pk)
    zones = sum(
        FacilityZone.objects.kept().filter(facility=facility).values_list("area", flat=True)
    )
    if zones > facility.area:
        raise ValidationError(f"设施面积不能小于各功能区面积之和 {zones}㎡。", code="zone")
    facility.save()
    return facility
