"""Interest groups of a programme and the enrolled people in them."""

from django.db import models
from django.db.models import Q

from disability.enums.programmes import GroupActivity
from disability.models.programmes import Enrolment, Programme, no_overlap
from portal.constraints import in_order
from portal.records import Kept
from residents.models.shared import SpellQuerySet


class InterestGroup(Kept):
    """腰鼓队, 舞蹈队 …: a group of a programme's people that practises together."""

    domain = "disability"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="interest_groups", verbose_name="活动项目"
    )
    name = models.CharField("小组名称", max_length=30)
    kind = models.CharField("小组类型", max_length=12, choices=GroupActivity)
    leader = models.CharField("负责人", max_length=50, blank=True)
    starts_on = models.DateField("成立日期")
    ends_on = models.DateField("停办日期", null=True, blank=True, help_text="最后一天。")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "兴趣小组"
        ordering = ["programme", "starts_on", "pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["programme", "name"],
                condition=Q(deleted_at__isnull=True),
                name="interest_group_once",
                violation_error_message="这个项目已有同名的兴趣小组。",
            ),
        ]

    def __str__(self):
        return f"{self.programme} {self.name}"


class GroupMembership(Kept):
    """The days, both included, on which an enrolled person belongs to an interest group."""

    domain = "disability"

    group = models.ForeignKey(
        InterestGroup, models.PROTECT, related_name="memberships", verbose_name="兴趣小组"
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="group_memberships", verbose_name="入托人员"
    )
    starts_on = models.DateField("入组日期")
    ends_on = models.DateField("离组日期", null=True, blank=True, help_text="最后一天。")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "小组组员"
        ordering = ["group", "starts_on", "pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            no_overlap(
                "group_membership_apart",
                "group",
                "enrolment",
                message="这个人在这段时间已在这个小组中，起止日期不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.resident} {self.group.name}"
