"""What a summary speaks of, and who may read it."""

from django.db import models
from django.db.models import Q

from portal.periods import Period
from portal.scope import access_of
from portal.summaries import ABOVE_COMMUNITIES, Telling, outlines


def readable_by(user) -> Q:
    """Summaries of units where ``user`` sees the numbers and all the records that they tell of."""
    access = access_of(user)
    figures = access.units("figures.view")
    condition = Q(pk__in=[])
    for outline in outlines:
        units = figures.intersection(*(access.units(f"{d}.view") for d in outline.domains))
        condition |= Q(kind=outline.kind, unit__in=units)
    return condition


class About(models.Model):
    """The outline's letter, the period, and of whom: ``unit``, or some communities of that unit."""

    kind = models.CharField("种类", max_length=1, editable=False)
    period_key = models.CharField("时段", max_length=24, editable=False)
    group = models.ForeignKey(
        "portal.UnitGroup",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="社区组",
    )

    class Meta:
        abstract = True

    @property
    def outline(self):
        return outlines[self.kind]

    @property
    def period(self) -> Period:
        return Period.parse(self.period_key)

    @property
    def joins_others(self) -> bool:
        """Whether it is of several communities, each of which may have a summary of its own."""
        return self.group_id is not None or self.unit.kind in ABOVE_COMMUNITIES

    @property
    def telling(self) -> Telling:
        """For whom and when it is told; counted with the units below of today."""
        return Telling.of(self.unit, self.period, self.group)
