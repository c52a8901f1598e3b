"""The only writer of disposals: a list is frozen, another person approves, and what is due then goes."""

import hashlib
import json
from collections import Counter
from functools import partial

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.utils import timezone

from portal.attachments import vault
from portal.errors import WALL_REFUSALS, StaleRecord, settle, translating
from portal.models import DisposalRun
from portal.models.retention import DisposalState
from portal.retention.due import MANAGE
from portal.retention.parts import Stays, Whole, counted, declared, gathered
from portal.retention.rules import all_rules
from portal.scope import Denied, access_of

BATCH = 500
MOST = 50_000  # rows of one run
SAME = "提出人不能审批自己提出的销毁，请由另一人审批。"


@transaction.atomic
def propose(codes, reason: str, *, by, today=None) -> DisposalRun:
    """Freeze what is due by the rules ``codes`` in the units of ``by``. Raises ValidationError."""
    access = access_of(by)
    access.check(MANAGE)
    today, units, known = today or timezone.localdate(), access.units(MANAGE), all_rules()
    frozen, count = [], 0
    for code in codes:
        rule = known[code]
        rows = list(rule.due(units, today).values_list("pk", "version", rule.since))
        if not rows:
            continue
        count += len(rows)
        days = sorted(f"{day}"[:10] for _, _, day in rows)
        frozen.append(
            {
                "code": code,
                "title": rule.title,
                "ground": rule.ground,
                "kept": rule.kept.words,
                "first": days[0],
                "last": days[-1],
                "parts": list(counted(rule.model, (pk for pk, _, _ in rows)).items()),
                "rows": [[pk, version] for pk, version, _ in rows],
            }
        )
    if not frozen:
        raise ValidationError("所选各项现在没有到期的记录。")
    if count > MOST:
        raise ValidationError(f"一次最多销毁 {MOST} 条，请分几次提出。")
    return DisposalRun.objects.create(
        unit=access.home, reason=reason, frozen=frozen, proposed_by=by
    )


def _locked(run: DisposalRun, by) -> DisposalRun:
    access_of(by).check(MANAGE, run.unit_id)
    stored = DisposalRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if stored.version != run.version or stored.state != DisposalState.PROPOSED:
        raise StaleRecord(f"{stored} was decided meanwhile")
    return stored


@transaction.atomic
def refuse(run: DisposalRun, *, by) -> None:
    """Whoever proposed it may take it back by this too; then somebody else must still note it."""
    run = _locked(run, by)
    if run.proposed_by_id == by.pk:
        raise Denied(SAME)
    _decide(run, DisposalState.REFUSED, [], by)


@transaction.atomic
def approve(run: DisposalRun, *, by, today=None) -> list[dict]:
    """Dispose of what the list names and is still due as it was. All of it or, on a fault, nothing.

    Rows that changed, came back or are still referred to stay, and are counted as such. Raises Denied
    for who proposed it.
    """
    run = _locked(run, by)
    if run.proposed_by_id == by.pk:
        raise Denied(SAME)
    today, units = today or timezone.localdate(), access_of(by).units(MANAGE)
    known = all_rules()
    # What was declared later refers to what was declared before: it goes first.
    disposed = [_disposed(known[kind["code"]], kind, units, today) for kind in reversed(run.frozen)]
    outcome = disposed[::-1]
    _decide(run, DisposalState.DONE, outcome, by)
    return outcome


def _decide(run, state, outcome, by) -> None:
    run.state, run.outcome = state, outcome
    run.decided_by, run.decided_at = by, timezone.now()
    run.frozen = [{**kind, "count": len(kind["rows"]), "rows": []} for kind in run.frozen]
    run.save()


def _disposed(rule, kind, units, today) -> dict:
    """One kind: batch by batch, each row hashed with all that goes along."""
    digest, gone, referred, parts = hashlib.sha256(), 0, 0, Counter()
    listed = dict(kind["rows"])
    keys = sorted(listed, reverse=True)  # what was recorded later refers to what was there before
    for start in range(0, len(keys), BATCH):
        due = rule.due(units, today).filter(pk__in=keys[start : start + BATCH])
        for row in due.order_by("-pk").select_for_update(of=("self",)):
            if row.version != listed[row.pk]:
                continue
            if (whole := _destroyed(row, today)) is None:
                referred += 1
                continue
            for file in whole.files:
                digest.update(bytes.fromhex(file.sha256))
            for each in whole.rows:
                digest.update(hashed(each))
            parts += whole.parts
            gone += 1
    return {
        "code": kind["code"],
        "title": kind["title"],
        "gone": gone,
        "referred": referred,
        "changed": len(keys) - gone - referred,
        "parts": list(parts.items()),  # a JSON object of the database keeps no order
        "sha256": digest.hexdigest() if gone else "",
    }


def hashed(row) -> bytes:
    """The hash of the row's values; it proves later which row it was, to who still has a copy."""
    values = model_to_dict(row, [field.name for field in row._meta.concrete_fields])
    text = json.dumps([row._meta.label, row.pk, values], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def _destroyed(row, today) -> Whole | None:
    """The row with its parts and files; None if something that is kept refers to one of them, if a part is not
    over or lies in a closed period: then all of it stays."""
    try:
        with transaction.atomic():
            whole = gathered(row, today)
            with translating():
                _remove(whole)
            settle()
    except (Stays, IntegrityError, *WALL_REFUSALS):
        return None
    for file in whole.files:
        # What a crash leaves of them the nightly sweep finds without a row.
        transaction.on_commit(partial(vault.destroy, file.name), robust=True)
    return whole


def _remove(whole: Whole) -> None:
    """Past the ORM's own search for what refers to a row: that was asked, and the database asks again."""
    cascading = {part.model for part in declared if part.cascades}
    by_model = {}
    for row in (*whole.files, *whole.rows):
        by_model.setdefault(type(row), []).append(row.pk)
    for model, keys in by_model.items():
        if model in cascading:
            continue
        rows = model._base_manager.filter(pk__in=keys)
        if rows._raw_delete(rows.db) != len(keys):
            raise Stays
