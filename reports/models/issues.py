"""What was issued: the frozen document, the evidence behind it, and what is left of withdrawn ones."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.wall.classes import Own
from reports.models.about import About, readable_by
from reports.models.summaries import Summary

# A tombstone answers for it: which one is said in its place.
BURIED = "EXISTS (SELECT FROM public.reports_tombstone t WHERE t.kind = 'disposed' AND {})"


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable_by(user))


class Bundle(models.Model):
    """The evidence of an issue, sealed, found by the hash of its clear bytes; never changed.

    ``sealed`` is emptied when the records are disposed of by law; a tombstone keeps the hash.
    """

    wall = Own(append_only=True, emptied=("sealed",), when=BURIED.format("t.sha256 = ($1).sha256"))

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    sha256 = models.CharField("校验码", max_length=64, unique=True)
    sealed = models.BinaryField()
    size = models.PositiveIntegerField("字节")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "证据包"

    def __str__(self):
        return self.sha256[:16]


class Issue(About):
    """A summary as it was signed: text, numbers, the rows counted and the PDF, never changed again.

    ``sha256`` is over the canonical JSON of ``content`` (reports/frozen.py), whose first digits are
    printed as 校验码; ``pdf_sha256`` is over the file, ``public_pdf_sha256`` over the one with names
    masked. ``bundle`` holds the rows as they were. The full file is emptied when the evidence is disposed
    of by law, because it encloses it.
    """

    wall = Own(append_only=True, emptied=("pdf",), when=BURIED.format("t.issue_id = ($1).id"))

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField("签发次数")
    content = models.JSONField("内容")
    as_of = models.DateTimeField("统计时间")
    sha256 = models.CharField("校验码", max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    public_pdf = models.BinaryField(default=b"")
    public_pdf_sha256 = models.CharField(max_length=64, blank=True)
    bundle = models.ForeignKey(Bundle, models.PROTECT, null=True, related_name="issues")
    note = models.CharField("更正说明", max_length=300, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人"
    )
    issued_at = models.DateTimeField("签发时间")

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "签发件"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "period_key", "group", "number"],
                nulls_distinct=False,
                name="issue_number_each_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="issue_number_from_one"),
        ]

    def __str__(self):
        return f"{self.content['title']}（第{self.number}次签发）"

    def get_absolute_url(self):
        return reverse("issue-detail", args=[self.pk])


class EvidenceRow(models.Model):
    """One record that a figure of an issue counted, with what it added; the index into the bundle.

    ``code`` is the counted figure's key (of a ratio that of its term). ``measure`` is what the row added,
    in the measure of single rows (minutes of hours); null where the figure counts people or the like.
    """

    wall = Own(append_only=True, logged=False)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="evidence_rows")
    code = models.CharField(max_length=100)
    model = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    row_version = models.PositiveIntegerField()
    measure = models.DecimalField(max_digits=18, decimal_places=3, null=True)

    class Meta:
        verbose_name = "证据条目"
        indexes = [
            models.Index(fields=["model", "record_id"], name="evidence_of_record"),
            models.Index(fields=["issue", "code"], name="evidence_of_figure"),
        ]

    def __str__(self):
        return f"{self.model} {self.record_id}"


class Tombstone(models.Model):
    """What is left where an issue was withdrawn or its evidence disposed of: the hash, who, when, why.

    ``replaced_by`` is the pseudonymised bundle that took the place of the disposed one. Of disposal
    ``approved_by`` is a second account: what is destroyed is destroyed by two.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", "撤回"
        DISPOSED = "disposed", "依法处置"

    wall = Own(append_only=True)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="tombstones")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    sha256 = models.CharField("校验码", max_length=64)
    reason = models.TextField("理由", max_length=500)
    replaced_by = models.ForeignKey(Bundle, models.PROTECT, null=True, related_name="+")
    buried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    buried_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "存根"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="disposed")
                | Q(buried_by__isnull=False, approved_by__isnull=False)
                & ~Q(buried_by=F("approved_by")),
                name="disposed_by_two",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.sha256[:16]}"
