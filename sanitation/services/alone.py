"""Storing what may stand only once: two clerks at the same moment must not both find the place free."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction

LOCK = 7206  # the first of two numbers; the community is the second


@transaction.atomic
def store_alone(record, faults):
    """Save the record unless ``faults(record)`` finds one in its place; one at a time for a community.

    Raises ValidationError by field.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, record.community_id])
    if found := faults(record):
        raise ValidationError(found)
    record.save()
    return record
