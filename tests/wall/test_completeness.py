"""Row 10 of the promises: what any kind of writing changed, found by comparing the whole database before and
after, is in the change log column by column. 0 missing."""

import io
import json
import random
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connections

from portal.models import RoleAssignment, Unit
from portal.scope import Scope, scope
from portal.wall.registry import tables
from tests import factories
from tests.conftest import new_user
from tests.database import owner_connection
from tests.imports.conftest import PEOPLE, citizen, xlsx
from tests.wallapp.models import Neighbour, Paper

SEED, ACTIONS = 20_261_127, 44
HIDDEN = "(hidden)"


class Whole:
    """All rows of all audited tables, as the owner role sees them, and the entries since the last look."""

    def __init__(self, owner):
        self.owner = owner
        self.tables = {table.name: table for table in tables() if table.is_audited}
        self.rows, self.last = self.read(), self.entries(0)[1]

    def read(self):
        question = " UNION ALL ".join(
            f'SELECT \'{t.name}\', "{t.key}"::bigint, to_jsonb(t)::text FROM "{t.name}" AS t'
            for t in self.filled()
        )
        found = self.owner.execute(question).fetchall()
        return {(name, key): json.loads(text) for name, key, text in found}

    def filled(self):
        """Tables that ever held a row: two hundred empty ones are not worth a plan."""
        names = self.owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND pg_relation_size(oid) > 0"
        ).fetchall()
        return [self.tables[name] for (name,) in names if name in self.tables]

    def entries(self, after):
        found = self.owner.execute(
            "SELECT id, table_name, row_id, op, before::text, after::text, actor, request"
            " FROM audit.log WHERE id > %s ORDER BY id",
            [after],
        ).fetchall()
        return found, max([after, *(row[0] for row in found)])

    def difference(self):
        """{(table, key, column): (before, after)} of all that changed, noise left out."""
        before, self.rows = self.rows, self.read()
        found = {}
        for name, key in before.keys() | self.rows.keys():
            old, new = before.get((name, key)), self.rows.get((name, key))
            if old == new:
                continue
            table = self.tables[name]
            for column in (old or new).keys() - self.noise(name):
                pair = (old or {}).get(column), (new or {}).get(column)
                if pair[0] != pair[1] and column not in table.hidden:
                    found[name, key, column] = pair
        return found

    def noise(self, name):
        return {"version", *self.tables[name].unversioned}

    def logged(self):
        """The same, as the log tells it, with several entries of one row put together."""
        entries, self.last = self.entries(self.last)
        found = {}
        for _, name, key, _, before, after, actor, _ in entries:
            assert actor
            old, new = json.loads(before or "{}"), json.loads(after or "{}")
            for column in old.keys() | new.keys():
                if HIDDEN in (old.get(column), new.get(column)) or column in self.noise(name):
                    continue
                first = found.get((name, key, column), (old.get(column), None))[0]
                found[name, key, column] = (first, new.get(column))
        return {place: pair for place, pair in found.items() if pair[0] != pair[1]}


@pytest.fixture
def owner(transactional_db):
    with owner_connection(connections["default"].settings_dict["NAME"]) as connection:
        yield connection


@pytest.fixture
def clerk(make_user, community):
    return make_user("community_staff", community, "clerk")


class Actions:
    """Ways of writing: through models, in bulk, in SQL, by commands, by the owner of the tables."""

    def __init__(self, owner, community, clerk, folder):
        self.owner, self.community, self.clerk, self.folder = owner, community, clerk, folder
        self.chance = random.Random(SEED)
        self.made = 0

    def papers(self):
        return list(Paper.objects.order_by("pk"))

    def one(self):
        return self.chance.choice(self.papers())

    def create(self):
        Paper.objects.create(unit=self.community, title=f"a{self.chance.random()}")

    def bulk_create(self):
        Paper.objects.bulk_create(Paper(unit=self.community, title=str(n)) for n in range(3))

    def save(self):
        paper = self.one()
        paper.title, paper.topics = f"s{self.chance.random()}", ["road"]
        paper.save()

    def update(self):
        Paper.objects.update(amount=self.chance.randrange(9999), urgent=self.chance.random() < 0.5)

    def bulk_update(self):
        papers = self.papers()
        for paper in papers:
            paper.title = f"b{self.chance.random()}"
        Paper.objects.bulk_update(papers, ["title"])

    def upsert(self):
        paper = Paper(pk=self.one().pk, unit=self.community, title=f"u{self.chance.random()}")
        Paper.objects.bulk_create(
            [paper], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
        )

    def raw_update(self):
        self.sql("UPDATE wallapp_paper SET title = title || 'x' WHERE id = %s", self.one().pk)

    def raw_insert(self):
        self.sql(
            "INSERT INTO wallapp_notice (unit_id, text) VALUES (%s, %s)", self.community.pk, "raw"
        )

    def raw_delete(self):
        self.sql("DELETE FROM wallapp_paper WHERE id = %s", self.one().pk)

    def delete(self):
        Paper.objects.filter(pk=self.one().pk).delete()

    def sql(self, statement, *values):
        with connections["default"].cursor() as cursor:
            cursor.execute(statement, values)

    def person(self):
        self.made += 1
        household = factories.household(self.community, number=str(self.made))
        factories.member(household, factories.resident(self.community))

    def neighbour(self):
        Neighbour.objects.create(unit=self.community, unit_ids=[self.community.pk], name="n")

    def unit(self):
        Unit.objects.filter(pk=self.community.pk).update(name=f"社区{self.chance.random():.5f}")

    def account(self):
        self.made += 1
        new_user("community_staff", self.community, f"account{self.made}")

    def role(self):
        RoleAssignment.objects.exclude(user=self.clerk).update(valid_to="2030-01-01")

    def migration(self):
        self.owner.execute("UPDATE wallapp_paper SET title = title || 'm'")


ALIKE = (
    *(
        "create",
        "bulk_create",
        "save",
        "update",
        "bulk_update",
        "upsert",
        "raw_update",
        "raw_insert",
    ),
    *("raw_delete", "delete", "person", "neighbour", "unit", "account", "role"),
)


@pytest.mark.django_db(transaction=True)
def test_whatever_changed_in_the_database_is_in_the_log(owner, community, clerk, tmp_path):
    actions = Actions(owner, community, clerk, tmp_path)
    inside = Scope(frozenset({community.pk}), frozenset({community.parent_id}), "command:test")
    with scope(inside):
        actions.bulk_create()
    whole, changed, done = Whole(owner), 0, Counter()
    for _ in range(ACTIONS):
        act = actions.chance.choice(ALIKE)
        with scope(inside):
            if not Paper.objects.exists():
                act = "bulk_create"
            getattr(actions, act)()
        done[act] += 1
        changed += compare(whole, act)
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "", ""]]))
    call_command(
        "import",
        "residents",
        str(path),
        "--unit",
        community.code,
        "--as",
        "clerk",
        stdout=io.StringIO(),
    )
    assert compare(whole, "import") > 20
    call_command("reset_password", "clerk", stdout=io.StringIO())
    assert compare(whole, "reset_password")
    actions.migration()
    compare(whole, "migration")
    print(f"{ACTIONS + 3} actions of {len(done) + 3} kinds, {changed} columns changed, 0 missing")
    assert len(done) > 10


def compare(whole, act) -> int:
    found, told = whole.difference(), whole.logged()
    missing = {place: pair for place, pair in found.items() if told.get(place) != pair}
    assert missing == {}, act
    assert told.keys() - found.keys() == set(), act
    return len(found)
