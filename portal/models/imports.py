"""An uploaded workbook from its upload to its storing and undoing, with the trace of what it did."""

from django.db import models
from django.db.models import Q

from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.wall.classes import Own


class ImportState(models.TextChoices):
    """Where a batch stands; portal/imports/workflow.py says what leads where."""

    UPLOADED = "uploaded", "已上传"
    MAPPING = "mapping", "核对列名"
    CHECKING = "checking", "正在检查"
    CHECKED = "checked", "等待确认"
    AWAITING = "awaiting", "等待复核"
    STORING = "storing", "正在导入"
    STORED = "stored", "已导入"
    REFUSED = "refused", "未导入"
    FAILED = "failed", "出错中断"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"


class ImportBatch(Versioned):
    """One workbook brought in by one user for one unit. The file itself is kept encrypted.

    ``layout`` is how its sheets are to be read, ``decisions`` what the clerk chose for single rows
    ({sheet: {row: {field: key}}}). ``counts`` are rows by what happens to them. ``done`` of
    ``total`` rows tell how far the present work is; they change often and leave no history.
    """

    wall = Own()
    unversioned = frozenset({"phase", "done", "total"})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    ledger = models.CharField("台账", max_length=40, blank=True)  # blank: the whole workbook
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(editable=False)
    uploaded_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        "状态", max_length=12, choices=ImportState, default=ImportState.UPLOADED
    )
    layout = models.JSONField(default=dict, blank=True)
    decisions = models.JSONField(default=dict, blank=True)
    good_only = models.BooleanField("只导入无误的行", default=False)
    undo_others = models.BooleanField("只撤销未再改动的", default=False)
    findings = models.BinaryField(editable=False, default=b"")
    counts = models.JSONField(
        default=dict
    )  # {"new": n, "changed": n, "unchanged": n, "refused": n}
    summary = models.JSONField(default=dict)  # rows by sheet, and how many findings of each kind
    phase = models.CharField("进度说明", max_length=40, blank=True)
    done = models.PositiveIntegerField("已处理行数", default=0)
    total = models.PositiveIntegerField("总行数", default=0)
    confirmed_at = models.DateTimeField(null=True)  # when its rows were stored

    class Meta:
        verbose_name = "导入批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sha256=""), name="import_batch_has_hash"),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_batch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False)
                | ~Q(state__in=[ImportState.STORED, ImportState.UNDOING, ImportState.UNDONE]),
                name="import_batch_stored_at",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="import_batch_state")]

    def __str__(self):
        return self.filename


class ImportStep(models.Model):
    """One step of a batch: who took it when, from where to where, and how many rows it was about."""

    wall = Own()  # not append-only: an upload that nobody confirmed goes with its steps

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="steps")
    action = models.CharField("步骤", max_length=12)
    source = models.CharField("原状态", max_length=12, choices=ImportState, blank=True)
    target = models.CharField("新状态", max_length=12, choices=ImportState)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间", auto_now_add=True)
    note = models.CharField("说明", max_length=200, blank=True)
    counts = models.JSONField("行数", default=dict)

    class Meta:
        verbose_name = "导入步骤"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.action} {self.get_target_display()}"


class ImportPage(models.Model):
    """One page of a batch's preview: some rows that share a fate, sealed like the file."""

    wall = Own()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="pages")
    fate = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    content = models.BinaryField(editable=False)

    class Meta:
        verbose_name = "导入预览页"
        constraints = [
            models.UniqueConstraint(fields=["batch", "fate", "number"], name="import_page_once"),
        ]

    def __str__(self):
        return f"{self.fate} {self.number}"


class ImportedRow(models.Model):
    """What a batch did to one record, so that it can be undone; kept in the order it was done.

    ``before`` is sealed JSON of the columns that a change replaced. ``record_version`` is the
    record's version right after.
    """

    wall = Own()

    class Action(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "修改"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    ledger = models.CharField(max_length=40)
    record = models.BigIntegerField()
    action = models.CharField(max_length=8, choices=Action)
    sheet = models.CharField(max_length=40)
    row = models.PositiveIntegerField()
    before = models.BinaryField(editable=False, default=b"")
    record_version = models.PositiveIntegerField()
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = "导入的记录"
        indexes = [models.Index(fields=["ledger", "record"], name="imported_row_record")]

    def __str__(self):
        return f"{self.ledger} {self.record}"
