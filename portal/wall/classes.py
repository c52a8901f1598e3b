"""The policy class that each table names: who may see and write its rows (DESIGN §4.2).

A model states its class as the attribute ``wall``; tables of other packages are listed in EXEMPT.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Own:
    """Rows of one unit: read and written where the unit is in scope.

    ``append_only`` tables take no UPDATE and no DELETE from the web role. ``intake``, a condition
    in SQL, lets the public role insert rows that fulfil it, of any unit, and never read them; such
    a table refers to no protected one, because the public role could not see what it refers to.

    Of an append-only table ``emptied`` names columns of bytes that may be emptied, and nothing else, and
    that only ``when`` a condition in SQL holds, in which ``($1)`` is the row: the writer must have left
    there what answers for it. Its names are qualified with their schema, and no column is changed.
    ``kept`` rows stay: the web role removes none and changes only the columns named.
    ``logged=False`` keeps rows out of the change log that only index what another table keeps for good.
    """

    unit: str = "unit_id"
    append_only: bool = False
    intake: str = ""
    emptied: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    when: str = ""
    logged: bool = True


@dataclass(frozen=True)
class Person:
    """People and households: read by every unit in ``units``, written by the present ``unit``.

    ``units`` only ever grows, so that a former unit still sees whom its records speak of.
    """

    unit: str = "unit_id"
    units: str = "unit_ids"


@dataclass(frozen=True)
class Down:
    """Rows of a unit that everybody below it may read: street documents, rules, notices.

    With ``only``, a column of booleans, just those rows in which it is true. ``append_only`` as in
    Own.
    """

    unit: str = "unit_id"
    append_only: bool = False
    only: str = ""


@dataclass(frozen=True)
class Inspected:
    """What one unit keeps about another: written by ``unit`` and, its turn come, read by ``about`` too.

    ``only`` names a column of booleans that says when: findings of an unannounced inspection are
    hidden from the inspected unit until they are published. Without it the other unit always reads.
    """

    about: str
    only: str = ""
    unit: str = "unit_id"


@dataclass(frozen=True)
class Personal:
    """Rows of one account, whatever its units: read and changed by that account alone, and by jobs and
    commands. ``from_others``: whoever acts may add one for another account, and sees it no more after.
    They are not in the change log, which is read by units: they tell what one person looks at.
    """

    user: str = "user_id"
    from_others: bool = False
    logged: bool = False


@dataclass(frozen=True)
class Closes:
    """How a closed period holds a row: by which columns of days it lies in one, and what then stays.

    ``fixed`` None: nothing of the row changes. Else it goes on (a case of last year is completed this
    year): only a day that lies in the period, the named columns, its unit and its being kept stay.
    """

    days: tuple[str, ...]
    fixed: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Exempt:
    """No policy, for the reason given; ``web`` lists what the web role may do with the table. ``guard``
    names a function of sql/ that judges each row written, where the table has rules that no policy says."""

    reason: str
    web: str = "SELECT, INSERT, UPDATE, DELETE"
    audited: bool = False
    guard: str = ""


PolicyClass = Own | Person | Down | Inspected | Personal | Exempt

READ_ONLY = "SELECT"
EXEMPT = {
    "django_migrations": Exempt("which migrations ran; holds no unit's data", READ_ONLY),
    "wall_state": Exempt("what the installer of the wall left; holds no unit's data", READ_ONLY),
    "django_content_type": Exempt("names of models", READ_ONLY),
    "auth_permission": Exempt("unused list of Django permissions", READ_ONLY),
    "auth_group": Exempt("unused", READ_ONLY),
    "auth_group_permissions": Exempt("unused", READ_ONLY),
    "django_session": Exempt("read before the user, and so the scope, is known"),
    "procrastinate_jobs": Exempt("queue; arguments are ids, scope is resolved when a job runs"),
    "procrastinate_events": Exempt("history of the queue"),
    "procrastinate_periodic_defers": Exempt("queue bookkeeping"),
    "procrastinate_workers": Exempt("queue bookkeeping"),
}
