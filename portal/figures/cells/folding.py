"""Marks become cells: what is marked is counted anew, fact by fact, each in one moment.

A fold takes away only the marks that its moment sees, so that what is committed beside it stays marked. Two
folds never run together; a fold that fails leaves everything as it was.
"""

from collections.abc import Iterable

from django.db import connection, transaction

from portal.figures.cells.asking import (
    LAST_DAY,
    counted,
    counted_everywhere,
    names,
    parties,
    spread,
)
from portal.figures.cells.facts import Stored, facts, stored
from portal.isolation import one_moment
from portal.models import Unit
from portal.scope import NOBODY, Scope, scope

LOCK = 5402035
_MARKED = "SELECT DISTINCT fact FROM portal_figuremark UNION SELECT fact FROM portal_wholemark"
_DONE = "DELETE FROM portal_figuremark WHERE fact = %s"
_WHOLE_DONE = "DELETE FROM portal_wholemark WHERE fact = %s"
_LOST = """
    WITH gone AS (DELETE FROM portal_celldefinition WHERE fact = %s RETURNING id)
    DELETE FROM portal_figurecell WHERE definition_id IN (SELECT id FROM gone)
"""


def fold(actor: str = "job:fold-cells") -> dict[str, int]:
    """How many facts were counted whole, and how many keys of others."""
    wanted = {fact.table: [] for fact in facts()}
    for each in stored().values():
        wanted[each.fact].append(each)
    told = {"wholes": 0, "keys": 0}
    for fact in _touched(wanted):
        with one_moment():
            if not _alone():
                return told
            with scope(_everywhere(actor)):
                if fact not in wanted:
                    _lose(fact)
                elif _is_whole(fact, wanted[fact]):
                    _count_whole(fact, wanted[fact])
                    told["wholes"] += 1
                else:
                    told["keys"] += _count_marked(fact, wanted[fact])
    return told


def _everywhere(actor: str) -> Scope:
    return Scope(frozenset(Unit.objects.values_list("pk", flat=True)), NOBODY.above, actor)


def _touched(wanted: dict[str, list[Stored]]) -> list[str]:
    """The facts that may have something to fold, or to lose."""
    with transaction.atomic(), scope(_everywhere("job:fold-cells")):
        known, marked = _known(), {fact for (fact,) in _rows(_MARKED)}
    differing = {
        fact
        for fact in known.keys() | wanted.keys()
        if known.get(fact) != _keys(wanted.get(fact, ()))
    }
    return sorted(marked | differing)


def _known() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for fact, key in _rows("SELECT fact, key FROM portal_celldefinition"):
        found.setdefault(fact, set()).add(key)
    return found


def _keys(all_of: Iterable[Stored]) -> set[str]:
    return {each.key for each in all_of}


def _alone() -> bool:
    return _rows("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])[0][0]


def _is_whole(fact: str, all_of: list[Stored]) -> bool:
    known = {
        key for (key,) in _rows("SELECT key FROM portal_celldefinition WHERE fact = %s", [fact])
    }
    marked = _rows("SELECT EXISTS (SELECT FROM portal_wholemark WHERE fact = %s)", [fact])[0][0]
    return marked or known != _keys(all_of)


def _lose(fact: str) -> None:
    """Its cells and what is marked; all that there is of a fact whose figures went."""
    for statement in (_LOST, _DONE, _WHOLE_DONE):
        _run(statement, [fact])


def _count_whole(fact: str, all_of: list[Stored]) -> None:
    _lose(fact)
    made = _rows(
        "INSERT INTO portal_celldefinition (key, fact, built_at)"
        " SELECT unnest(%s::text[]), %s, clock_timestamp() RETURNING key, id",
        [sorted(_keys(all_of)), fact],
    )
    ids = dict(made)
    for party in parties(all_of):
        sql, parameters = counted_everywhere(party)
        values, keys = spread([ids[each.key] for each in party], "bigint")
        _run(
            "INSERT INTO portal_figurecell (definition_id, unit_id, month, value)"
            f" SELECT v.id, l.unit, l.month::date, v.value FROM ({sql}) AS l ({names(len(party), 'unit', 'month')})"
            f" CROSS JOIN LATERAL {values} AS v (id, value) WHERE v.value <> 0",
            [*parameters, *keys],
        )


def _count_marked(fact: str, all_of: list[Stored]) -> int:
    """Of each marked unit and month; how many there were."""
    ids = dict(_rows("SELECT key, id FROM portal_celldefinition WHERE fact = %s", [fact]))
    marked = "(SELECT DISTINCT unit_id, month FROM portal_figuremark WHERE fact = %s)"
    _run(
        "DELETE FROM portal_figurecell AS c USING " + marked + " AS m"
        " WHERE c.definition_id = ANY (%s::bigint[]) AND c.unit_id = m.unit_id AND c.month = m.month",
        [fact, list(ids.values())],
    )
    for party in parties(all_of):
        sql, parameters = counted(party, "m.month", LAST_DAY, unit="m.unit_id")
        values, keys = spread([ids[each.key] for each in party], "bigint")
        _run(
            "INSERT INTO portal_figurecell (definition_id, unit_id, month, value)"
            f" SELECT v.id, m.unit_id, m.month, v.value FROM {marked} AS m"
            f" CROSS JOIN LATERAL ({sql}) AS l ({names(len(party))})"
            f" CROSS JOIN LATERAL {values} AS v (id, value) WHERE v.value <> 0",
            [fact, *parameters, *keys],
        )
    [(keys,)] = _rows(f"SELECT count(*) FROM {marked} AS m", [fact])
    _run(_DONE, [fact])
    return keys


def _run(sql: str, parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _rows(sql: str, parameters=None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
