"""矛盾调解: a dispute, who mediated it, how it ended, and whether what was agreed is kept."""

from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.wall.classes import Closes
from residents.models import Resident
from residents.models.shared import refuse_future
from servicecenter.enums.reception import AgreementKept, DisputeKind, MediationResult
from servicecenter.models.base import OurRecord


def party(label: str, name: str):
    return models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name=name, verbose_name=label
    )


class Mediation(OurRecord):
    """``occurred_on`` is the day on which the dispute was taken on.

    ``parties`` are words, as an estate office or somebody from elsewhere may be one; residents among
    them may be linked. None of them is ever told in a summary.
    """

    closes = Closes(("occurred_on", "signed_on"), fixed=())

    occurred_on = models.DateField("受理日期")
    kind = models.CharField("纠纷类型", max_length=12, choices=DisputeKind)
    parties = models.CharField("当事人", max_length=120, help_text="双方用“与”隔开。")
    resident = party("居民", "mediations")
    other_resident = party("另一方居民", "mediations_as_other")
    place = models.CharField("调解地点", max_length=60, blank=True)
    cause = models.TextField("事由", max_length=1000)
    mediators = models.CharField("调解员", max_length=100, help_text="多人用顿号隔开。")
    result = models.CharField(
        "结果", max_length=12, choices=MediationResult, default=MediationResult.RUNNING
    )
    ended_on = models.DateField("结束日期", null=True, blank=True)
    agreement = models.TextField("协议内容", max_length=2000, blank=True)
    signed_on = models.DateField("协议签订日期", null=True, blank=True)
    kept = models.CharField("履行情况", max_length=8, choices=AgreementKept, blank=True)
    followed_up_on = models.DateField("回访日期", null=True, blank=True)
    follow_up = models.CharField("回访情况", max_length=300, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "矛盾调解"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="mediation_unit_day")]
        constraints = [
            *in_order("occurred_on", "ended_on", "signed_on", "followed_up_on"),
            models.CheckConstraint(
                condition=Q(result=MediationResult.RUNNING, ended_on__isnull=True)
                | (~Q(result=MediationResult.RUNNING) & Q(ended_on__isnull=False)),
                name="servicecenter_mediation_ended_has_day",
                violation_error_message="有结果的请填写结束日期；进行中的不填。",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | (Q(result=MediationResult.SUCCEEDED) & ~Q(agreement="")),
                name="servicecenter_mediation_signed_has_text",
                violation_error_message="签了协议的，结果应为“调解成功”，并填写协议内容。",
            ),
            models.CheckConstraint(
                condition=Q(kept="") | Q(signed_on__isnull=False, followed_up_on__isnull=False),
                name="servicecenter_mediation_kept_was_asked",
                violation_error_message="填了履行情况的，请填写协议签订日期和回访日期。",
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=True)
                | Q(other_resident__isnull=True)
                | ~Q(resident=models.F("other_resident")),
                name="servicecenter_mediation_two_parties",
                violation_error_message="双方不能是同一位居民。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.get_kind_display()}纠纷"

    def clean(self):
        super().clean()
        refuse_future(self, "ended_on", "signed_on", "followed_up_on")
