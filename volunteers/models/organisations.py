"""The tree 总站 → 站 → 服务队 → 小组, and who belonged to which of them when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.office.models.base import past_day, prose, words
from portal.records import ReadBelow
from portal.spells import span
from residents.models.shared import SpellQuerySet
from volunteers.enums.organisations import OrgKind, OrgRole
from volunteers.models.base import OurKept
from volunteers.models.volunteers import Volunteer


class VolunteerOrg(ReadBelow, OurKept):
    """Units below read it: the stations of communities stand below the head station of their street."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("层级", max_length=8, choices=OrgKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级组织",
    )
    head = models.CharField("负责人", max_length=50)
    head_post = words("负责人职务", 40, help_text="如社区党委书记。")
    phone = words("联系电话", 30)
    place = words("地点", 80)
    purpose = prose("宗旨和服务内容")
    founded_on = models.DateField("成立日期")
    ended_on = past_day("撤销日期")

    class Meta:
        verbose_name = "志愿服务组织"
        ordering = ["kind", "name"]
        constraints = [
            *in_order("founded_on", "ended_on"),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True, ended_on__isnull=True),
                name="volunteerorg_name_once",
                violation_error_message="本单位已有同名的志愿服务组织。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OrgKind.GROUP) | Q(parent__isnull=False),
                name="volunteerorg_group_has_team",
                violation_error_message="小组请选择所属的服务队。",
            ),
        ]

    def __str__(self):
        return self.name


class OrgMembership(OurKept):
    """A volunteer in an organisation, from a day to a day (both included)."""

    org = models.ForeignKey(
        VolunteerOrg, models.PROTECT, related_name="memberships", verbose_name="组织"
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="memberships", verbose_name="志愿者"
    )
    role = models.CharField("职务", max_length=8, choices=OrgRole, default=OrgRole.MEMBER)
    starts_on = models.DateField("加入日期")
    ends_on = models.DateField("退出日期", null=True, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "组织成员"
        ordering = ["org", "-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="orgmembership_once_at_a_time",
                expressions=[
                    ("org", RangeOperators.EQUAL),
                    ("volunteer", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位志愿者在这段时间已是该组织的成员。",
            ),
            ExclusionConstraint(
                name="orgmembership_one_leader_at_a_time",
                expressions=[
                    ("org", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True, role=OrgRole.LEADER),
                violation_error_message="该组织在这段时间已有队长。",
            ),
        ]

    def __str__(self):
        return f"{self.org} {self.volunteer}"
