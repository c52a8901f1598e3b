"""关注的查询: a list's filters and search words under a name, and what each look at it found."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.fields import EncryptedTextField
from portal.models.versioned import Versioned
from portal.wall.classes import Personal


class SavedSearch(Versioned):
    """``selection`` holds filters and search words, sealed, because a search may be a name or a number; so
    is ``described``, the same in words. It says what is looked for, not where: the units are those of the
    account on the day of each look.

    ``seen`` is the transaction below which the change log was looked through; ``next_on`` the day of the
    next look, none where nobody is to be told.
    """

    class Every(models.TextChoices):
        NEVER = "never", "不提醒"
        DAY = "day", "每天"
        WEEK = "week", "每周（星期一）"

    wall = Personal()

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+", verbose_name="账号")
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("名称", max_length=40, validators=[MinLengthValidator(2)])
    selection = EncryptedTextField("条件", purpose="selection", max_length=4000)
    described = EncryptedTextField("条件", purpose="described", max_length=300)
    every = models.CharField("提醒", max_length=5, choices=Every, default=Every.NEVER)
    made_at = models.DateTimeField("保存时间", default=timezone.now)
    seen = models.BigIntegerField(default=0)
    next_on = models.DateField(null=True)
    trouble = models.CharField("不能用的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "关注的查询"
        ordering = ["ledger", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "ledger", "name"],
                name="saved_search_name_once",
                violation_error_message="这本台账已有同名的关注。",
            ),
            models.CheckConstraint(
                condition=Q(every="never", next_on__isnull=True)
                | (~Q(every="never") & Q(next_on__isnull=False)),
                name="saved_search_knows_its_day",
            ),
        ]

    def __str__(self):
        return self.name


class SavedLook(models.Model):
    """The records that were new or changed at one look; dropped with the messages of its time."""

    wall = Personal()

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="looks")
    looked_on = models.DateField("日期")
    looked_at = models.DateTimeField("时间", default=timezone.now)
    found = ArrayField(models.BigIntegerField(), verbose_name="记录")

    class Meta:
        verbose_name = "关注的结果"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["search", "looked_on"], name="saved_look_once_a_day")
        ]

    def __str__(self):
        return f"{self.search_id} {self.looked_on}"
