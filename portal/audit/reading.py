"""The change log as the auditor reads it: filtered entries within the units where ``audit.read`` is held."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from portal.history import ACTORS, Logged, Words, parsed
from portal.models import AccessLog, SecurityEvent, User

MOST_COUNTED = 10_000  # of one search; a narrower one shows the rest
READ, ACCOUNT, RIGHTS = "read", "account", "rights"
ACTS = {
    "insert": "登记",
    "update": "修改",
    "delete": "删除",
    READ: "查阅和导出",
    ACCOUNT: "登录和账号",
    RIGHTS: "角色和策略",
}
TABLES_OF = {
    READ: ["portal_accesslog"],
    ACCOUNT: ["portal_securityevent", "portal_user"],
    RIGHTS: ["portal_roleassignment", "portal_securitypolicy"],
}
LONGEST = 300  # characters of one value on the page
UNTOLD = "（内容不展开）"
# Conditions that are not asked fold away: their values are constants to the planner. An event of an account is also
# that account's: at sign-in the actor is nobody yet.
_WHERE = """
    FROM audit.log
    WHERE at >= %(since)s AND at < %(until)s
      AND (unit_ids && %(units)s::bigint[] OR unit_ids = '{}')
      AND (%(actor)s = '' OR actor = %(actor)s
        OR table_name = 'portal_securityevent' AND 'user:' || (after ->> 'user_id') = %(actor)s)
      AND (%(table)s = '' OR table_name = %(table)s)
      AND (%(op)s = '' OR op = %(op)s)
      AND (%(tables)s::text[] = '{}' OR table_name = ANY (%(tables)s::text[]))
      AND (%(row)s::bigint IS NULL OR row_id = %(row)s)
      AND (%(entry)s::bigint IS NULL OR id = %(entry)s)
