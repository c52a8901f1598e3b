"""What the worker does for the change log: seal it each minute, make its months and prove it at night."""

import logging
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from portal.audit.chain import heads_in, seal
from portal.audit.months import make_ahead
from portal.audit.proof import Proof, prove
from portal.isolation import one_moment
from portal.models import AuditCheck
from portal.scope import Scope, scope

log = logging.getLogger("portal.audit")


@app.periodic(cron="* * * * *")
@app.task(name="seal-audit", queueing_lock="seal-audit", pass_context=False)
def seal_audit(timestamp: int) -> int:
    return seal()


@app.periodic(cron="7 4 * * *")
@app.task(name="prove-audit", queueing_lock="prove-audit", pass_context=False)
def prove_audit(timestamp: int) -> dict[str, int]:
    made = make_ahead()
    seal()
    proof = prove_and_keep("job:audit")
    return {"months": made, "entries": proof.entries, "faults": len(proof.faults)}


def prove_and_keep(actor: str, heads=None) -> Proof:
    """Prove, with the heads of the file unless others are given, and store what was found."""
    if heads is None:
        path = Path(settings.AUDIT_HEAD_FILE)
        heads = heads_in(path) if path.exists() else []
    with one_moment():
        proof = prove(heads)
    for fault in proof.faults:
        log.error("audit fault: %s", fault)
    with scope(Scope(frozenset(), frozenset(), actor)):
        AuditCheck.objects.create(
            entries=proof.entries,
            seconds=round(proof.seconds, 2),
            with_head=proof.with_head,
            faults=[str(fault) for fault in proof.faults],
        )
    return proof
