"""Policies, grants and triggers of one table, as SQL.

Role names are written as psql variables (``:"web"``), here as in the files of sql/, so that the
text, and its hash, is the same in a process that knows only some of the roles.
"""

from portal.wall.classes import Down, Exempt, Inspected, Own, Person, Personal
from portal.wall.registry import Table

# Scalar subqueries are evaluated once a statement, and the comparison can use an index.
SCOPE = "((SELECT app_scope())::bigint[])"
SCOPE_AND_ABOVE = "((SELECT app_scope_and_above())::bigint[])"
WEB_GRANTS = "SELECT, INSERT, UPDATE, DELETE"
APPEND_GRANTS = "SELECT, INSERT"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def array(names) -> str:
    """A text[] literal as a trigger argument."""
    return literal("{" + ",".join(quoted(name) for name in sorted(names)) + "}")


def table_sql(table: Table) -> list[str]:
    """Everything for one table, after sql/clear.sql took the former state away."""
    return [
        f'GRANT {_grants(table)} ON {quoted(table.name)} TO :"web"',
        *_policies(table),
        *_intake(table),
        *_row_triggers(table),
        *_guard(table),
        *_reference_triggers(table),
        *_closing_triggers(table),
        *_audit_triggers(table),
    ]


def _grants(table: Table) -> str:
    match table.wall:
        case Exempt(web=grants):
            return grants
        case Own(append_only=True, emptied=columns) if columns:
            return f"{APPEND_GRANTS}, UPDATE ({', '.join(map(quoted, columns))})"
        case Own(kept=columns) if columns:
            return f"{APPEND_GRANTS}, UPDATE ({', '.join(map(quoted, columns))})"
        case Own(append_only=True) | Down(append_only=True):
            return APPEND_GRANTS
    return WEB_GRANTS


def _policies(table: Table) -> list[str]:
    if not table.is_protected:
        return []
    name, wall = quoted(table.name), table.wall
    if isinstance(wall, Personal):
        writes = f"{quoted(wall.user)} = (SELECT app_account()) OR (SELECT app_is_program())"
        reads, adds = writes, "(SELECT app_acts())" if wall.from_others else writes
        return [*_reading(name, reads, adds), *_changing(name, writes)]
    writes = f"{quoted(wall.unit)} = ANY ({SCOPE})"
    match wall:
        case Own():
            reads = writes
        case Person():
            reads = f"{quoted(wall.units)} && {SCOPE}"
            writes += f" AND {quoted(wall.unit)} = ANY ({quoted(wall.units)})"
        case Down():
            reads = f"{quoted(wall.unit)} = ANY ({SCOPE_AND_ABOVE})"
            if wall.only:
                reads = f"{writes} OR ({quoted(wall.only)} AND {reads})"
        case Inspected():
            told = f"{quoted(wall.about)} = ANY ({SCOPE})"
            if wall.only:
                told = f"({quoted(wall.only)} AND {told})"
            reads = f"{writes} OR {told}"
    found = _reading(name, reads, writes)
    update, delete = _changing(name, writes)
    if getattr(wall, "emptied", ()) or getattr(wall, "kept", ()):
        found.append(update)
    elif not getattr(wall, "append_only", False):
        found += [update, delete]
    return found


def _reading(name: str, reads: str, adds: str) -> list[str]:
    return [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        # Without it data migrations would silently change no rows.
        f'CREATE POLICY wall_owner ON {name} TO :"owner" USING (true) WITH CHECK (true)',
        f'CREATE POLICY wall_read ON {name} FOR SELECT TO :"web" USING ({reads})',
        f'CREATE POLICY wall_insert ON {name} FOR INSERT TO :"web" WITH CHECK ({adds})',
    ]


def _changing(name: str, writes: str) -> list[str]:
    return [
        f'CREATE POLICY wall_update ON {name} FOR UPDATE TO :"web"'
        f" USING ({writes}) WITH CHECK ({writes})",
        f'CREATE POLICY wall_delete ON {name} FOR DELETE TO :"web" USING ({writes})',
    ]


def _intake(table: Table) -> list[str]:
    """What comes in from outside: the public role may add such rows, and see none."""
    condition = getattr(table.wall, "intake", "")
    if not condition:
        return []
    name = quoted(table.name)
    return [
        f'GRANT INSERT ON {name} TO :"public"',
        f'CREATE POLICY wall_intake ON {name} FOR INSERT TO :"public" WITH CHECK ({condition})',
    ]


