"""Asks the checks, each alone: one that breaks is a finding, and keeps none of the others from being asked."""

import logging
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from portal.running import (  # noqa: F401  they declare checks
    auditing,
    database,
    folding,
    keeping,
    machine,
    people,
    replicating,
    working,
)
from portal.running.database import reachable
from portal.running.declare import Check, Finding, Level, bad, checks, warn

log = logging.getLogger("portal.running")
NOT_ASKED = warn("数据库连不上，没有检查。", "先恢复数据库连接。")


def examine(wanted: Iterable[Check]) -> Iterator[tuple[Check, Finding]]:
    """Each check with what it found, in the order of the table."""
    there = None
    for check in wanted:
        if check.ask is reachable:
            found = answer(check)
            there = found.is_good
        elif check.asks_database:
            if there is None:
                there = reachable().is_good
            found = answer(check) if there else NOT_ASKED
        else:
            found = answer(check)
        yield check, found


def answer(check: Check) -> Finding:
    try:
        if not check.asks_database:
            return check.ask()
        with transaction.atomic():
            return check.ask()
    except Exception as error:
        log.exception("check %s broke", check.name)
        if not connection.in_atomic_block:
            connection.close()
        return bad(
            f"检查没有完成（{type(error).__name__}）。", "查看日志中 portal.running 的记录。"
        )


def quick() -> list[tuple[Check, Finding]]:
    """What the page shows: all but the slow ones."""
    return list(examine(check for check in checks if not check.slow))


def everything() -> list[tuple[Check, Finding]]:
    return list(examine(checks))


def for_serving() -> list[tuple[Check, Finding]]:
    return list(examine(check for check in checks if check.for_serving))


def worst(found: Iterable[tuple[Check, Finding]]) -> Level:
    """The gravest of the findings; GOOD where there are none."""
    order = list(Level)
    return max((finding.level for _, finding in found), key=order.index, default=Level.GOOD)
