from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.models import Unit
from portal.models.versioned import Versioned
from portal.records import Kept
from portal.wall.classes import Down, Exempt, Own, Person


class Shelf(models.Model):
    wall = Exempt("a code table of the tests")
    reference_data = True

    name = models.CharField(max_length=20)

    def __str__(self):
        return self.name


class Neighbour(Versioned):
    wall = Person()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_ids = ArrayField(models.BigIntegerField())
    name = models.CharField("姓名", max_length=20)

    def __str__(self):
        return self.name


class Paper(Kept):
    class Kind(models.TextChoices):
        LETTER = "letter", "来信"
        REPORT = "report", "报告"

    title = models.CharField("标题", max_length=40)
    kind = models.CharField("种类", max_length=8, choices=Kind, default=Kind.LETTER)
    arrived_on = models.DateField("收到日期", null=True, blank=True)
    amount = models.DecimalField(
        "金额（元）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    urgent = models.BooleanField("加急", default=False)
    topics = ArrayField(
        models.CharField(max_length=8, choices={"road": "道路", "water": "用水"}),
        verbose_name="主题",
        default=list,
    )
    writer = models.ForeignKey(
        Neighbour,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="写信人",
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复"
    )
    shelf = models.ForeignKey(Shelf, models.PROTECT, null=True, blank=True, verbose_name="架位")
    scan = models.BinaryField("扫描件", default=b"")

    def __str__(self):
        return self.title


class Notice(models.Model):
    wall = Down()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.CharField(max_length=40)

    def __str__(self):
        return self.text


class Postcard(Kept):
    """What comes in from outside."""

    wall = Own(intake="state = 'sent'")

    text = models.CharField("内容", max_length=40)
    state = models.CharField(max_length=8, default="sent")

    def __str__(self):
        return self.text
