"""What is kept clean and who answers for it: points, key units, representatives."""

from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.office.models.base import day, words
from residents.models.shared import SpellQuerySet
from sanitation.enums.places import KeyUnitKind, PointKind, RepresentativeKind
from sanitation.models.base import AboutCommunity, OurKept, grid_field


class InspectionPoint(AboutCommunity, OurKept):
    """A place that inspections go to: a road, the market, a pond, a toilet, a bin."""

    name = models.CharField("点位名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=PointKind)
    grid = grid_field(null=True, blank=True)
    place = words("位置", 80)
    keeper = words("责任人", 50)
    starts_on = models.DateField("设立日期")
    ends_on = day("撤销日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "检查点位"
        ordering = ["community", "kind", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "community", "name"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="inspectionpoint_once",
                violation_error_message="这个社区（村）已有同名的检查点位。",
            ),
        ]

    def __str__(self):
        return self.name


class KeyUnit(AboutCommunity, OurKept):
    """An enterprise, market or school whose surroundings weigh most."""

    name = models.CharField("单位名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=KeyUnitKind)
    grid = grid_field(null=True, blank=True)
    place = words("地址", 80)
    manager = words("负责人", 50)
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    concerns = words("重点问题", 200)
    starts_on = models.DateField("列入日期")
    ends_on = day("移出日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "环境卫生重点单位"
        ordering = ["community", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "community", "name"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="keyunit_once",
                violation_error_message="这个单位已在重点单位中。",
            ),
        ]

    def __str__(self):
        return self.name


class Representative(AboutCommunity, OurKept):
    """A villager who looks after the homes of a group (乐和代表)."""

    name = models.CharField("姓名", max_length=50)
    kind = models.CharField("身份", max_length=8, choices=RepresentativeKind)
    grid = grid_field(null=True, blank=True)
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    duty = words("负责的户和范围", 100)
    starts_on = models.DateField("任职日期")
    ends_on = day("离任日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "环境卫生代表"
        ordering = ["community", "grid", "name"]
        constraints = in_order("starts_on", "ends_on")

    def __str__(self):
        return self.name
