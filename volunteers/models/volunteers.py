"""Volunteers: residents of the register or persons from outside, and what their record must hold.

志愿服务条例 第七、十九条; 志愿服务记录与证明出具办法（试行） 第四条 (domain §3.1, §3.2).
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.masks import mask_phone
from portal.office.enums import Rank
from portal.office.models.base import past_day, prose, words
from portal.spells import span
from portal.wall.classes import Closes
from residents.ages import age_on
from residents.enums import Sex
from residents.models import Activity, Resident
from residents.models.outside import OutsidePerson
from residents.models.shared import SpellQuerySet
from volunteers.enums.help import Satisfaction
from volunteers.enums.volunteers import (
    AwardKind,
    EvaluationSource,
    FreeTime,
    Intention,
    JoiningManner,
    Skill,
)
from volunteers.models.base import OurKept, OurRecord

YOUNGEST = 14  # 中国注册志愿者管理办法: not before, and below 18 with the guardian's consent
OF_AGE = 18


def ticks(label, choices):
    """Any number of the choices."""
    return ArrayField(
        models.CharField(max_length=24, choices=choices),
        verbose_name=label,
        default=list,
        blank=True,
    )


class Volunteer(OutsidePerson, OurKept):
    """A resident, whose name, ID and phone stand in the register alone, or a person from outside.

    ``serial_number`` is the volunteer's own number (志愿者编号), never the ID. ``joined_on`` is the day
    of their own act, told by ``manner`` and ``evidence``. From ``left_on`` on they are no volunteer.
    """

    closes = Closes(("joined_on", "left_on"), fixed=())

    serial_number = models.CharField(
        "志愿者编号",
        max_length=24,
        blank=True,
        help_text="一般留空，由系统编号；纸质登记册上已有编号的填在这里。",
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteering",
        verbose_name="居民",
    )
    name = models.CharField("姓名", max_length=60, blank=True)
    sex = models.PositiveSmallIntegerField("性别", choices=Sex, null=True, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    area = words("居住区域", 80)
    skills = ticks("服务技能", Skill)
    intentions = ticks("服务意向", Intention)
    free_times = ticks("服务时间", FreeTime)
    profession = words("职业和资格", 60, help_text="如执业护士、律师。")
    joined_on = models.DateField("加入日期")
    manner = models.CharField("加入方式", max_length=8, choices=JoiningManner)
    evidence = words("申请或同意的凭据", 80, help_text="如：申请表存于档案柜 2 号盒。")
    may_publish = models.BooleanField("同意公开姓名", default=False)
    guardian_name = words("监护人姓名", 50)
    guardian_phone = EncryptedTextField("监护人电话", purpose="phone", blank=True)
    guardian_agreed_on = past_day("监护人同意日期")
    # Goes up when the personal link is renewed: the former one, and phones that remember it, are out.
    link_serial = models.PositiveSmallIntegerField(default=0, editable=False)
    left_on = past_day("退出日期")
    leaving_reason = words("退出原因", 100)

    class Meta:
        verbose_name = "志愿者"
        ordering = ["serial_number", "pk"]
        indexes = [
            models.Index(fields=["unit", "joined_on"], name="volunteer_unit_joined"),
            models.Index(fields=["serial_number"], name="volunteer_number"),
        ]
        constraints = [
            *in_order("joined_on", "left_on"),
            models.CheckConstraint(
                condition=Q(resident__isnull=False, name="")
                | (Q(resident__isnull=True) & ~Q(name="")),
                name="volunteer_is_resident_or_named",
                violation_error_message="请选择居民；不是本辖区居民的，填写姓名。",
            ),
            models.UniqueConstraint(
                fields=["unit", "serial_number"],
                name="volunteer_number_once",
                violation_error_message="这个志愿者编号已用过。",
            ),
            models.UniqueConstraint(
                fields=["unit", "resident"],
                condition=Q(deleted_at__isnull=True, left_on__isnull=True),
                name="volunteer_resident_once",
                violation_error_message="这位居民已登记为志愿者。",
            ),
            models.UniqueConstraint(
                fields=["unit", "number_hash"],
                condition=Q(deleted_at__isnull=True, left_on__isnull=True),
                name="volunteer_outsider_once",
                violation_error_message="这个证件号码的志愿者已经登记过。",
            ),
        ]

    def __str__(self):
        return self.called

    @property
    def called(self) -> str:
        return self.resident.name if self.resident else self.name

    @property
    def shown_sex(self) -> str:
        return (self.resident or self).get_sex_display() or ""

    @property
    def birth(self) -> date | None:
        return (self.resident or self).born_on

    @property
    def full_id(self) -> str:
        return self.resident.id_number if self.resident else self.number

    @property
    def full_phone(self) -> str:
        return self.resident.phone if self.resident else self.phone

    @property
    def shown_id(self) -> str:
        return self.resident.masked_id if self.resident else self.masked_number

    @property
    def shown_phone(self) -> str:
        return self.resident.masked_phone if self.resident else self.masked_phone

    @property
    def shown_guardian_phone(self) -> str:
        return mask_phone(self.guardian_phone)

    def lacks_guardian_on(self, day: date) -> bool:
        """A minor on the day whose guardian has not agreed."""
        age = self.age_on(day)
        return age is not None and age < OF_AGE and self.guardian_agreed_on is None

    def age_on(self, day: date) -> int | None:
        return age_on(self.birth, day)

    def is_minor_on(self, day: date) -> bool:
        age = self.age_on(day)
        return age is not None and age < OF_AGE

    def is_named_on(self, day: date) -> bool:
        """Whether what everybody reads may tell the whole name: they agreed, and are not under age. The
        function ``volunteers_public_posted`` asks the same."""
        return self.may_publish and not self.is_minor_on(day)


class VolunteerInsurance(OurKept):
    """An insurance of a volunteer, from a day to a day."""

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="insurances", verbose_name="志愿者"
    )
    insurer = models.CharField("承保单位", max_length=60)
    policy = words("保单号", 40)
    starts_on = models.DateField("起保日期")
    ends_on = models.DateField("到期日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "志愿者保险"
        ordering = ["-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="volunteerinsurance_once_at_a_time",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("insurer", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位志愿者在这段时间已有这家单位的保险。",
            ),
        ]

    def __str__(self):
        return f"{self.volunteer} {self.insurer}"


class VolunteerTraining(OurRecord):
    """A training that a volunteer took; ``hours`` are taught hours (学时)."""

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="trainings", verbose_name="志愿者"
    )
    title = models.CharField("培训内容", max_length=80)
    organiser = words("组织者", 60)
    place = words("地点", 80)
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所属培训活动",
    )

    class Meta(OurRecord.Meta):
        verbose_name = "志愿者培训"
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "occurred_on", "title"],
                condition=Q(deleted_at__isnull=True),
                name="volunteertraining_once",
                violation_error_message="这位志愿者的这次培训已登记。",
            )
        ]

    def __str__(self):
        return f"{self.volunteer} {self.title}"


class VolunteerAward(OurRecord):
    """表彰奖励, or 先进典型 with their deeds; told by name only while ``is_told_by_name``."""

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="awards", verbose_name="志愿者"
    )
    kind = models.CharField("类别", max_length=8, choices=AwardKind)
    name = models.CharField("名称", max_length=80)
    rank = models.CharField("级别", max_length=12, choices=Rank, default=Rank.OTHER)
    grantor = models.CharField("授予单位", max_length=60)
    deeds = prose("事迹")
    may_tell = models.BooleanField("本人同意宣传", default=False)

    class Meta(OurRecord.Meta):
        verbose_name = "志愿者表彰"

    def __str__(self):
        return f"{self.volunteer} {self.name}"

    @property
    def is_told_by_name(self) -> bool:
        """They agreed that this award is told, and their consent to be named still holds today."""
        return self.may_tell and self.volunteer.is_named_on(timezone.localdate())


class VolunteerEvaluation(OurRecord):
    """What those served, the organisation, or a complaint said of a volunteer."""

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="evaluations", verbose_name="志愿者"
    )
    source = models.CharField("来源", max_length=12, choices=EvaluationSource)
    level = models.PositiveSmallIntegerField("评价", choices=Satisfaction, null=True, blank=True)
    said = models.CharField("评价内容", max_length=300)

    class Meta(OurRecord.Meta):
        verbose_name = "志愿者评价"

    def __str__(self):
        return f"{self.volunteer} {self.get_source_display()}"
