"""The history of one record, told from the change log in the words of its form."""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format

from portal.fields import EncryptedTextField
from portal.models.users import User

EMPTY, SEALED, HIDDEN, UNSEEN = "—", "（已加密）", "（内容不记录）", "（不在您的范围内）"
_NOT_LOGGED = "(hidden)"  # what the trigger writes for columns that it keeps out of the log
ACTIONS = {"insert": "登记", "update": "修改", "delete": "彻底删除"}
BINNED, RESTORED = "移入回收站", "恢复"
ACTORS = {"anonymous": "未登录访客", "owner": "系统维护", "job": "后台任务", "command": "后台命令"}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    """One statement's effect on the record; ``when`` is local time. ``reason`` is why a record of a
    closed period was corrected."""

    when: datetime
    actor_label: str
    action: str
    changes: list[Change]
    reason: str = ""


@dataclass(frozen=True)
class Logged:
    row: int
    at: datetime
    actor: str
    op: str
    before: dict
    after: dict
    reason: str = ""


def history_of(instance) -> list[HistoryEntry]:
    """What happened to the record, newest first, as far as the present scope may read the log.

    Columns that nobody edits (keys derived from others, who and when) are left out; the first
    entry has no changes, because the record itself tells the rest.
    """
    told = _read(instance._meta, [instance.pk])
    return _entries(Words(instance, told), told).get(instance.pk, [])


def changes_since(model, keys: Iterable[int], since: datetime) -> dict[int, list[HistoryEntry]]:
    """What happened after ``since`` to the records with these keys, of each newest first, as far as the
    present scope may read the log; records to which nothing happened are left out."""
    told = _read(model._meta, list(keys), since)
    return _entries(Words(model, told), told)


def _entries(words: "Words", logged: list[Logged]) -> dict[int, list[HistoryEntry]]:
    found = defaultdict(list)
    for entry in logged:
        found[entry.row].append(
            HistoryEntry(
                when=timezone.localtime(entry.at),
                actor_label=words.actor(entry.actor),
                action=_action(entry),
                changes=words.changes(entry) if entry.op == "update" else [],
                reason=entry.reason,
            )
        )
    return found


def _read(options, keys: list[int], since: datetime | None = None) -> list[Logged]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_id, at, actor, op, before::text, after::text, coalesce(reason, '')"
            " FROM audit.log"
            " WHERE table_name = %s AND row_id = ANY(%s)"
            " AND (%s::timestamptz IS NULL OR at > %s) ORDER BY id DESC",
            [options.db_table, keys, since, since],
        )
        return [
            Logged(row, at, actor, op, parsed(before), parsed(after), reason)
            for row, at, actor, op, before, after, reason in cursor.fetchall()
        ]


def parsed(text: str | None) -> dict:
    return json.loads(text, parse_float=Decimal) if text else {}


def _action(entry: Logged) -> str:
    if entry.op == "update" and "deleted_at" in entry.after:
        return BINNED if entry.after["deleted_at"] else RESTORED
    return ACTIONS[entry.op]


class Words:
    """Names for columns, values, records and actors; related names are read once per model.

    ``about`` is the record, or the model where several are told of."""

    def __init__(self, about, logged: list[Logged]):
        self.about, self.logged = about, logged
        self.fields = {f.column: f for f in about._meta.concrete_fields if f.editable}

    def changes(self, entry: Logged) -> list[Change]:
        return [
            Change(
                label=str(field.verbose_name),
                before=self.value(field, entry.before[column]),
                after=self.value(field, entry.after[column]),
            )
            for column, field in self.fields.items()
            if column in entry.after
        ]

    def value(self, field, value) -> str:
        if value is None or value in ("", []):
            return EMPTY
        if value == _NOT_LOGGED:
            return HIDDEN
        match field:
            case EncryptedTextField():
                return SEALED
            case models.ForeignKey():
                return self._related[field.related_model].get(value, UNSEEN)
            case ArrayField():
                return "、".join(self.value(field.base_field, item) for item in value)
            case models.BooleanField():
                return "是" if value else "否"
            case models.DateTimeField():
                moment = timezone.localtime(parse_datetime(value))
                return date_format(moment, "Y年n月j日 H:i")
            case models.DateField():
                return date_format(parse_date(value), "Y年n月j日")
        known = dict(field.flatchoices) if isinstance(value, Hashable) else {}
        return str(known[value] if known and value in known else value)

    @cached_property
    def _related(self) -> dict[type, dict]:
        wanted = defaultdict(set)
        for entry in self.logged:
            for side in (entry.before, entry.after) if entry.op == "update" else ():
                for column, key in side.items():
                    field = self.fields.get(column)
                    if key is not None and isinstance(field, models.ForeignKey):
                        wanted[field.related_model].add(key)
        return {
            model: {row.pk: str(row) for row in model._base_manager.filter(pk__in=keys)}
            for model, keys in wanted.items()
        }

    def actor(self, actor: str) -> str:
        kind, _, key = actor.partition(":")
        if kind == "user":
            return self._names.get(int(key), f"账号 {key}")
        if kind == "volunteer":  # by their own link; a withdrawal moves others up
            of = getattr(self.about, "volunteer_id", None)
            another = isinstance(of, int) and of != int(key)
            return "另一位志愿者" if another else "志愿者本人"
        label = ACTORS.get(kind, kind)
        return f"{label} {key}" if key else label

    @cached_property
    def _names(self) -> dict[int, str]:
        kinds = (entry.actor.partition(":") for entry in self.logged)
        keys = {int(key) for kind, _, key in kinds if kind == "user"}
        return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