"""
_FOUND = (
    "SELECT id, at, actor, coalesce(request, ''), coalesce(address, ''), table_name, row_id, op,"
    " before::text, after::text, coalesce(reason, '')"
    + _WHERE
    + "ORDER BY id DESC LIMIT %(limit)s OFFSET %(offset)s"
)
_COUNTED = "SELECT count(*) FROM (SELECT" + _WHERE + "LIMIT %(limit)s) AS found"  # noqa: S608  constants


@dataclass(frozen=True)
class Asked:
    """What is looked for; days are local and both included. "" and None leave a condition out."""

    since: datetime.date
    until: datetime.date
    actor: str = ""
    table: str = ""
    act: str = ""
    row: int | None = None
    entry: int | None = None


@dataclass(frozen=True)
class Entry:
    pk: int
    at: datetime.datetime
    actor: str
    request: str
    address: str
    table: str
    row: int
    op: str
    before: dict
    after: dict
    reason: str

    @cached_property
    def model(self):
        return models_by_table().get(self.table)

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name) if self.model else self.table

    @property
    def when(self) -> datetime.datetime:
        return timezone.localtime(self.at)

    @cached_property
    def words(self) -> Words:
        return Words(self.model, [self.logged])

    @property
    def logged(self) -> Logged:
        return Logged(self.row, self.at, self.actor, self.op, self.before, self.after, self.reason)

    @property
    def act(self) -> str:
        """What was done, in the words of the event where it is one."""
        if self.op == "insert" and self.model is AccessLog:
            return dict(AccessLog.Action.choices).get(self.after.get("action"), "查阅")
        if self.op == "insert" and self.model is SecurityEvent:
            return dict(SecurityEvent.Kind.choices).get(self.after.get("kind"), "账号事件")
        return ACTS[self.op]

    @property
    def about(self) -> str:
        """The account that a security event is about, as an actor; at sign-in the actor is nobody yet."""
        key = self.after.get("user_id") if self.model is SecurityEvent else None
        return f"user:{key}" if key else ""

    def changes(self) -> list[tuple[str, str, str]]:
        """(field, before, after); encrypted values are never told, nor contents without a plain word."""
        if self.model is None:
            return []
        columns = [
            column
            for column, field in self.words.fields.items()
            if not field.primary_key and (column in self.before or column in self.after)
        ]
        return [
            (
                str(self.words.fields[c].verbose_name),
                self._told(c, self.before),
                self._told(c, self.after),
            )
            for c in columns
        ]

    def _told(self, column: str, side: dict) -> str:
        if column not in side:
            return ""
        field, value = self.words.fields[column], side[column]
        if isinstance(field, models.JSONField) and value:
            return UNTOLD
        if isinstance(field, models.ForeignKey) and self.op != "update" and value is not None:
            return f"{field.related_model._meta.verbose_name} {value} 号"
        text = self.words.value(field, value)
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"

    def summary(self) -> str:
        if self.model is AccessLog and self.op == "insert":
            subject, rows = self.after.get("subject", ""), self.after.get("rows")
            return "，".join(
                part
                for part in (kind_of(subject), f"{rows} 行", self.after.get("purpose") or "")
                if part
            )
        if self.model is SecurityEvent and self.op == "insert":
            return self.after.get("detail") or ""
        if self.op == "update":
            return "、".join(label for label, *_ in self.changes())
        return ""


class Entries:
    """A search, to be paged: ``count`` is told up to MOST_COUNTED."""

    def __init__(self, asked: Asked, units: frozenset[int]):
        self.values = values_of(asked, units)

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED, self.values | {"limit": MOST_COUNTED})
            return cursor.fetchone()[0]

    def __getitem__(self, part: slice) -> list[Entry]:
        first = part.start or 0
        window = {"offset": first, "limit": (part.stop or MOST_COUNTED) - first}
        with connection.cursor() as cursor:
            cursor.execute(_FOUND, self.values | window)
            return [
                Entry(*row[:8], parsed(row[8]), parsed(row[9]), row[10])
                for row in cursor.fetchall()
            ]


def values_of(asked: Asked, units: frozenset[int]) -> dict:
    """Entries of no unit tell of accounts and rules; every auditor reads those."""
    midnight = datetime.time(tzinfo=timezone.get_default_timezone())
    after = asked.until + datetime.timedelta(days=1)
    return {
        "since": datetime.datetime.combine(asked.since, midnight),
        "until": datetime.datetime.combine(after, midnight),
        "units": sorted(units),
        "actor": asked.actor,
        "table": asked.table,
        "op": "" if asked.act in TABLES_OF else asked.act,
        "tables": TABLES_OF.get(asked.act, []),
        "row": asked.row,
        "entry": asked.entry,
    }


def models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def kinds() -> list[tuple[str, str]]:
    """The tables that are logged, by their Chinese names."""
    found = models_by_table()
    logged = [each for each in _logged_tables() if each in found]
    return sorted(
        ((each, str(found[each]._meta.verbose_name)) for each in logged), key=lambda pair: pair[1]
    )


def _logged_tables() -> list[str]:
    from portal.wall.registry import tables  # the wall reads the models itself

    return [table.name for table in tables() if table.is_audited]


def kind_of(subject: str) -> str:
    """The Chinese name of ``<app>.<model>``, or the subject itself where it names a page."""
    try:
        return str(apps.get_model(subject)._meta.verbose_name)
    except (LookupError, ValueError):
        return subject


def names_of(actors: set[str]) -> dict[str, str]:
    """How each actor is called on the page."""
    keys = {int(a.partition(":")[2]) for a in actors if a.startswith("user:")}
    users = {u.pk: f"{u.name}（{u.username}）" for u in User.objects.filter(pk__in=keys)}
    found = {}
    for actor in actors:
        kind, _, key = actor.partition(":")
        if kind == "user":
            found[actor] = users.get(int(key), f"账号 {key}")
        else:
            label = {"volunteer": "志愿者本人链接"}.get(kind) or ACTORS.get(kind, kind)
            found[actor] = f"{label} {key}".strip()
    return found
