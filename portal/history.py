"""The history of one record, told from the change log in the words of its form."""

import json
from collections import defaultdict
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
class _Logged:
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
    logged = _read(instance)
    words = _Words(instance, logged)
    return [
        HistoryEntry(
            when=timezone.localtime(entry.at),
            actor_label=words.actor(entry.actor),
            action=_action(entry),
            changes=words.changes(entry) if entry.op == "update" else [],
            reason=entry.reason,
        )
        for entry in logged
    ]


def _read(instance) -> list[_Logged]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, actor, op, before::text, after::text, coalesce(reason, '') FROM audit.log"
            " WHERE table_name = %s AND row_id = %s ORDER BY id DESC",
            [instance._meta.db_table, instance.pk],
        )
        return [
            _Logged(at, actor, op, _parsed(before), _parsed(after), reason)
            for at, actor, op, before, after, reason in cursor.fetchall()
        ]


def _parsed(text: str | None) -> dict:
    return json.loads(text, parse_float=Decimal) if text else {}


def _action(entry: _Logged) -> str:
    if entry.op == "update" and "deleted_at" in entry.after:
        return BINNED if entry.after["deleted_at"] else RESTORED
    return ACTIONS[entry.op]


class _Words:
    """Names for columns, values, records and actors; related names are read once per model."""

    def __init__(self, instance, logged: list[_Logged]):
        self.instance, self.logged = instance, logged
        self.fields = {f.column: f for f in instance._meta.concrete_fields if f.editable}

    def changes(self, entry: _Logged) -> list[Change]:
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
        return str(dict(field.flatchoices).get(value, value))

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
            of = getattr(self.instance, "volunteer_id", None)
            return "志愿者本人" if of in {None, int(key)} else "另一位志愿者"
        label = ACTORS.get(kind, kind)
        return f"{label} {key}" if key else label

    @cached_property
    def _names(self) -> dict[int, str]:
        kinds = (entry.actor.partition(":") for entry in self.logged)
        keys = {int(key) for kind, _, key in kinds if kind == "user"}
        return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
