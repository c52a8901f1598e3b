"""楼栋、房屋: the places in which households live. A household stays where it is; people move."""

from django.db import models

from portal.records import Kept
from portal.wall.classes import Closes
from residents.enums import DwellingUse
from residents.models.shared import ends_after_start


class Building(Kept):
    """One building; with entrances (单元) or without."""

    closes = Closes(("starts_on", "ends_on"), fixed=())

    name = models.CharField("楼栋", max_length=60, help_text="如：春华路 8 号 1 栋。")
    address = models.CharField(
        "地址", max_length=90, help_text="房屋的地址由它加上单元和房号而成。"
    )
    grid = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格",
    )
    floors = models.PositiveSmallIntegerField("层数", null=True, blank=True)
    starts_on = models.DateField("建成日期", null=True, blank=True)
    ends_on = models.DateField("拆除日期", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "楼栋"
        constraints = [
            ends_after_start("building_ends_after_start"),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=models.Q(deleted_at__isnull=True),
                name="building_name_once_per_unit",
                violation_error_message="本单位已有这个名称的楼栋。",
            ),
        ]

    def __str__(self):
        return self.name


class Dwelling(Kept):
    """One flat or shop of a building. Who lives in it at a date, the memberships tell."""

    closes = Closes(("starts_on", "ends_on"), fixed=())

    building = models.ForeignKey(
        Building, models.PROTECT, related_name="dwellings", verbose_name="楼栋"
    )
    entrance = models.CharField(
        "单元", max_length=10, blank=True, help_text="如 2；不分单元的不填。"
    )
    floor = models.SmallIntegerField("楼层", null=True, blank=True)
    room = models.CharField("房号", max_length=20)
    use = models.CharField("用途", max_length=12, choices=DwellingUse, default=DwellingUse.OWN)
    area = models.DecimalField(
        "建筑面积", max_digits=8, decimal_places=2, null=True, blank=True, help_text="平方米。"
    )
    owner = models.CharField("产权人", max_length=50, blank=True)
    starts_on = models.DateField("启用日期", null=True, blank=True)
    ends_on = models.DateField("停用日期", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "房屋"
        constraints = [
            ends_after_start("dwelling_ends_after_start"),
            models.UniqueConstraint(
                fields=["building", "entrance", "room"],
                condition=models.Q(deleted_at__isnull=True),
                name="dwelling_room_once_per_building",
                violation_error_message="这栋楼的这个单元已有这个房号。",
            ),
        ]

    def __str__(self):
        return f"{self.building.name}{self.door}"

    @property
    def door(self) -> str:
        entrance = f"{self.entrance.removesuffix('单元')}单元" if self.entrance else ""
        room = self.room if self.room.endswith(("室", "房", "号", "铺")) else f"{self.room}室"
        return entrance + room

    @property
    def address(self) -> str:
        return f"{self.building.address}{self.door}"

    @property
    def short(self) -> str:
        """Entrance and room alone, as household numbers are made of them: 2-501."""
        return "-".join(filter(None, (self.entrance, self.room)))
