"""办证申请, stored and moved on as the pages do it."""

from datetime import date

from disability.enums.applications import Business, StepKind
from disability.models import CertificateApplication
from disability.services import applications as services


def certificate_application(
    person, business=Business.RENEW, occurred_on=date(2025, 3, 3), **fields
):
    certificate = services.current_certificate(person, person.unit)
    draft = CertificateApplication(
        unit=person.unit,
        resident=person,
        business=business,
        occurred_on=occurred_on,
        certificate=certificate if business != Business.NEW else None,
        **fields,
    )
    return services.apply(draft, by=None)


def take(application, *steps, **values):
    """``(kind, day)`` one after another; ``values`` go with the assessment."""
    for kind, on in steps:
        given = values if kind == StepKind.ASSESS else {}
        services.take([application], services.Taken(kind, on, "李主任", "说明", given), by=None)
    application.refresh_from_db()
    return application
