"""The draft that people edit, its parts, its former words, and who has it open."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.models.versioned import Versioned
from portal.records import Kept, KeptQuerySet
from portal.wall.classes import Own
from reports.models.about import About, readable_by
from reports.workflow import EDITABLE, OPEN, SummaryState

TITLE_LENGTH = 120
SECTION_LENGTH = 20_000
DRAFT_LENGTH = 100_000  # characters of all parts together: they are laid out while somebody waits


class SummaryQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.kept().filter(readable_by(user))


class Summary(About, Kept):
    """One draft on its way, and after issuing the record that it was one; ``version`` covers its sections.

    ``automatic`` marks a draft of the night that no person has touched: the next night makes it anew.
    ``note`` says why a summary that was issued before is issued again.
    """

    State = SummaryState
    domain = "reports"

    title = models.CharField("标题", max_length=TITLE_LENGTH)
    state = models.CharField(
        "状态", max_length=10, choices=SummaryState, default=SummaryState.DRAFT
    )
    automatic = models.BooleanField("夜间自动起草", default=False, editable=False)
    note = models.CharField("更正说明", max_length=300, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "总结"
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["unit", "period_key"], name="summary_unit_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "period_key", "group"],
                condition=Q(state__in=sorted(OPEN), deleted_at__isnull=True),
                nulls_distinct=False,
                name="summary_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SummaryState.values), name="summary_state_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("summary-detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether its words may be changed."""
        return self.state in EDITABLE

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way to being issued."""
        return self.state in OPEN


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


class Revision(models.Model):
    """The words of a draft as they stood; ``texts`` are stored texts by section key."""

    class Why(models.TextChoices):
        DRAFTED = "drafted", "按记录起草"
        SAVED = "saved", "保存"
        AUTOSAVED = "autosaved", "自动保存"
        MENDED = "mended", "按检查结果替换"
        PULLED = "pulled", "引入下级段落"
        SUBMITTED = "submitted", "送审"
        RESTORED = "restored", "恢复以前的版本"

    wall = Own(append_only=True)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField("版本")
    title = models.CharField("标题", max_length=TITLE_LENGTH)
    texts = models.JSONField("正文")
    why = models.CharField("缘由", max_length=12, choices=Why)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="保存人",
    )
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "总结版本"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "number"], name="revision_number_once"),
        ]

    def __str__(self):
        return f"第{self.number}版"


class Presence(Versioned):
    """Who has a draft open in the editor and in which part; stale after a minute without a sign."""

    wall = Own()
    unversioned = frozenset({"section_key", "seen_at"})

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    summary = models.ForeignKey(Summary, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    section_key = models.CharField("所在部分", max_length=40, blank=True)
    seen_at = models.DateTimeField("最近在线")

    class Meta:
        verbose_name = "正在编辑的人"
        constraints = [
            models.UniqueConstraint(fields=["summary", "user"], name="presence_once"),
        ]

    def __str__(self):
        return str(self.user)


class Quotation(models.Model):
    """A paragraph of a summary below, pulled in: ``words`` as they stood in ``issue``."""

    wall = Own()

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    summary = models.ForeignKey(Summary, models.CASCADE, related_name="quotations")
    section_key = models.CharField("放入部分", max_length=40)
    issue = models.ForeignKey(
        "reports.Issue", models.PROTECT, related_name="quoted_in", verbose_name="出处"
    )
    words = models.TextField("引文")
    pulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pulled_at = models.DateTimeField("引入时间")

    class Meta:
        verbose_name = "引文"
        ordering = ["pk"]

    def __str__(self):
        return self.words[:40]
