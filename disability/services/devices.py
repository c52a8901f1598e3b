"""Writes of the catalogue of assistive devices."""

from django.db import transaction

from disability.models import DeviceClass, DeviceKind


@transaction.atomic
def save_kind(kind: DeviceKind | None, **fields) -> DeviceKind:
    """Store a new or changed entry of the catalogue."""
    return _saved(kind or DeviceKind(), fields)


@transaction.atomic
def save_class(family: DeviceClass | None, **fields) -> DeviceClass:
    """Store a new or changed main class."""
    return _saved(family or DeviceClass(), fields)


def _saved(row, fields):
    for name in fields.keys() - {"versions"}:
        setattr(row, name, fields[name])
    row.full_clean()
    row.save()
    return row
