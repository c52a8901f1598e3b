"""转介: a person is told of a treatment, referred, taken on, and treated."""

from django.db import models

from disability.enums.referrals import (
    REFERRAL_BARS,
    REFERRAL_NEEDS,
    ReferralCondition,
    ReferralState,
    TreatmentWay,
)
from disability.models.conditions import provider_field
from disability.models.stages import Staged, refuse_beyond_life, refuse_wrong_stage
from portal.constraints import in_order
from portal.records import Record
from portal.wall.classes import Closes
from residents.models import Resident


class Referral(Record):
    """One referral; ``occurred_on`` is the day on which the person was told of the treatment.

    Who is treated by an operation counts on ``treated_on``; later stages keep the earlier days.
    """

    closes = Closes(("occurred_on", "referred_on", "treated_on"), fixed=())

    domain = "disability"

    occurred_on = models.DateField("告知日期", help_text="把治疗信息告诉本人或家属的日期。")
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="referrals", verbose_name="居民"
    )
    condition = models.CharField("转介事由", max_length=16, choices=ReferralCondition)
    informed_by = models.CharField("告知人", max_length=50, blank=True)
    state = models.CharField(
        "进展", max_length=12, choices=ReferralState, default=ReferralState.INFORMED
    )
    provider = provider_field("referrals")
    destination = models.CharField(
        "转介去向", max_length=60, blank=True, help_text="接收的不是已登记的机构时填写。"
    )
    referred_on = models.DateField("转介日期", null=True, blank=True)
    accepted_on = models.DateField("接收日期", null=True, blank=True)
    treated_on = models.DateField("手术（治疗）日期", null=True, blank=True)
    way = models.CharField("治疗方式", max_length=12, choices=TreatmentWay, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)
    outcome = models.CharField(
        "结果", max_length=200, blank=True, help_text="如视力恢复情况，或未接受的原因。"
    )

    class Meta:
        verbose_name = "康复转介"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="referral_unit_day")]
        constraints = [
            *in_order("occurred_on", "referred_on", "accepted_on", "treated_on", "closed_on"),
            *in_order("referred_on", "accepted_on", "treated_on"),
            *in_order("treated_on", "closed_on"),
            Staged(
                stages=ReferralState,
                needs=REFERRAL_NEEDS,
                bars=REFERRAL_BARS,
                texts=("way", "outcome"),
                name="referral_stage_has_its_days",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.get_condition_display()}转介"

    @property
    def to(self) -> str:
        """Where the person was sent."""
        return self.provider.name if self.provider_id else self.destination

    def clean(self):
        super().clean()
        refuse_beyond_life(self, ("referred_on", "accepted_on", "treated_on", "closed_on"))
        refuse_wrong_stage(self, REFERRAL_NEEDS, REFERRAL_BARS)
