"""System checks: every table has its policy class, and the database has what the classes ask."""

from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from portal.wall.classes import Down, Inspected, Own, Person, Personal
from portal.wall.install import state_of, wall_hash
from portal.wall.registry import Table, tables


@register(Tags.models)
def every_table_has_a_class(app_configs=None, **kwargs):
    return [fault for table in tables() for fault in _faults(table)]


def _faults(table: Table) -> list[Error]:
    name = table.label or table.name
    if table.wall is None:
        return [
            Error(
                f"{name} (table {table.name}) has no policy class.",
                hint="Set `wall = Own()`, Person(), Down(), Inspected(about) or Exempt(reason); "
                "use an array, or a through model with a unit, instead of a ManyToManyField.",
                id="portal.wall.E001",
            )
        ]
    found = []
    needed = {
        Own: lambda wall: [wall.unit, *wall.emptied, *wall.kept],
        Person: lambda wall: [wall.unit, wall.units],
        Down: lambda wall: [wall.unit, *([wall.only] if wall.only else [])],
        Personal: lambda wall: [wall.user],
        Inspected: lambda wall: [wall.unit, wall.about, *([wall.only] if wall.only else [])],
    }.get(type(table.wall), lambda wall: [])
    lacking = [c for c in needed(table.wall) if table.columns and c not in table.columns]
    if lacking:
        found.append(
            Error(f"{name} lacks the columns its class names: {lacking}.", id="portal.wall.E002")
        )
    if table.is_audited and not table.key_is_integer:
        found.append(
            Error(f"{name} is audited and needs an integer primary key.", id="portal.wall.E003")
        )
    if getattr(table.wall, "intake", "") and table.references:
        told = ", ".join(reference.column for reference in table.references)
        found.append(
            Error(
                f"{name} takes rows from outside and refers to protected tables: {told}.",
                hint="The public role sees no row of those: keep the key as a plain number.",
                id="portal.wall.E004",
            )
        )
    return found


@register(Tags.database)
def the_database_has_the_wall(databases=None, **kwargs):
    """Compares only a wall of this very code: before a migrate the database may well differ."""
    found = []
    for alias in databases or []:
        installed, deviations = state_of(connections[alias])
        if installed != wall_hash():
            continue
        known = {table.name for table in tables()}
        found += [
            Warning(line, hint="Run script/manage migrate.", id="portal.wall.W001")
            for line in deviations + _unknown_tables(connections[alias], known)
        ]
    return found


def _unknown_tables(connection, known: set[str]) -> list[str]:
    present = {table.name for table in connection.introspection.get_table_list(connection.cursor())}
    return [f"table {name} has no policy class" for name in sorted(present - known)]
