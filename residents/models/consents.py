"""告知与同意: what a person was told of the use of their data, agreed to, and took back (domain §6.1)."""

from django.db import models
from django.db.models import F, Q

from portal.records import Record
from portal.wall.classes import Closes
from residents.enums import ConsentKind, ConsentManner
from residents.models.people import Resident


class Consent(Record):
    """One notice or consent; ``occurred_on`` is the day on which it was given."""

    closes = Closes(("occurred_on", "withdrawn_on"), fixed=())

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="consents", verbose_name="居民"
    )
    kind = models.CharField("类别", max_length=8, choices=ConsentKind, default=ConsentKind.CONSENT)
    purpose = models.CharField("处理目的", max_length=100, help_text="如：办理残疾人两项补贴。")
    scope_of_data = models.CharField(
        "个人信息范围", max_length=200, help_text="如：姓名、证件号码、残疾类别和等级。"
    )
    manner = models.CharField("方式", max_length=8, choices=ConsentManner)
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    is_unable = models.BooleanField(
        "本人不能辨认", default=False, help_text="本人不能辨认自己行为的，由监护人同意。"
    )
    guardian_name = models.CharField("监护人", max_length=50, blank=True)
    guardian_relation = models.CharField("监护人与本人关系", max_length=20, blank=True)
    evidence = models.CharField(
        "凭据", max_length=200, blank=True, help_text="如：同意书存于档案柜 3 号盒。"
    )

    class Meta:
        verbose_name = "告知与同意"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="consent_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("occurred_on")),
                name="consent_withdrawn_after_given",
                violation_error_message="撤回日期不能早于告知（同意）的日期。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(kind=ConsentKind.NOTICE),
                name="consent_notice_is_not_withdrawn",
                violation_error_message="告知没有撤回；撤回的是同意。",
            ),
            models.CheckConstraint(
                condition=Q(is_unable=False) | ~Q(guardian_name=""),
                name="consent_guardian_for_unable",
                violation_error_message="本人不能辨认的，请填写监护人。",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.purpose}"
