"""Places: facilities with zones, notice boards with what was posted, slogans."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order, not_negative
from portal.office.enums import BoardKind, FacilityKind, SloganKind
from portal.office.models.base import (
    TAGGED,
    Event,
    Fact,
    Part,
    PartEvent,
    day,
    decimal,
    past_day,
    words,
)


class Facility(Fact):
    """A facility and its whole area in ㎡. Planned, built or in use: that follows from its days."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=12, choices=FacilityKind)
    area = decimal("面积（㎡）", help_text="整个场所的面积，含其中各功能区。")
    address = words("地址", 120)
    manager = words("管理人", 50)
    planned_on = past_day("立项日期")
    built_on = past_day("建成日期")
    opened_on = past_day("启用日期")
    closed_on = past_day("停用日期")

    class Meta:
        verbose_name = "设施"
        verbose_name_plural = "设施"
        ordering = ["kind", "name"]
        constraints = [
            TAGGED,
            *in_order("planned_on", "built_on", "opened_on"),
            *in_order("built_on", "opened_on"),
            *in_order("opened_on", "closed_on"),
            *not_negative("area"),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False)
                | Q(built_on__isnull=False)
                | Q(opened_on__isnull=False),
                name="office_facility_has_a_day",
                violation_error_message="立项、建成、启用日期至少填一个。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=False),
                name="office_facility_closed_was_open",
                violation_error_message="停用的设施，请填写启用日期。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def state(self) -> str:
        """规划在建, 建成待用, 使用中 or 已停用, as of today."""
        if self.closed_on:
            return "已停用"
        if self.opened_on:
            return "使用中"
        return "建成待用" if self.built_on else "规划在建"


class FacilityZone(Part):
    """A part of a facility. Its area is already in the facility's and is never added to it."""

    tags = "facility__domains"

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="zones", verbose_name="设施"
    )
    name = models.CharField("功能区", max_length=60)
    area = decimal("面积（㎡）")
    use = words("用途", 100)

    class Meta:
        verbose_name = "功能区"
        ordering = ["facility", "name"]
        constraints = [
            *not_negative("area"),
            models.UniqueConstraint(
                fields=["facility", "name"],
                condition=Q(deleted_at__isnull=True),
                name="office_zone_once",
                violation_error_message="这个设施已有同名的功能区。",
            ),
        ]

    def __str__(self):
        return f"{self.facility} {self.name}"


class NoticeBoard(Fact):
    """A notice board or public column at a place."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=12, choices=BoardKind)
    place = models.CharField("位置", max_length=80)
    keeper = words("管理人", 50)
    starts_on = models.DateField("设置日期")
    ends_on = past_day("拆除日期")

    class Meta:
        verbose_name = "公示栏"
        ordering = ["place", "name"]
        constraints = [TAGGED, *in_order("starts_on", "ends_on")]

    def __str__(self):
        return self.name


class Posting(PartEvent):
    """What was posted on a board, when it is to be taken down, and when it was."""

    tags = "board__domains"

    board = models.ForeignKey(
        NoticeBoard, models.PROTECT, related_name="postings", verbose_name="公示栏"
    )
    occurred_on = models.DateField("张贴日期")
    title = models.CharField("公示内容", max_length=120)
    category = words("公示类别", 30, help_text="如党务、居务、财务、服务。")
    due_on = day("应撤日期")
    removed_on = past_day("撤下日期")

    class Meta(PartEvent.Meta):
        verbose_name = "张贴公示"
        constraints = in_order("occurred_on", "due_on", "removed_on")

    def __str__(self):
        return self.title


class Slogan(Event):
    """A slogan shown somewhere, from a day to a day."""

    occurred_on = models.DateField("悬挂日期")
    text = models.CharField("标语内容", max_length=100)
    kind = models.CharField("形式", max_length=12, choices=SloganKind, default=SloganKind.BANNER)
    place = words("地点", 80)
    quantity = models.PositiveIntegerField(
        "数量（条）", default=1, validators=[MinValueValidator(1)]
    )
    size = words("规格", 30, help_text="如 6m×0.7m。")
    ends_on = past_day("撤下日期")

    class Meta(Event.Meta):
        verbose_name = "标语"
        constraints = [TAGGED, *in_order("occurred_on", "ends_on")]

    def __str__(self):
        return self.text
