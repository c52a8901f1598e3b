"""Summaries: the draft that people edit, its parts, and the issues frozen from it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.periods import Period
from portal.records import Kept, KeptQuerySet
from portal.scope import access_of
from portal.summaries import outlines
from portal.wall.classes import Own

TITLE_LENGTH = 120
SECTION_LENGTH = 20_000


def readable_by(user) -> Q:
    """Summaries of units where ``user`` sees the numbers and the records that they tell of."""
    access = access_of(user)
    figures = access.units("figures.view")
    condition = Q(pk__in=[])
    for outline in outlines:
        units = figures & access.units(f"{outline.domain}.view")
        condition |= Q(kind=outline.kind, unit__in=units)
    return condition


class SummaryQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.kept().filter(readable_by(user))


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable_by(user))


class About(models.Model):
    """What a summary speaks of: the outline's letter, the unit and the period."""

    kind = models.CharField("种类", max_length=1, editable=False)
    period_key = models.CharField("时段", max_length=24, editable=False)

    class Meta:
        abstract = True

    @property
    def outline(self):
        return outlines[self.kind]

    @property
    def period(self) -> Period:
        return Period.parse(self.period_key)


class Summary(About, Kept):
    """One draft, and after issuing the record that it was one; ``version`` covers its sections."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已签发"

    domain = "reports"

    title = models.CharField("标题", max_length=TITLE_LENGTH)
    state = models.CharField("状态", max_length=8, choices=State, default=State.DRAFT)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "总结"
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["unit", "period_key"], name="summary_unit_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "period_key"],
                condition=Q(state="draft", deleted_at__isnull=True),
                name="summary_one_open_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "issued"]), name="summary_state_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("summary-detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Section(models.Model):
    """One part of a draft. ``text`` holds figures as ``{code}``; a blank part is not printed."""

    wall = Own()

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    summary = models.ForeignKey(Summary, models.CASCADE, related_name="sections")
    key = models.CharField("部分", max_length=40, editable=False)
    heading = models.CharField("小标题", max_length=60, blank=True)
    ordinal = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField("正文", max_length=SECTION_LENGTH, blank=True)

    class Meta:
        verbose_name = "总结部分"
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "key"], name="section_once"),
        ]

    def __str__(self):
        return self.heading or self.key


class Issue(About):
    """A summary as it was signed: text, numbers, the rows counted and the PDF, never changed again.

    ``sha256`` is over the canonical JSON of ``content`` (reports/frozen.py), whose first digits are
    printed as 校验码; ``pdf_sha256`` is over the file.
    """

    wall = Own(append_only=True)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField("签发次数")
    content = models.JSONField("内容")
    as_of = models.DateTimeField("统计时间")
    sha256 = models.CharField("校验码", max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
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
                fields=["kind", "unit", "period_key", "number"], name="issue_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="issue_number_from_one"),
        ]

    def __str__(self):
        return f"{self.content['title']}（第{self.number}次签发）"

    def get_absolute_url(self):
        return reverse("issue-detail", args=[self.pk])
