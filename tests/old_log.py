"""Entries of the change log that were written years ago, as far as log, chain and heads can tell."""

from datetime import UTC, date, datetime

from portal.audit.chain import seal

DIGEST = """audit.digest(id, at, txid, actor, request, address, reason, table_name, row_id, op, unit_ids,
  before, after)"""


def age(ask, years: int, *, sealed: bool = True) -> None:
    """Whatever was not sealed yet is of then, and sealed; ``sealed``: that too was then.

    ``ask`` runs a statement as the role that owns the log."""
    month = date(datetime.now(UTC).year - years, datetime.now(UTC).month, 1)
    ask("SELECT audit.make_month(%s)", [month])
    ask(
        "UPDATE audit.log l SET at = %s::timestamptz + (l.id || ' ms')::interval WHERE NOT EXISTS"
        " (SELECT FROM audit.chain c WHERE c.id = l.id AND c.at = l.at)",
        [f"{month} 08:00+00"],
    )
    ask(f"UPDATE audit.log SET hash = {DIGEST} WHERE at < now() - interval '1 day'")
    seal()
    if sealed:
        ask(
            "UPDATE audit.head SET at = %s WHERE at > now() - interval '1 day'",
            [f"{month} 09:00+00"],
        )
