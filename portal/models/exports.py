"""What people set and ask for when lists leave the portal: columns and long prints."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.fields import EncryptedTextField
from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.wall.classes import Exempt, Own


class ColumnChoice(models.Model):
    """Which columns of a ledger one user sees, in which order; without a row, the ledger's own."""

    wall = Exempt("one user's own order of columns; holds names of columns, no unit's data")

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    ledger = models.CharField("台账", max_length=40)
    columns = ArrayField(models.CharField(max_length=40), verbose_name="栏目")

    class Meta:
        verbose_name = "栏目选择"
        constraints = [
            models.UniqueConstraint(fields=["user", "ledger"], name="column_choice_once"),
            models.CheckConstraint(
                condition=Q(columns__len__gte=1), name="column_choice_not_empty"
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.ledger}"


class RegisterPrint(Versioned):
    """A printed register too long to wait for: asked for, laid out by the worker, fetched once done.

    ``selection`` says which rows (filters and search, sealed: a search may be a number); ``unit_ids``
    are the units they may be of: who lost one of these fetches the file no more. It is kept sealed
    for a day.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "正在排版"
        DONE = "done", "可以下载"
        FAILED = "failed", "没有完成"

    wall = Own()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    unit_ids = ArrayField(models.BigIntegerField(), verbose_name="行所属的单位")
    ledger = models.CharField("台账", max_length=40)
    selection = EncryptedTextField("范围", purpose="selection", max_length=4000)
    columns = ArrayField(models.CharField(max_length=40), verbose_name="栏目")
    rows = models.PositiveIntegerField("行数", default=0)
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    message = models.CharField("说明", max_length=200, blank=True)
    content = models.BinaryField(null=True, editable=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "台账打印"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(content__isnull=False),
                name="register_print_done_has_file",
            ),
        ]

    def __str__(self):
        return f"{self.ledger} {self.asked_at}"
