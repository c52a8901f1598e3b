"""The triggers that mark which cells of figures no longer hold (ADR 55): of facts and of codes they name.

They know facts, never figures: a statement leaves (fact, unit, month) of its old and new rows, by transition
tables and as the owner, who sees every unit; only of rows that changed in a column that matters. Marks are
only ever added, so that no writer waits for another, and a rollback takes its own along.
"""

from collections import defaultdict

from portal.figures.cells.facts import Fact, facts
from portal.wall.ddl import TRANSITIONS, literal, quoted

# Never below the function's own path: it runs as the owner.
_HEAD = (
    "RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$"
)
WAITING = """
-- (marks that wait, since when the oldest does, facts whose cells are all to be counted anew)
CREATE OR REPLACE FUNCTION wall_marks_waiting()
RETURNS TABLE (marks bigint, since timestamptz, wholes bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*), min(at), (SELECT count(DISTINCT fact) FROM public.portal_wholemark)
  FROM public.portal_figuremark
$$;
REVOKE ALL ON FUNCTION wall_marks_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_marks_waiting() TO :"web"
"""


def marking_sql() -> list[str]:
    """All of it; at last every fact is marked whole, since nothing was marked without the triggers."""
    names = ", ".join(literal(fact.table) for fact in facts())
    return [
        WAITING,
        *(sql for fact in facts() for sql in _of_fact(fact)),
        *(sql for table in _codes().items() for sql in _of_codes(*table)),
        f"INSERT INTO portal_wholemark (fact, at) SELECT unnest(ARRAY[{names}]::text[]), now()",
    ]


def marked_tables() -> dict[str, list[str]]:
    """By table the names of its triggers."""
    found = defaultdict(list)
    for fact in facts():
        found[fact.table] += [f"wall_mark_{event}" for event in ("insert", "update", "delete")]
        found[fact.table].append("wall_mark_truncate")
    for table in _codes():
        found[table] += [f"wall_code_{event}" for event in ("update", "delete", "truncate")]
    return dict(found)


def _of_fact(fact: Fact) -> list[str]:
    function = f"wall_mark_{fact.table}()"
    keys = ", ".join(
        f"(r.{quoted(unit)}, r.{quoted(day)})" for unit in fact.units for day in fact.days
    )
    columns = ", ".join(map(quoted, fact.columns))
    marks = (
        "    INSERT INTO public.portal_figuremark (fact, unit_id, month, at)\n"
        f"    SELECT DISTINCT {literal(fact.table)}, k.unit, date_trunc('month', k.day::timestamp)::date,"
        " now()\n    FROM {rows} AS r\n"
        f"    CROSS JOIN LATERAL (VALUES {keys}) AS k (unit, day)\n"
        "    WHERE k.unit IS NOT NULL AND k.day IS NOT NULL;\n"
    )
    old, new = (f"SELECT {columns} FROM {rows}" for rows in ("old_rows", "new_rows"))
    changed = f"(({old} EXCEPT ALL {new}) UNION ALL ({new} EXCEPT ALL {old}))"
    body = (
        "BEGIN\n"
        "  CASE TG_OP\n"
        f"  WHEN 'INSERT' THEN\n{marks.format(rows='new_rows')}"
        f"  WHEN 'DELETE' THEN\n{marks.format(rows='old_rows')}"
        f"  WHEN 'UPDATE' THEN\n{marks.format(rows=changed)}"
        "  ELSE\n"
        "    INSERT INTO public.portal_wholemark (fact, at)"
        f" VALUES ({literal(fact.table)}, clock_timestamp());\n"
        "  END CASE;\n"
        "  RETURN NULL;\nEND\n"
    )
    return [
        *_function(function, body),
        *(
            _trigger(fact.table, "mark", event, function)
            for event in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
        ),
    ]


def _codes() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """By table of codes what names it: (fact, its columns that matter there)."""
    found = defaultdict(list)
    for fact in facts():
        for table, columns in fact.codes.items():
            found[table].append((fact.table, columns))
    return dict(sorted(found.items()))


def _of_codes(table: str, named_by: list) -> list[str]:
    """A code seldom changes, and no lock holds it still beside a row that is just being entered: so all
    cells of the facts that name it are counted anew. A new code was named by nobody yet."""
    function = f"wall_code_{table}()"
    columns = ", ".join(map(quoted, sorted({column for _, each in named_by for column in each})))
    names = ", ".join(literal(fact) for fact, _ in named_by)
    old, new = (f"SELECT {columns} FROM {rows}" for rows in ("old_rows", "new_rows"))
    body = (
        "BEGIN\n"
        "  IF TG_OP = 'UPDATE' THEN\n"  # alone: without an update there are no new rows to be named
        f"    IF NOT EXISTS ({old} EXCEPT ALL {new}) THEN\n"
        "      RETURN NULL;\n"
        "    END IF;\n"
        "  END IF;\n"
        "  INSERT INTO public.portal_wholemark (fact, at)"
        f" SELECT unnest(ARRAY[{names}]::text[]), clock_timestamp();\n"
        "  RETURN NULL;\nEND\n"
    )
    return [
        *_function(function, body),
        *(_trigger(table, "code", event, function) for event in ("UPDATE", "DELETE", "TRUNCATE")),
    ]


def _function(name: str, body: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name} {_HEAD}\n{body}$$",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
    ]


def _trigger(table: str, purpose: str, event: str, function: str) -> str:
    rows = f" REFERENCING {TRANSITIONS[event]}" if event in TRANSITIONS else ""
    return (
        f"CREATE TRIGGER wall_{purpose}_{event.lower()} AFTER {event} ON {quoted(table)}{rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}"
    )
