"""Optimistic locking: what was loaded at one version is saved only over that version."""

import re

from django.db import DatabaseError, models, transaction

from portal.errors import StaleRecord, translating

VERSION = re.compile("[0-9]{1,9}")
LARGEST = 2**31 - 1


def sent_version(text: str) -> int:
    """The version that a form carries; 0, which no row has, for a missing or malformed one."""
    return int(text) if VERSION.fullmatch(text) else 0


class Versioned(models.Model):
    """A row whose ``version`` the database compares and raises with every update.

    ``save()`` sends the version that was loaded. Raises StaleRecord when the row was changed or
    removed meanwhile, OutOfScope and ReferenceOutOfScope when the wall refuses; an update runs in
    a savepoint, so the transaction can go on to show the conflict.

    Updates of ``unversioned`` columns alone neither compare nor raise it, and leave no history.
    """

    unversioned = frozenset()

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *, force_insert=False, update_fields=None, using=None, **kwargs):
        if update_fields is not None:
            update_fields = set(update_fields)
            if not update_fields:
                return
        if force_insert or self._state.adding:
            with translating():
                super().save(
                    force_insert=force_insert, update_fields=update_fields, using=using, **kwargs
                )
            return
        compared = update_fields is None or not update_fields <= self.unversioned
        if compared:
            if "version" in self.get_deferred_fields():
                raise StaleRecord(f"{self._meta.label} {self.pk} was loaded without its version")
            if not 0 < self.version <= LARGEST:  # the column could not even hold it
                raise StaleRecord(f"{self._meta.label} {self.pk} never had the version sent")
            if update_fields is not None:
                update_fields.add("version")
        # Without force_update a row that vanished from view would be inserted a second time.
        kwargs["force_update"] = update_fields is None
        with translating(), transaction.atomic(using or self._state.db):
            try:
                super().save(update_fields=update_fields, using=using, **kwargs)
            except DatabaseError as error:
                if type(error) is DatabaseError and error.__cause__ is None:  # no row was updated
                    raise StaleRecord(f"{self._meta.label} {self.pk} is gone") from error
                raise
        if compared:
            self.version += 1
