"""How an office mapped the columns of a form before, so that it is asked only once."""

from django.db import models
from django.db.models import Q

from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.wall.classes import Own


class ColumnMapping(Versioned):
    """The columns of one form, known by the hash of its header, for one target at one unit."""

    wall = Own()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    target = models.CharField("导入为", max_length=40)
    fingerprint = models.CharField(max_length=64, editable=False)
    columns = models.JSONField("列的对应", default=dict)  # {plain label of theirs: our label}
    rules = models.JSONField("保留或替换", default=dict)  # {plain label of theirs: "keep"}
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "列对应"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "target", "fingerprint"], name="column_mapping_once"
            ),
            models.CheckConstraint(
                condition=~Q(fingerprint="") & ~Q(target=""), name="column_mapping_is_of_a_form"
            ),
        ]

    def __str__(self):
        return f"{self.target} {self.fingerprint[:8]}"
