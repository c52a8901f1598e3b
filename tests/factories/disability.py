"""Disability files and certificates."""

from datetime import date

from disability.models import Certificate, DisabilityFile


def disability_file(person, opened_on=date(2020, 1, 1), **fields) -> DisabilityFile:
    fields = {"components": ["42"]} | fields
    return DisabilityFile.objects.create(
        unit=person.unit, resident=person, opened_on=opened_on, **fields
    )


def certificate(person, category="4", level="2", occurred_on=date(2020, 1, 1), **fields):
    fields.setdefault("number", f"{person.id_number}{category}{level}")
    return Certificate.objects.create(
        unit=person.unit,
        resident=person,
        category=category,
        level=level,
        occurred_on=occurred_on,
        **fields,
    )
