"""Stored cells of figures, and the marks that say which of them no longer hold (ADR 55).

Written by triggers of the wall and by the folding job alone; a page only reads them.
"""

from django.db import models
from django.utils import timezone

from portal.models.units import Unit
from portal.wall.classes import Exempt, Own

LONGEST_KEY = 120
LONGEST_TABLE = 63


class CellDefinition(models.Model):
    """A figure in one definition whose cells were all counted; without it the figure is counted live."""

    wall = Exempt(
        "names of figures that have cells; holds no unit's data", "SELECT, INSERT, DELETE"
    )

    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    fact = models.CharField(max_length=LONGEST_TABLE)
    built_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "指标单元定义"

    def __str__(self):
        return self.key


class FigureCell(models.Model):
    """What a figure adds up to in a unit in a month, in the measure of its rows; noughts are not kept.

    No constraint holds the references: a cell is derived, and counting it must stay cheap.
    """

    wall = Own(logged=False)

    definition = models.ForeignKey(
        CellDefinition, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        Unit, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField()  # its first day
    value = models.DecimalField(max_digits=24, decimal_places=4)

    class Meta:
        verbose_name = "指标单元"
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "unit", "month"], include=["value"], name="figure_cell_once"
            )
        ]

    def __str__(self):
        return f"{self.definition_id} {self.unit_id} {self.month}"


class FigureMark(models.Model):
    """Rows of a fact changed in a unit and month: its cells there are counted live until they are folded."""

    wall = Own(logged=False)

    fact = models.CharField(max_length=LONGEST_TABLE)
    unit = models.ForeignKey(
        Unit, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField()  # its first day
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "指标标记"
        indexes = [models.Index(fields=["fact", "unit", "month"], name="figure_mark_key")]

    def __str__(self):
        return f"{self.fact} {self.unit_id} {self.month}"


class WholeMark(models.Model):
    """No cell of the fact holds: its table was emptied, a code that it names changed, or its triggers did."""

    wall = Exempt(
        "names of tables whose cells are counted anew; holds no unit's data", "SELECT, DELETE"
    )

    fact = models.CharField(max_length=LONGEST_TABLE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "指标整体标记"

    def __str__(self):
        return self.fact