def _row_triggers(table: Table) -> list[str]:
    name, key, found = quoted(table.name), quoted(table.key), []
    if table.is_versioned:
        compared = [c for c in table.columns if c not in table.unversioned]
        of = f" OF {', '.join(map(quoted, compared))}" if table.unversioned else ""
        found.append(
            f"CREATE TRIGGER wall_version BEFORE UPDATE{of} ON {name}"
            " FOR EACH ROW EXECUTE FUNCTION wall_version()"
        )
    if table.is_audited:
        found.append(_refusal(name, "key", f"NEW.{key} <> OLD.{key}", "a row keeps its key"))
    if columns := getattr(table.wall, "emptied", ()):
        condition = " OR ".join(
            f"(NEW.{c} IS DISTINCT FROM OLD.{c} AND octet_length(NEW.{c}) > 0)"
            for c in map(quoted, columns)
        )
        found.append(_refusal(name, "emptied", condition, "what is kept may only be emptied"))
        if table.wall.when:
            found.append(_emptied_when(name, columns, table.wall.when))
    if isinstance(table.wall, Person):
        units = quoted(table.wall.units)
        # Only undoing the act that put a unit there takes it away again; it names the one row.
        condition = (
            f"(NEW.{units} @> OLD.{units}) IS NOT TRUE AND"
            f" current_setting('app.units_taken_back', true) IS DISTINCT FROM OLD.{key}::text"
        )
        found.append(_refusal(name, "units", condition, "a unit is never taken from the list"))
    return found


def _guard(table: Table) -> list[str]:
    function = getattr(table.wall, "guard", "")
    if not function:
        return []
    return [
        f"CREATE TRIGGER wall_guard BEFORE INSERT OR UPDATE OR DELETE ON {quoted(table.name)}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
    ]


def _refusal(name: str, purpose: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER wall_{purpose} BEFORE UPDATE ON {name} FOR EACH ROW"
        f" WHEN ({condition}) EXECUTE FUNCTION wall_refuse({literal(message)})"
    )


def _emptied_when(name: str, columns: tuple[str, ...], when: str) -> str:
    changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in map(quoted, columns))
    return (
        f"CREATE TRIGGER wall_emptied_when BEFORE UPDATE ON {name} FOR EACH ROW"
        f" WHEN ({changed}) EXECUTE FUNCTION wall_emptied_when({literal(when)})"
    )


def _reference_triggers(table: Table) -> list[str]:
    if not table.references:
        return []
    triples = ((r.column, r.target, r.target_column) for r in table.references)
    arguments = ", ".join(literal(a) for a in (table.key, *(a for t in triples for a in t)))
    return _on_statements(
        table, "references", f"wall_references({arguments})", ("INSERT", "UPDATE")
    )


def _closing_triggers(table: Table) -> list[str]:
    if table.closes is None:
        return []
    fixed = table.closes.fixed
    always = {"version", *table.unversioned}
    arguments = ", ".join(
        [
            literal(table.key),
            literal(table.wall.unit),
            array(table.closes.days),
            # A column of no table stands for "none but the days".
            array(() if fixed is None else fixed or ("-",)),
            array(always),
        ]
    )
    return _on_statements(
        table, "closed", f"wall_closed({arguments})", ("INSERT", "UPDATE", "DELETE")
    )


def _audit_triggers(table: Table) -> list[str]:
    if not table.is_audited:
        return []
    units = f'$."{table.unit_column}"[*]' if table.unit_column else "$.null[*]"
    arguments = ", ".join(
        [
            literal(table.key),
            literal(units),
            array({"version", *table.unversioned}),
            array(table.hidden),
        ]
    )
    return _on_statements(
        table, "audit", f"audit.record({arguments})", ("INSERT", "UPDATE", "DELETE")
    )


TRANSITIONS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def _on_statements(table: Table, purpose: str, call: str, events: tuple[str, ...]) -> list[str]:
    """Transition tables allow one event a trigger."""
    return [
        f"CREATE TRIGGER wall_{purpose}_{event.lower()} AFTER {event} ON {quoted(table.name)}"
        f" REFERENCING {TRANSITIONS[event]} FOR EACH STATEMENT EXECUTE FUNCTION {call}"
        for event in events
    ]
