"""The ten statements that take longest on the main pages: which index, and how many buffers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.measures.own_cost import PAGES
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample
from tests.bench.world import World

HOTTEST = 10
SCANNED = 20_000  # rows of a table that may be read from end to end
BUFFERS = 20_000  # pages of 8 kB: 160 MB
NAMED = 4  # indexes told of a statement


def measure(world: World) -> Iterator[Line]:
    from django.test import Client
    from django.test.utils import override_settings

    from tests.bench.browsing import session_of

    seen: dict[str, tuple[float, dict, str]] = {}
    for account in ("worker", "street"):
        client = Client()
        client.cookies["session"] = session_of(world.full, account)
        with override_settings(ALLOWED_HOSTS=["testserver"]), _explaining(seen) as page:
            for case, path in PAGES.items():
                page["name"] = f"{case}, {account}"
                client.get(path, follow=True)
            page["name"] = f"search, {account}"
            client.post("/search/", {"q": "志强"}, headers={"hx-request": "true"})
    hottest = sorted(seen.items(), key=lambda each: -each[1][0])[:HOTTEST]
    for sql, (taken, plan, page) in hottest:
        nodes = list(_nodes(plan["Plan"]))
        whole = [
            n["Relation Name"] for n in nodes if n["Node Type"] == "Seq Scan" and _rows(n) > SCANNED
        ]
        indexes = sorted({n["Index Name"] for n in nodes if "Index Name" in n})
        named = ", ".join(indexes[:NAMED]) + (
            f" and {len(indexes) - NAMED} more" if indexes[NAMED:] else ""
        )
        read = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
        yield Line(
            f"{page}: {_short(sql)}",
            Sample.of([taken / 1000]),
            {"buffers": Sample.of([read], "buffers")},
            (Ratio("tables read whole", len(whole), 0), Ratio("buffers", read, BUFFERS)),
            note=f"by {named or 'no index'}" + (f"; whole: {', '.join(whole)}" if whole else ""),
        )


@contextmanager
def _explaining(seen: dict):
    """Each statement is first explained with its own values, in its own transaction."""
    from django.db import connection

    page = {"name": ""}

    def explained(execute, sql, params, many, context):
        if not many and sql.lstrip().upper().startswith(("SELECT", "WITH")):
            with connection.cursor() as cursor:
                raw = cursor.cursor
                raw.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                [(told,)] = raw.fetchall()
            [plan] = told if isinstance(told, list) else json.loads(told)
            taken = plan["Execution Time"] + plan.get("Planning Time", 0)
            if taken > seen.get(sql, (0,))[0]:
                seen[sql] = (taken, plan, page["name"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        yield page


def _nodes(node: dict) -> Iterator[dict]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _rows(node: dict) -> float:
    return node["Actual Rows"] + node.get("Rows Removed by Filter", 0)


def _short(sql: str) -> str:
    import re

    tables = list(dict.fromkeys(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)))
    kind = "count" if "COUNT(" in sql[:200].upper() else "rows"
    return f"{kind} of {', '.join(tables[:4]) or sql[:60]}"
