"""What is dear to make is made once, for all tests of a module that then share a process.

Such a module is marked ``xdist_group``. Each test still begins at the same rows: its own transaction
lies within the shared one and is undone alone.
"""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone_afterwards():
    """A transaction that several tests share; nothing of it stays."""
    undone = transaction.atomic()
    undone._from_testcase = True  # as the transaction of one test: commands may begin theirs
    with undone:
        yield
        transaction.set_rollback(True)
