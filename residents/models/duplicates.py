"""Pairs of records that may be of one person, and the merges of those that were."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.records import Kept, KeptQuerySet
from residents.enums import DuplicateDecision, DuplicateReason
from residents.models.people import Resident


class DuplicatePairQuerySet(KeptQuerySet):
    def standing(self):
        """Both records are still kept: neither was merged or deleted since."""
        return self.kept().filter(first__deleted_at__isnull=True, second__deleted_at__isnull=True)

    def waiting(self):
        """Those that ask for a decision today: open ones, and put-off ones whose day has come."""
        put_off = Q(decision=DuplicateDecision.LATER, again_on__lte=timezone.localdate())
        return self.standing().filter(Q(decision=DuplicateDecision.OPEN) | put_off)


class DuplicatePair(Kept):
    """Two records that may be of one person; ``unit`` is the lowest one that both belong to.

    Found by a job and decided by people. Decided DIFFERENT it is never asked again, whatever
    changes in the records. The lower key is ``first``.
    """

    first = models.ForeignKey(
        Resident, models.PROTECT, related_name="pairs_as_first", verbose_name="第一人"
    )
    second = models.ForeignKey(
        Resident, models.PROTECT, related_name="pairs_as_second", verbose_name="第二人"
    )
    score = models.PositiveSmallIntegerField("相似程度", default=0)
    reasons = ArrayField(
        models.CharField(max_length=16, choices=DuplicateReason),
        verbose_name="相似之处",
        default=list,
    )
    decision = models.CharField(
        "判断", max_length=12, choices=DuplicateDecision, default=DuplicateDecision.OPEN
    )
    again_on = models.DateField("再问日期", null=True, blank=True)
    decided_at = models.DateTimeField("判断时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="判断人",
    )

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似重复"
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["unit", "decision"], name="duplicate_unit_decision")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"
            ),
            models.CheckConstraint(
                condition=Q(decision=DuplicateDecision.LATER, again_on__isnull=False)
                | (~Q(decision=DuplicateDecision.LATER) & Q(again_on__isnull=True)),
                name="duplicate_later_has_day",
            ),
            models.CheckConstraint(
                condition=Q(decision=DuplicateDecision.OPEN) | Q(decided_at__isnull=False),
                name="duplicate_decided_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.first} / {self.second}"

    @property
    def reason_labels(self) -> list[str]:
        return [DuplicateReason(reason).label for reason in self.reasons]


class Merge(Kept):
    """Two records made one. ``before`` holds both rows as they were (numbers sealed as stored),
    ``moved`` the rows that changed hands: {model, pk, column, version, binned}, so that it can be
    undone. ``versions`` are those of both records right after the merge.
    """

    survivor = models.ForeignKey(
        Resident, models.PROTECT, related_name="merges", verbose_name="保留的居民"
    )
    merged = models.ForeignKey(
        Resident, models.PROTECT, related_name="merged_by", verbose_name="并入的居民"
    )
    pair = models.ForeignKey(
        DuplicatePair, models.PROTECT, related_name="merges", verbose_name="疑似重复"
    )
    before = models.JSONField(editable=False)
    moved = models.JSONField(editable=False, default=list)
    versions = models.JSONField(editable=False, default=dict)
    undone_at = models.DateTimeField("撤销时间", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="撤销人",
    )

    class Meta:
        verbose_name = "合并记录"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_once"
            ),
        ]

    def __str__(self):
        return f"{self.merged} 并入 {self.survivor}"
