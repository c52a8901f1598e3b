"""Destroying files for good: only where the record that they belong to is disposed of by law."""

from django.db import transaction

from portal.attachments import vault
from portal.attachments.services import bound_to


def destroy_files(record) -> int:
    """Take the record's files away, those in the bin too, rows and sealed content, once the present
    transaction commits; how many. The change log keeps that they were there, and their hashes."""
    rows = bound_to(record)
    names = list(rows.values_list("name", flat=True))
    rows.delete()
    for name in names:
        transaction.on_commit(lambda name=name: _drop(name), robust=True)
    return len(names)


def _drop(name: str) -> None:
    """What a crash leaves here has no row: the nightly sweep takes it."""
    for each in (name, name + vault.THUMBNAIL):
        for tail in ("", vault.PART):
            vault.drop(vault.path_of(each + tail))
