"""What the records of sanitation work have in common: the unit that keeps a row, and the community it is about.

The street's inspectors keep rows about every community; a community keeps its own. A figure counts by
``community``, whoever keeps the row; the community reads what is kept about it (policy class *inspected*).
"""

from django.db import models
from django.db.models import Q

from portal.records import Kept, Record
from portal.wall.classes import Inspected


class OurKept(Kept):
    """Something that lasts: a point, a cleaner, a rubric."""

    domain = "sanitation"

    class Meta:
        abstract = True


class OurRecord(Record):
    """Something that happened in sanitation work on a day."""

    domain = "sanitation"

    class Meta:
        abstract = True
        ordering = ["-occurred_on", "-pk"]


class AboutCommunity(models.Model):
    """Kept by ``unit`` about ``community``, which reads it; the two are one where a community keeps its own.

    A row of something that is itself about a community names it in ``follows``, and takes its community
    from there at each save; bulk loads set it themselves.
    """

    wall = Inspected("community_id")
    follows = ""

    community = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "community"},
        verbose_name="社区（村）",
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.follow()
        super().save(*args, **kwargs)

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit__in=units) | Q(community__in=units)

    def follow(self) -> None:
        """Take over what the row that this one belongs to says."""
        if self.follows:
            self.community_id = getattr(self, self.follows).community_id


class HiddenUntilOpen(AboutCommunity):
    """As above, but the community reads it only once ``is_open``."""

    wall = Inspected("community_id", only="is_open")

    is_open = models.BooleanField("已公开", default=False, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit__in=units) | Q(community__in=units, is_open=True)

    def follow(self) -> None:
        super().follow()
        if self.follows:
            self.is_open = getattr(self, self.follows).is_open


def community_field(**options):
    """Not asked for, because it follows from what the row belongs to."""
    return models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="社区（村）",
        **options,
    )


def grid_field(**options) -> models.ForeignKey:
    """The grid or group (小组) of the community; for what is not a ``Record``, which has one."""
    return models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格（小组）",
        **options,
    )
