"""Places: facilities with zones, reading rooms, notice boards with what was posted, slogans."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order, not_negative
from portal.office.enums import BoardKind, FacilityKind, HoldingKind, SloganKind
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
from portal.wall.classes import Closes


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


class Holding(Part):
    """What a reading room keeps of one kind, from a day on until it is counted anew."""

    tags = "facility__domains"

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="holdings", verbose_name="阅览室"
    )
    kind = models.CharField("类型", max_length=12, choices=HoldingKind)
    quantity = models.PositiveIntegerField("数量（册、份）")
    starts_on = models.DateField("清点日期")
    ends_on = past_day("更新日期", help_text="重新清点后，前一次从这天起不再算。")

    class Meta:
        verbose_name = "藏书报刊"
        ordering = ["facility", "kind", "-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["facility", "kind"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="office_holding_once",
                violation_error_message="这一类已有现存数量，请在前一次填上更新日期。",
            ),
        ]

    def __str__(self):
        return f"{self.facility} {self.get_kind_display()}"


class ReadingDay(PartEvent):
    """A day on which a reading room was open: from when to when, and how many came."""

    closes = Closes(("occurred_on",), fixed=())

    tags = "facility__domains"

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="reading_days", verbose_name="阅览室"
    )
    occurred_on = models.DateField("开放日期")
    opened_at = models.TimeField("开门时间", null=True, blank=True)
    closed_at = models.TimeField("关门时间", null=True, blank=True)
    visits = models.PositiveIntegerField("到访人次")
    elders = models.PositiveIntegerField("其中中老年人", null=True, blank=True)
    lent = models.PositiveIntegerField("借出（册）", null=True, blank=True)
    keeper = words("值守人", 50)

    class Meta(PartEvent.Meta):
        verbose_name = "阅览室开放"
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "occurred_on"],
                condition=Q(deleted_at__isnull=True),
                name="office_readingday_once",
                violation_error_message="这个阅览室这天已登记。",
            ),
            models.CheckConstraint(
                condition=Q(elders__isnull=True) | Q(elders__lte=F("visits")),
                name="office_readingday_elders_of_visits",
                violation_error_message="其中中老年人不能多于到访人次。",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gt=F("opened_at")),
                name="office_readingday_closes_later",
                violation_error_message="关门时间应晚于开门时间。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.facility}"


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

    closes = Closes(("occurred_on",), fixed=())

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

    closes = Closes(("occurred_on",), fixed=())

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
