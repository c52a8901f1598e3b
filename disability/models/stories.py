"""典型案例: what was achieved with one person, told without naming them."""

from django.db import models
from django.db.models import Q

from portal.records import Record
from residents.enums import ConsentKind
from residents.models import Consent, Resident


class CaseStory(Record):
    """A story about a resident, anonymised; ``occurred_on`` is the day on which it came to its result.

    It is told in summaries only with the person's consent, and no longer once that is withdrawn.
    """

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="case_stories", verbose_name="居民"
    )
    alias = models.CharField("化名", max_length=20, blank=True, help_text="不填则为姓加“某”。")
    title = models.CharField("标题", max_length=60)
    text = models.TextField(
        "案例内容",
        max_length=2000,
        help_text="按时间写清困难、服务和变化；用化名，不写姓名、证件号码、电话和门牌。",
    )
    quote = models.CharField(
        "本人或家属的话", max_length=200, blank=True, help_text="写原话，不加引号。"
    )
    speaker = models.CharField(
        "说话人", max_length=20, blank=True, help_text="如母亲、本人；不写姓名。"
    )
    consent = models.ForeignKey(
        Consent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_stories",
        verbose_name="同意记录",
    )

    class Meta:
        verbose_name = "典型案例"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="casestory_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "unit", "title"],
                condition=Q(deleted_at__isnull=True),
                name="casestory_once",
                violation_error_message="这位居民已有同名的典型案例。",
            ),
        ]

    def __str__(self):
        return self.title


# What may be told of a story: consent given, not taken back.
CONSENTED = Q(
    consent__isnull=False,
    consent__withdrawn_on__isnull=True,
    consent__deleted_at__isnull=True,
    consent__kind__in=[ConsentKind.CONSENT, ConsentKind.SEPARATE],
)
