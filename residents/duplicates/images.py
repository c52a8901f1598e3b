"""A resident's row as the database keeps it, sealed numbers sealed; taken and put back."""

import json

from django.db import connection
from psycopg import sql

from portal.errors import settle
from residents.models import Resident

# The version goes on, and units are put back with care (see undoing).
NOT_RESTORED = frozenset({"id", "version", "unit_ids"})


def image_of(resident: Resident) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(r)::text FROM residents_resident r WHERE id = %s", [resident.pk]
        )
        return json.loads(cursor.fetchone()[0])


def put_back(image: dict) -> None:
    """Give the row every value of the image that is still a column."""
    present = {field.column for field in Resident._meta.local_concrete_fields}
    columns = sorted(present & image.keys() - NOT_RESTORED)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL(
        "UPDATE residents_resident SET ({}) = (SELECT {} FROM"
        " jsonb_populate_record(NULL::residents_resident, %s)) WHERE id = %s"
    ).format(names, names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(image), image["id"]])


def settle_numbers() -> None:
    """Ask now what the commit would ask; from here on a number is again checked at each statement."""
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS resident_number_one_person IMMEDIATE")
