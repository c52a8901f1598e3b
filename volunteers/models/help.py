"""Whom volunteers serve: requests of households, those served, and what they said.

Need to know: who asked and who was served, with the care tag for which they were, is for those who
hold ``served.view``. A leader, who does not, sees of a household what an errand to it takes, on the page of
the activity alone (``volunteers/selectors/help.py``).
"""

from django.db import models
from django.db.models import Q

from portal.office.models.base import day, past_day, prose, words
from portal.wall.classes import Closes
from residents.models import CareKind, Household, Resident
from volunteers.enums.help import HelpState, RecognitionKind, Satisfaction, ServiceKind
from volunteers.models.activities import Shift, VolunteerActivity
from volunteers.models.base import OurRecord
from volunteers.models.organisations import VolunteerOrg
from volunteers.models.volunteers import Volunteer


class OfSomebodyServed(OurRecord):
    """Seen by those alone who keep, or oversee, whom volunteers serve."""

    class Meta(OurRecord.Meta):
        abstract = True

    @classmethod
    def known_to(cls, access) -> Q:
        return Q(unit__in=access.units("served.view"))


class HelpRequest(OfSomebodyServed):
    """A household asks for help; arranged, it is a shift."""

    closes = Closes(("occurred_on",), fixed=())

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="help_requests", verbose_name="居民"
    )
    service = models.CharField("需要的服务", max_length=12, choices=ServiceKind)
    needs = prose("具体需求")
    wanted_on = day("希望日期")
    state = models.CharField(
        "状态", max_length=12, choices=HelpState, default=HelpState.OPEN, editable=False
    )
    shift = models.ForeignKey(
        Shift,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="requests",
        verbose_name="班次",
    )
    decided_on = past_day("办结日期", editable=False)
    declined_for = words("不能安排的原因", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "服务需求"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[HelpState.OPEN, HelpState.DECLINED])
                | Q(shift__isnull=False),
                name="helprequest_arranged_has_shift",
                violation_error_message="已安排的需求有班次。",
            ),
            models.CheckConstraint(
                condition=~Q(state=HelpState.DECLINED) | ~Q(declined_for=""),
                name="helprequest_declined_has_reason",
                violation_error_message="不能安排的，请写明原因。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.get_service_display()}"


class Served(OfSomebodyServed):
    """A household served once (一户次); ``people`` of it had the service (人次). ``care_kind`` is the care
    tag for which they were served, as it stood on the day."""

    activity = models.ForeignKey(
        VolunteerActivity, models.PROTECT, related_name="served", verbose_name="志愿活动"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="served_by_volunteers", verbose_name="居民"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="户"
    )
    care_kind = models.ForeignKey(
        CareKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="服务对象类别",
    )
    is_disabled = models.BooleanField("残疾人", default=False)
    service = models.CharField("服务内容", max_length=12, choices=ServiceKind)
    people = models.PositiveSmallIntegerField("服务人数", default=1)
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="served",
        verbose_name="服务的志愿者",
    )
    minutes = models.PositiveIntegerField("用时（分钟）", null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        "满意度", choices=Satisfaction, null=True, blank=True
    )
    said = words("服务对象评价", 200)
    request = models.OneToOneField(
        HelpRequest,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="served",
        verbose_name="服务需求",
    )

    class Meta(OurRecord.Meta):
        verbose_name = "志愿服务对象"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="served_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="served_has_people",
                violation_error_message="服务人数至少为 1。",
            ),
            models.UniqueConstraint(
                fields=["activity", "resident", "occurred_on", "service"],
                condition=Q(deleted_at__isnull=True),
                name="served_once",
                violation_error_message="这位居民的这项服务已登记。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.resident}"


class Recognition(OurRecord):
    """A thank-you letter, a banner, praise: who gave it, for whom."""

    kind = models.CharField("形式", max_length=8, choices=RecognitionKind)
    giver = models.CharField("赠送（表扬）者", max_length=60)
    content = models.CharField("内容", max_length=200)
    activity = models.ForeignKey(
        VolunteerActivity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name="志愿活动",
    )
    org = models.ForeignKey(
        VolunteerOrg,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name="受表扬的组织",
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name="受表扬的志愿者",
    )

    class Meta(OurRecord.Meta):
        verbose_name = "社会反响"

    def __str__(self):
        return f"{self.get_kind_display()} {self.giver}"
