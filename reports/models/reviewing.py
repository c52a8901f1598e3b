"""审签: who took which step with which opinion, remarks at paragraphs, and answers to findings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.records import Kept
from portal.wall.classes import Own
from reports.models.summaries import Summary
from reports.workflow import SUMMARY


class ReviewStep(models.Model):
    """One step of a summary on its way, by name of ``reports.workflow``; never changed."""

    wall = Own(append_only=True)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", editable=False)
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=12)
    opinion = models.TextField("意见", max_length=1000, blank=True)
    revision = models.PositiveIntegerField("所见版本", null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    taken_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审签步骤"
        ordering = ["pk"]

    def __str__(self):
        return SUMMARY.label(self.step)


class Comment(Kept):
    """批注 on words of a part (``quote``), or on the whole part; an answer names ``reply_to``.

    ``demanded`` marks a reason for which the summary was returned: it is settled before the next 送审.
    """

    domain = "reports"

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="comments")
    section_key = models.CharField("部分", max_length=40)
    quote = models.CharField("所批文字", max_length=400, blank=True)
    text = models.TextField("批注", max_length=1000)
    reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name="回复"
    )
    demanded = models.BooleanField("退回理由", default=False)
    resolved_at = models.DateTimeField("解决时间", null=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "批注"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_somebody",
            ),
        ]

    def __str__(self):
        return self.text[:40]


class Answer(Kept):
    """Why a finding of the checker stands: of an error the reason, of a typed number its source.

    ``key`` is the finding's ``answer_key``; an answer counts while the check finds the same again.
    """

    domain = "reports"

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="answers")
    key = models.CharField(max_length=64, editable=False)
    rule = models.CharField("规则", max_length=20, editable=False)
    section_key = models.CharField("部分", max_length=40, blank=True, editable=False)
    words = models.CharField("文字", max_length=200, blank=True, editable=False)
    message = models.CharField("检查结果", max_length=400, editable=False)
    reason = models.TextField("说明", max_length=500)

    class Meta:
        verbose_name = "检查答复"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "key"],
                condition=Q(deleted_at__isnull=True),
                name="answer_once",
            ),
        ]

    def __str__(self):
        return self.reason[:40]
