"""The unit's service hall as its papers name it, and the numbers that its papers carry."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from servicecenter.models.agents import Agent
from servicecenter.models.base import OurKept


class Hall(OurKept):
    """One for each unit. ``code_word`` is the 机构代字 that every case number begins with."""

    name = models.CharField("大厅名称", max_length=60)
    code_word = models.CharField(
        "机构代字",
        max_length=12,
        validators=[
            RegexValidator(r"^[一-鿿]{2,12}$", "机构代字为 2 至 12 个汉字，如“春明代办”。")
        ],
        help_text="办件编号的开头，全街道不重复，如“春明代办”。",
    )
    address = models.CharField("地址", max_length=80, blank=True)
    hours = models.CharField("办公时间", max_length=60, blank=True)
    phone = models.CharField("咨询电话", max_length=30, blank=True)
    complaint_phone = models.CharField("监督电话", max_length=30, blank=True)

    class Meta:
        verbose_name = "服务大厅"
        ordering = ["unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_hall_once",
                violation_error_message="本单位已登记服务大厅。",
            ),
            models.UniqueConstraint(
                fields=["code_word"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_code_word_once",
                violation_error_message="这个机构代字已有单位使用。",
            ),
        ]

    def __str__(self):
        return self.name


class HallWindow(OurKept):
    """A window of the hall, in use from a day to a day (both included)."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="windows", verbose_name="服务大厅")
    name = models.CharField("窗口", max_length=40, help_text="如 1 号综合窗口。")
    services = models.CharField("受理业务", max_length=200, blank=True)
    agent = models.ForeignKey(
        Agent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="窗口人员"
    )
    backup = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="B 岗",
        help_text="窗口人员不在时由谁接办（AB 岗）。",
    )
    starts_on = models.DateField("启用日期")
    ends_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "服务窗口"
        ordering = ["hall", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["hall", "name"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="servicecenter_window_once",
                violation_error_message="这个大厅已有同名的窗口。",
            ),
        ]

    def __str__(self):
        return self.name
