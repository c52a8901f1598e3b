"""The notices that make the work calendar. They are added, never changed: the latest word holds."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from portal.wall.classes import Exempt

ADDED_ONLY = "SELECT, INSERT"


class NoticeSource(models.TextChoices):
    """Whose notice it is. Only the national one settles a year."""

    NATIONAL = "national", "国务院办公厅"
    LOCAL = "local", "本地"


class WorkNotice(models.Model):
    """放假通知: a notice of a year's days off and working weekends, or of a local closure.

    ``edition`` counts the notices of one source for one year: a notice may be issued again within the
    year, as that of 2019 was. Of those that speak of a day the latest one (by key) wins.
    ``imported_by`` is the account's name as it was then; empty for those that came with the portal.
    """

    wall = Exempt("when offices work: public, the same for every unit", ADDED_ONLY, audited=True)
    reference_data = True

    source = models.CharField("发布单位", max_length=10, choices=NoticeSource)
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(2004), MaxValueValidator(2100)]
    )
    edition = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("通知名称", max_length=100)
    document_number = models.CharField("文号", max_length=50, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    text = models.TextField("通知原文", max_length=8000, blank=True)
    imported_by = models.CharField("导入人", max_length=100, blank=True)
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)

    class Meta:
        verbose_name = "放假通知"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "year", "edition"],
                name="worknotice_edition_once",
                violation_error_message="这一年已有这个版次。",
            ),
        ]

    def __str__(self):
        return self.title


class WorkNoticeDay(models.Model):
    """What a notice says of one day: offices work, or rest; ``name`` is the festival's or the reason."""

    wall = Exempt("when offices work: public, the same for every unit", ADDED_ONLY, audited=True)
    reference_data = True

    notice = models.ForeignKey(
        WorkNotice, models.PROTECT, related_name="days", verbose_name="放假通知"
    )
    day = models.DateField("日期")
    works = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = "通知中的一天"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "day"], name="worknoticeday_once"),
        ]

    def __str__(self):
        return f"{self.day}{'上班' if self.works else '放假'}"
