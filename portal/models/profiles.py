"""The tables that other offices want: profiles, their versions, and what was sent to whom when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.wall.classes import Down, Own


class ExportProfile(Versioned):
    """One table that an office asks for, made from a ledger; read by the units below its own."""

    wall = Down()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("模板名称", max_length=60)
    recipient = models.CharField("报送给", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    created_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "报表模板"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(retired_at__isnull=True),
                name="export_profile_name_once",
                violation_error_message="本单位已有同名的模板，请换一个名称。",
            ),
        ]

    def __str__(self):
        return self.name


class ExportProfileVersion(models.Model):
    """What a profile said at one time; a change makes a new one, none is ever changed."""

    wall = Down(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    profile = models.ForeignKey(ExportProfile, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    definition = models.JSONField()
    note = models.CharField("改动说明", max_length=200, blank=True)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "报表模板版本"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="profile_version_once"),
        ]

    def __str__(self):
        return f"{self.profile} 第 {self.number} 版"


class ProfileSending(models.Model):
    """One file that was made by a version of a profile and sent; ``sha256`` tells it among others.

    ``key`` is that of the form: sent twice, it is registered once.
    """

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    profile_version = models.ForeignKey(
        ExportProfileVersion, models.PROTECT, related_name="sendings", verbose_name="模板版本"
    )
    recipient = models.CharField("报送给", max_length=60)
    sent_on = models.DateField("报送日期", default=timezone.localdate)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("登记时间", auto_now_add=True)
    period = models.CharField("时段", max_length=22, blank=True)
    rows = models.PositiveIntegerField("条数")
    file_name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("校验码", max_length=64)
    full_numbers = models.BooleanField("含完整号码", default=False)
    note = models.CharField("备注", max_length=200, blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = "报送记录"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="profile_sending_sha256")]

    def __str__(self):
        return f"{self.profile_version} {self.sent_on}"
