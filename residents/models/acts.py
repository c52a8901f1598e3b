"""户变动: the log of what was done to households as one act: who, when, and each row before and after."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.records import Kept
from portal.wall.classes import Own
from residents.enums import ActKind
from residents.models.households import Household


class HouseholdAct(Kept):
    """One act. Never changed: an undoing is an act of its own that names the one it ``undoes``.

    ``touched`` lists the rows in the order in which they were written: {model, id, version, name,
    before, after}, ``before`` None for a row that the act made. ``told`` says it in sentences.
    """

    wall = Own(append_only=True)

    kind = models.CharField("变动", max_length=12, choices=ActKind)
    household = models.ForeignKey(Household, models.PROTECT, related_name="acts", verbose_name="户")
    other = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_as_other",
        verbose_name="另一户",
    )
    occurred_on = models.DateField("生效日期")
    note = models.CharField("依据", max_length=200, blank=True)
    told = models.JSONField("内容", default=list, editable=False)
    touched = models.JSONField(default=list, editable=False, encoder=DjangoJSONEncoder)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="undone_in"
    )

    class Meta:
        verbose_name = "户变动"
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="householdact_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.get_kind_display()} {self.household.number}"
