"""One moment for all reads of a transaction (REPEATABLE READ): numbers that must agree."""

from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

SERIALIZATION_FAILURE, LOCK_NOT_AVAILABLE = "40001", "55P03"


def read_one_moment() -> None:
    """Make the transaction that just began REPEATABLE READ; it must be its first statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def one_moment():
    """A transaction of its own that reads one moment; for commands, around their scope."""
    with transaction.atomic(durable=True):
        if not _under_test():
            read_one_moment()
        yield


def require_one_moment() -> None:
    """Raise RuntimeError where the present transaction could read two moments."""
    if _under_test():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation')")
        [level] = cursor.fetchone()
    if level not in {"repeatable read", "serializable"}:
        raise RuntimeError("this must run in a transaction that reads one moment")


def moment() -> datetime:
    """When the present transaction began: it sees nothing that was committed after it read first."""
    if _under_test():
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        [began] = cursor.fetchone()
    return began


def taken_meanwhile(error: Exception) -> bool:
    """Whether a row was changed by another transaction since this one's moment, or is still held."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in {SERIALIZATION_FAILURE, LOCK_NOT_AVAILABLE}


def _under_test() -> bool:
    """A test case's own transaction began long before; Django's ``durable`` spares it likewise."""
    return bool(connection.atomic_blocks) and connection.atomic_blocks[0]._from_testcase
