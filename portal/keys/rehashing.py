"""All hashes by which sealed numbers are found, changed over to another HASH_KEY in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from psycopg import sql

from portal.fields import EncryptedTextField

AT_ONCE = 1000
CODES = {"code_hash", "token_hash", "body_hash"}  # they do not follow from HASH_KEY


class Refused(Exception):
    """Nothing was changed; the message, in Chinese, says what stands in the way."""


def hashed_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Models whose ``derive`` hashes sealed numbers, and the columns of the hashes."""
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        names = [f.column for f in fields if f.column.endswith("_hash") and f.column not in CODES]
        if (
            names
            and hasattr(model, "derive")
            and any(isinstance(f, EncryptedTextField) for f in fields)
        ):
            yield model, names


def rehash_all(connection, key: bytes) -> dict[str, int]:
    """Table -> rows changed. Raises Refused, and CannotOpen for a number that no key opens.

    As the owner of the tables, whose triggers rest meanwhile: no record changes."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _require_standstill(cursor)
        return {
            model._meta.db_table: _rehash(connection, cursor, model, names, key)
            for model, names in hashed_models()
        }


def _require_standstill(cursor) -> None:
    web = settings.DATABASES["default"]["USER"]
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s",
        [web],
    )
    if count := cursor.fetchone()[0]:
        raise Refused(f"网页或后台任务还连着数据库（{count} 个连接），请先全部停止。")


def _rehash(connection, cursor, model, names: list[str], key: bytes) -> int:
    table = sql.Identifier(model._meta.db_table)
    update = sql.SQL("UPDATE {} SET {} WHERE {} = %s").format(
        table,
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names),
        sql.Identifier(model._meta.pk.column),
    )
    cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
    done, after = 0, 0
    while rows := list(
        model._base_manager.using(connection.alias).filter(pk__gt=after).order_by("pk")[:AT_ONCE]
    ):
        after = rows[-1].pk
        changes = [_changed(row, names, key) for row in rows]
        cursor.executemany(update, changes)
        done += len(changes)
    cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
    return done


def _changed(row, names: list[str], key: bytes) -> tuple:
    """The new hashes and the row's key. Raises Refused where the stored ones are of another key."""
    stored = [getattr(row, name) for name in names]
    row.derive()
    if stored != [getattr(row, name) for name in names]:
        raise Refused(
            f"{row._meta.db_table} 的记录 {row.pk} 不是按现在的 HASH_KEY 散列的，请核对 HASH_KEY。"
        )
    with _hashing_by(key):
        row.derive()
    return (*(getattr(row, name) for name in names), row.pk)


@contextmanager
def _hashing_by(key: bytes):
    present, settings.HASH_KEY = settings.HASH_KEY, key
    try:
        yield
    finally:
        settings.HASH_KEY = present
