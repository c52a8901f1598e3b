"""The columns of what comes in without sign-in, and the condition under which the public role adds it."""

from django.db import models
from django.db.models import Q

from portal.intake.states import IntakeState

NEW = """
    state = 'sent' AND became_key IS NULL AND answered_on IS NULL AND answer = '' AND grid_id IS NULL
    AND recorded_by_id IS NULL AND deleted_at IS NULL AND deleted_by_id IS NULL AND NOT highlight
    AND occurred_on = (now() AT TIME ZONE 'Asia/Shanghai')::date AND consented AND version = 1
"""


def intake(*further: str) -> str:
    """The ``intake`` of the wall's class of such a table: new, unanswered, and what else must hold."""
    return " ".join(" AND ".join([NEW, *further]).split())


def answered_has_day(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(state=IntakeState.SENT, answered_on__isnull=True, answer="")
        | Q(state=IntakeState.TAKEN, answered_on__isnull=False, answer="")
        | (Q(state=IntakeState.DECLINED, answered_on__isnull=False) & ~Q(answer="")),
        name=name,
        violation_error_message="处理过的有日期，退回的还有原因。",
    )


class Intake(models.Model):
    """Beside a Record. The public role adds rows and reads none, so nothing here refers to a protected
    table: ``became_key`` is the key of the record that staff made of it. The sender follows it by a
    code that is derived by key from ``form_key``; ``code_hash`` finds it.
    """

    state = models.CharField(
        "状态", max_length=12, choices=IntakeState, default=IntakeState.SENT, editable=False
    )
    consented = models.BooleanField("已同意个人信息处理告知", default=False)
    form_key = models.UUIDField(unique=True, editable=False)
    code_hash = models.CharField(max_length=32, unique=True, editable=False)
    became_key = models.BigIntegerField(null=True, editable=False)
    answered_on = models.DateField("处理日期", null=True, blank=True, editable=False)
    answer = models.CharField("退回原因", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Set what follows from what was typed; whoever stores one calls it."""
