"""Everything or nothing: check and create in one transaction, rolled back at the first fault."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from portal.bootstrap import accounts, units
from portal.bootstrap.tables import Problem, read_table
from portal.models import Unit
from portal.scope import Scope, scope

ACTOR = "command:bootstrap"


class Refused(Exception):
    """Nothing was stored. ``problems`` names the cells, if the tables are at fault."""

    def __init__(self, message: str, problems: list[Problem] = ()):
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True)
class Outcome:
    units: int
    roles: int
    issued: list[accounts.Issued]


def bootstrap(
    *,
    units_file: Path | None,
    staff_file: Path | None = None,
    add: bool = False,
    check: bool = False,
    before_commit: Callable[[list[accounts.Issued]], None] | None = None,
) -> Outcome:
    """Create what the tables say; whatever ``before_commit`` raises undoes all of it.

    With ``check`` all is rolled back in the end, and the passwords told open nothing. Raises
    Refused, and Unreadable for a file that is of no use.
    """
    unit_rows = read_table(units_file, units.COLUMNS) if units_file else []
    staff_rows = read_table(staff_file, accounts.COLUMNS) if staff_file else []
    # Units and accounts have no row-level policy: the scope only names who acts.
    with scope(Scope(frozenset(), frozenset(), ACTOR)), transaction.atomic():
        if Unit.objects.exists() and not add:
            raise Refused("已经有单位了，没有任何改动。要补充单位或账号，请加 --add。")
        created = units.create_units(unit_rows)
        made = accounts.Accounts()
        # Roles at units that could not be created would only repeat the same faults.
        if not any(row.problems for row in unit_rows):
            accounts.create_administrators(made)
            accounts.create_staff(staff_rows, made)
        problems = [problem for row in (*unit_rows, *staff_rows) for problem in row.problems]
        if problems:
            raise Refused(f"有 {len(problems)} 处错误，没有任何改动。", problems)
        if before_commit is not None:
            before_commit(made.issued)
        transaction.set_rollback(check)
    return Outcome(created, made.granted, made.issued)
