"""签约服务: what a provider agreed to do for one person, how often and until when (康复服务约定书)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from disability.enums.services import AgreementState, Every, ServiceKind
from portal.constraints import in_order
from portal.office.models import Partner
from portal.records import Kept, KeptQuerySet
from portal.spells import span
from portal.wall.classes import Closes
from residents.models import Resident


class AgreementQuerySet(KeptQuerySet):
    def in_force(self, day=None):
        """Kept, and in force on the day; today unless one is given."""
        day = day or timezone.localdate()
        return self.kept().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class RehabAgreement(Kept):
    """In force from ``starts_on`` to ``ends_on`` (both included); one ended early ends on that day."""

    closes = Closes(("signed_on",), fixed=())

    domain = "disability"
    objects = AgreementQuerySet.as_manager()

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="rehab_agreements", verbose_name="居民"
    )
    provider = models.ForeignKey(
        Partner, models.PROTECT, related_name="rehab_agreements", verbose_name="服务机构"
    )
    signed_on = models.DateField("签约日期")
    starts_on = models.DateField("生效日期", help_text="不填的从签约当天起。")
    ends_on = models.DateField("有效期至", null=True, blank=True, help_text="长期有效的不填。")
    kinds = ArrayField(
        models.CharField(max_length=16, choices=ServiceKind), verbose_name="约定项目"
    )
    times = models.PositiveSmallIntegerField(
        "服务次数",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="没有约定次数的不填。",
    )
    every = models.CharField("次数按", max_length=8, choices=Every, default=Every.MONTH)
    state = models.CharField(
        "状态", max_length=8, choices=AgreementState, default=AgreementState.IN_FORCE
    )
    end_reason = models.CharField("终止原因", max_length=100, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "康复签约"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["unit", "starts_on"], name="rehabagreement_unit_day")]
        constraints = [
            *in_order("signed_on", "starts_on"),
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="rehabagreement_one_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    ("provider", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位居民与这家机构在这段时间已有签约。",
            ),
            models.CheckConstraint(
                condition=Q(kinds__len__gte=1),
                name="rehabagreement_names_services",
                violation_error_message="请选择约定项目。",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", end_reason="")
                | (Q(state="ended", ends_on__isnull=False) & ~Q(end_reason="")),
                name="rehabagreement_ended_says_why",
                violation_error_message="提前终止的，请填写有效期至（终止当天）和终止原因；履行中的不填原因。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} — {self.provider}"
