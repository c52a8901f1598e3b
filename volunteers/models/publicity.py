"""What was told of volunteer work, by medium and level."""

from django.db import models

from portal.office.enums import Rank
from portal.office.models.base import words
from volunteers.enums.publicity import Medium, Reach
from volunteers.models.activities import VolunteerActivity, VolunteerProject
from volunteers.models.base import OurRecord


class PublicityItem(OurRecord):
    """One item published or broadcast."""

    occurred_on = models.DateField("发布日期")
    title = models.CharField("标题", max_length=120)
    medium = models.CharField("媒体", max_length=12, choices=Medium)
    outlet = words("刊播单位", 60)
    rank = models.CharField("级别", max_length=12, choices=Rank, default=Rank.OTHER)
    reach = models.CharField("对内对外", max_length=8, choices=Reach, default=Reach.EXTERNAL)
    link = words("链接或版面", 200)
    activity = models.ForeignKey(
        VolunteerActivity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publicity",
        verbose_name="志愿活动",
    )
    project = models.ForeignKey(
        VolunteerProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publicity",
        verbose_name="项目",
    )

    class Meta(OurRecord.Meta):
        verbose_name = "志愿服务宣传"

    def __str__(self):
        return self.title
