"""Where a unit lies on the plan of the unit above it."""

from django.db import models

from portal.models.units import Unit
from portal.wall.classes import Exempt


class UnitOutline(models.Model):
    """The outline of a community on its street's plan, or of a grid on its community's.

    ``polygons`` is what ``portal.charts.outlines.Outline`` holds, in a box of 1000 that all outlines
    below the same unit share: a shape to shade, no measurement and no place on earth.
    """

    wall = Exempt("shapes of public bodies, as the tree of units itself", audited=True)

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="outline", verbose_name="单位")
    polygons = models.JSONField("轮廓")
    recorded_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "单位轮廓"

    def __str__(self):
        return f"{self.unit}的轮廓"
