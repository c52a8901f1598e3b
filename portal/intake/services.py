"""Keeping what comes in without sign-in, and closing it."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.utils import timezone

from portal.codes import code_from
from portal.crypto import keyed_hash
from portal.intake.states import IntakeState
from portal.width import to_halfwidth

LONGEST_CODE = 20


def registration_code(form_key: UUID) -> str:
    """What the sender follows it by; a form sent twice has it twice."""
    return code_from(keyed_hash(str(form_key), "registration"))


def hash_of_registration(code: str) -> str:
    """By what a registration code finds what was sent."""
    return keyed_hash(code.strip().upper(), "registration code")


def typed_code(text: str) -> str:
    """A code as it was typed, without blanks and dashes."""
    return re.sub(r"[\s-]", "", to_halfwidth(text))[:LONGEST_CODE]


def receive(row) -> str:
    """Keep an Intake as the public role; its registration code.

    The same form sent again changes nothing and has the same code.
    """
    code = registration_code(row.form_key)
    row.code_hash = hash_of_registration(code)
    row.occurred_on = timezone.localdate()
    row.derive()
    # Not save(): that asks for the new key, which the role may not read.
    model = type(row)
    columns = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    model._base_manager._insert(
        [row], fields=columns, using="default", on_conflict=OnConflict.IGNORE
    )
    return code


@dataclass(frozen=True)
class Answer:
    """What becomes of it: the record that it became, or the reason for sending it back."""

    became: Model | None = None
    reason: str = ""


@transaction.atomic
def answer(row, result: Answer, *also: str):
    """Close an Intake as it was loaded; ``also`` are further columns to be stored.

    Raises ValidationError for one that is closed already or sent back without a reason, StaleRecord.
    """
    if row.state != IntakeState.SENT:
        raise ValidationError("这件已经处理过。")
    if result.became is None and not result.reason.strip():
        raise ValidationError({"reason": "请写明退回的原因，来件人会看到。"})
    row.answered_on = timezone.localdate()
    if result.became is None:
        row.state, row.answer = IntakeState.DECLINED, result.reason.strip()
    else:
        row.state, row.became_key = IntakeState.TAKEN, result.became.pk
    row.save(update_fields=["state", "answered_on", "answer", "became_key", *also])
    return row
