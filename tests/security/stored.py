"""What every stored row must be, asked of the database itself (SECURITY row 20).

Texts hold no control character but tab and line end, are no longer than their field allows, and choices
are of their list; of sealed texts the same is asked of what they open to. A citizen's number that its
record does not call faulty has the right check digit.
"""

import re
from functools import cache

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from portal.fields import EncryptedTextField
from residents.id_numbers import IdFault, IdKind
from residents.models import Resident

CONTROL = r"[\x01-\x08\x0b-\x1f\x7f]"
CONTROL_IN_JSON = r"\\u00([01][0-8bcef]|7f)"
SEALED_CONTROLS = {chr(code) for code in (*range(9), *range(0x0B, 0x20), 0x7F)}
SESSION_TABLES = {"django_session", "portal_session", "portal_submission"}
OF_SESSION = re.compile("|".join(SESSION_TABLES))
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|COPY|WITH)\b", re.IGNORECASE)
NAMED = 40  # characters of a bad value that a message shows


@cache
def models_by_table() -> dict:
    found = apps.get_models(include_auto_created=True)
    return {m._meta.db_table: m for m in found if m._meta.managed and not m._meta.proxy}


class Writes:
    """The tables that are written to meanwhile: ``with connection.execute_wrapper(Writes())``.

    The database itself is asked, triggers and all, but only from the first statement on that writes to
    more than the account's own session: most requests come to none.
    """

    def __init__(self):
        self._before = None

    def __call__(self, execute, sql, params, many, context):
        if self._before is None and WRITING.match(sql) and not OF_SESSION.search(sql):
            self._before = {}  # the count itself passes by here
            self._before = _rows_written()
        return execute(sql, params, many, context)

    def tables(self) -> set[str]:
        if self._before is None:
            return set()
        now = _rows_written().items()
        return {name for name, count in now if count != self._before.get(name)} - SESSION_TABLES


def _rows_written() -> dict[str, int]:
    """Table → how many rows this transaction has written to it up to now, undone ones too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, count FROM pg_class, LATERAL (SELECT"
            " pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) AS count) c"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND count > 0"
        )
        return dict(cursor.fetchall())


def broken_rows(tables) -> list[str]:
    """What is wrong in these tables; rows are seen as far as the present scope goes."""
    known = models_by_table()
    return [fault for name in sorted(tables) if name in known for fault in _faults(known[name])]


def _faults(model):
    conditions, table = _conditions(model), model._meta.db_table
    if conditions and _first(
        table, "1", " OR ".join(f"({c})" for _, c, _ in conditions), conditions
    ):
        for each in conditions:
            column, condition, _ = each
            name = connection.ops.quote_name(column)
            for value in _first(table, f"left({name}::text, {NAMED})", condition, [each]):
                yield f"{table}.{column}: {value!r} is against {condition}"
    yield from _sealed_faults(model)
    if model is Resident:
        yield from _number_faults()


def _first(table: str, wanted: str, condition: str, conditions) -> list:
    """What is wanted of one row that meets the condition; none: an empty list."""
    parameters = [each for *_, parameters in conditions for each in parameters]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {wanted} FROM "{table}" WHERE {condition} LIMIT 1', parameters)
        return [value for (value,) in cursor.fetchall()]


@cache
def _conditions(model) -> list[tuple]:
    """(column, SQL that is true of a bad value, parameters)."""
    found = []
    for each in model._meta.local_concrete_fields:
        name = connection.ops.quote_name(each.column)
        inner = each.base_field if isinstance(each, ArrayField) else each
        if isinstance(each, EncryptedTextField) or each.is_relation:
            continue
        if isinstance(each, models.JSONField):
            found.append((each.column, f"{name}::text ~ %s", [CONTROL_IN_JSON]))
        elif isinstance(inner, models.CharField | models.TextField):
            found.append((each.column, f"{name}::text ~ %s", [CONTROL]))
        if isinstance(each, models.TextField) and each.max_length:
            found.append((each.column, f"char_length({name}) > {each.max_length}", []))
        if inner.choices and not isinstance(inner, models.BooleanField):
            allowed = [str(value) for value, _ in inner.flatchoices] + ([""] if inner.blank else [])
            asked = f"NOT {name}::text[] <@ %s" if inner is not each else f"{name}::text <> ALL(%s)"
            found.append((each.column, asked, [allowed]))
    return found


def _sealed_faults(model):
    sealed = [f for f in model._meta.local_concrete_fields if isinstance(f, EncryptedTextField)]
    if not sealed:
        return
    for row in model._default_manager.values_list(*(f.attname for f in sealed)):
        for each, text in zip(sealed, row, strict=True):
            if SEALED_CONTROLS & set(text or "") or len(text or "") > each.max_length:
                yield f"{model._meta.db_table}.{each.column} (sealed): {text[:NAMED]!r}"


def _number_faults():
    for person in Resident.objects.filter(id_kind=IdKind.CITIZEN):
        number = person.id_number
        if number and IdFault.CHECK not in person.id_faults and not has_check_digit(number):
            yield f"resident {person.pk}: the check digit is wrong, and no fault is noted"


def has_check_digit(number: str) -> bool:
    """GB 11643: an 18-digit number's last character follows from the others (ISO 7064, MOD 11-2)."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]
