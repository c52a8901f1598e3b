"""Who does what: stations, posts with their holders, leading groups with their members."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.office.enums import GroupRole, StationKind
from portal.office.models.base import TAGGED, Fact, Part, ReadBelow, day, prose, words
from portal.spells import span

SPELL = in_order("starts_on", "ends_on")


class Station(ReadBelow, Fact):
    """A station or room of the office (站所室) with its duties, from a day to a day. Units below read it:
    they hand cases over to the street's stations."""

    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类型", max_length=12, choices=StationKind)
    head = words("负责人", 50)
    duties = prose("职责")
    place = words("地点")
    phone = words("联系电话", 30)
    hours = words("开放时间", help_text="如周一至周五 8:30—12:00、14:30—17:30。")
    document = words("设立依据", 100)
    starts_on = models.DateField("设立日期")
    ends_on = day("撤销日期")

    class Meta:
        verbose_name = "站所室"
        ordering = ["kind", "name"]
        constraints = [
            TAGGED,
            *SPELL,
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="office_station_name_once",
                violation_error_message="本单位已有同名的站所室。",
            ),
        ]

    def __str__(self):
        return self.name


class Post(Fact):
    """A post with its number of people and its timetable (定岗、定员、定时)."""

    title = models.CharField("岗位", max_length=40)
    station = models.ForeignKey(
        Station,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name="所在站所室",
    )
    planned = models.PositiveSmallIntegerField("定员人数", default=1)
    duties = prose("岗位职责")
    timetable = words("定时安排", 100, help_text="如每周一、三、五上午。")
    starts_on = models.DateField("设岗日期")
    ends_on = day("撤岗日期")

    class Meta:
        verbose_name = "岗位"
        ordering = ["title", "pk"]
        constraints = [TAGGED, *SPELL]

    def __str__(self):
        return self.title


class PostHolder(Part):
    """A person on a post, from a day to a day (both included)."""

    tags = "post__domains"

    post = models.ForeignKey(Post, models.PROTECT, related_name="holders", verbose_name="岗位")
    person = models.CharField("姓名", max_length=50)
    certificate = words("持证情况", help_text="如社会工作师、助残员上岗证。")
    starts_on = models.DateField("上岗日期")
    ends_on = day("离岗日期")

    class Meta:
        verbose_name = "在岗人员"
        ordering = ["post", "starts_on"]
        constraints = [
            *SPELL,
            ExclusionConstraint(
                name="office_postholder_once_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这个人在这段时间已登记在这个岗位上。",
            ),
        ]

    def __str__(self):
        return f"{self.post} {self.person}"


class LeadingGroup(Fact):
    """A leading group (领导小组) for one piece of work."""

    name = models.CharField("名称", max_length=60)
    duties = prose("职责")
    document = words("成立文件", 100)
    starts_on = models.DateField("成立日期")
    ends_on = day("撤销日期")

    class Meta:
        verbose_name = "领导小组"
        ordering = ["-starts_on", "name"]
        constraints = [TAGGED, *SPELL]

    def __str__(self):
        return self.name


class GroupMember(Part):
    """A member of a leading group, dated; a group has one head at any date."""

    tags = "group__domains"

    group = models.ForeignKey(
        LeadingGroup, models.PROTECT, related_name="members", verbose_name="领导小组"
    )
    person = models.CharField("姓名", max_length=50)
    role = models.CharField("组内职务", max_length=8, choices=GroupRole, default=GroupRole.MEMBER)
    position = words("单位和职务", 80)
    specialty = words("专业", 30, help_text="专业指导组的成员填写，如康复医学、特殊教育、心理。")
    starts_on = models.DateField("任职日期")
    ends_on = day("离任日期")

    class Meta:
        verbose_name = "小组成员"
        ordering = ["group", "role", "starts_on"]
        constraints = [
            *SPELL,
            ExclusionConstraint(
                name="office_groupmember_one_head_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True, role=GroupRole.HEAD),
                violation_error_message="这个小组在这段时间已有组长。",
            ),
            ExclusionConstraint(
                name="office_groupmember_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这个人在这段时间已是小组成员。",
            ),
        ]

    def __str__(self):
        return f"{self.group} {self.get_role_display()} {self.person}"
