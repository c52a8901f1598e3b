"""What people set and ask for when lists leave the portal: columns and long prints."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.exports.workflow import RequestPurpose, RequestState
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


class ExportRequest(Versioned):
    """Somebody asks for a list with full numbers; another person decides; the file is made on download.

    ``selection`` freezes the filters (sealed), ``unit_ids`` the units whose rows were approved,
    ``columns`` what is written in which order, ``opened`` those of them that show full numbers.
    ``described`` says the filters in words, without any number. With ``profile_version`` the table is
    that of a profile. No file is kept.
    """

    wall = Own()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    unit_ids = ArrayField(models.BigIntegerField(), verbose_name="行所属的单位")
    requester = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", verbose_name="申请人"
    )
    ledger = models.CharField("台账", max_length=40)
    selection = EncryptedTextField("范围", purpose="selection", max_length=4000)
    described = models.CharField("筛选", max_length=500)
    profile_version = models.ForeignKey(
        "portal.ExportProfileVersion",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="报表模板",
    )
    columns = ArrayField(models.CharField(max_length=40), verbose_name="栏目")
    opened = ArrayField(models.CharField(max_length=40), verbose_name="显示完整号码的栏目")
    rows = models.PositiveIntegerField("申请时的条数")
    purpose = models.CharField("用途", max_length=12, choices=RequestPurpose)
    reason = models.CharField("说明", max_length=200)
    requested_at = models.DateTimeField("申请时间", auto_now_add=True)
    state = models.CharField(
        "状态", max_length=12, choices=RequestState, default=RequestState.REQUESTED
    )
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    note = models.CharField("审批意见", max_length=200, blank=True)
    expires_at = models.DateTimeField("有效期至", null=True)
    downloads = models.PositiveSmallIntegerField("已下载次数", default=0)
    most_downloads = models.PositiveSmallIntegerField("可下载次数", default=0)

    class Meta:
        verbose_name = "完整号码导出申请"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened__len__gte=1), name="export_request_opens_something"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requester")),
                name="export_request_decided_by_another",
                violation_error_message="不能审批自己的申请。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused", "revoked"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="export_request_decision_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(expires_at__isnull=False),
                name="export_request_approval_ends",
            ),
            models.CheckConstraint(
                condition=Q(downloads__lte=F("most_downloads")),
                name="export_request_downloads_bounded",
            ),
        ]

    def __str__(self):
        return f"申请 {self.pk:05d}"
