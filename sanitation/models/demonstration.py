"""示范点: rounds of household ratings, money and labour with open accounts, gifts of plants, projects."""

from django.db import models
from django.db.models import Q

from portal.constraints import in_order, not_negative
from portal.office.models.base import day, decimal, past_day, prose, words
from portal.wall.classes import Closes
from residents.models import Household
from residents.models.shared import SpellQuerySet
from sanitation.enums.demonstration import Direction, FundSource, HouseholdGrade, PlantKind
from sanitation.models.base import (
    AboutCommunity,
    OurKept,
    OurRecord,
    community_field,
    grid_field,
)


class DemoSite(AboutCommunity, OurKept):
    """A group or village that shows how it is done."""

    name = models.CharField("示范点", max_length=60)
    grid = grid_field(null=True, blank=True)
    features = prose("做法")
    manager = words("负责人", 50)
    starts_on = models.DateField("设立日期")
    ends_on = day("撤销日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "环境卫生示范点"
        ordering = ["community", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "community", "name"],
                condition=Q(deleted_at__isnull=True),
                name="demosite_once",
                violation_error_message="这个社区（村）已有同名的示范点。",
            ),
        ]

    def __str__(self):
        return self.name


class OfSite(AboutCommunity):
    """What happened at a site, or goes on there; ``follows`` is the site."""

    follows = "site"

    class Meta:
        abstract = True


class RatingRound(OfSite, OurRecord):
    """评比: one round of looking at every home of the site."""

    carries = ("ratings",)

    community = community_field()
    site = models.ForeignKey(DemoSite, models.PROTECT, related_name="rounds", verbose_name="示范点")
    occurred_on = models.DateField("评比日期")
    title = models.CharField("评比名称", max_length=60)
    raters = words("评比人", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "家庭卫生评比"

    def __str__(self):
        return f"{self.occurred_on} {self.title}"


class HouseholdRating(AboutCommunity, OurRecord):
    """One home in a round. Whose it is stays within the community: never told without consent."""

    follows = "round"

    community = community_field()
    round = models.ForeignKey(
        RatingRound, models.PROTECT, related_name="ratings", verbose_name="评比"
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sanitation_ratings",
        verbose_name="户",
    )
    head = models.CharField("户主", max_length=50)
    score = decimal("得分", places=1, null=True, blank=True)
    grade = models.CharField("等次", max_length=12, choices=HouseholdGrade)
    note = words("情况", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "户评比结果"
        constraints = [
            *not_negative("score"),
            models.UniqueConstraint(
                fields=["round", "head", "household"],
                condition=Q(deleted_at__isnull=True),
                nulls_distinct=False,
                name="householdrating_once",
                violation_error_message="这一户已有本次评比的结果。",
            ),
        ]

    def __str__(self):
        return f"{self.head} {self.get_grade_display()}"


class FundEntry(OfSite, OurRecord):
    """Money in or out, in yuan; the site's accounts are open to the villagers."""

    closes = Closes(("occurred_on",), fixed=("amount",))

    community = community_field()
    site = models.ForeignKey(DemoSite, models.PROTECT, related_name="funds", verbose_name="示范点")
    direction = models.CharField("收支", max_length=4, choices=Direction)
    amount = decimal("金额（元）")
    source = models.CharField("资金来源", max_length=12, choices=FundSource, blank=True)
    party = words("交款人（收款人）", 60)
    purpose = models.CharField("用途", max_length=100)
    posted_on = past_day("公示日期")

    class Meta(OurRecord.Meta):
        verbose_name = "示范点收支"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="fundentry_has_amount",
                violation_error_message="金额应当大于零。",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.SPENDING) | ~Q(source=""),
                name="fundentry_income_has_source",
                violation_error_message="收入请选择资金来源。",
            ),
        ]

    def __str__(self):
        return f"{self.get_direction_display()} {self.amount}元"


class LabourGift(OfSite, OurRecord):
    """投工投劳: ``days`` of work, halves allowed."""

    community = community_field()
    site = models.ForeignKey(DemoSite, models.PROTECT, related_name="labour", verbose_name="示范点")
    person = models.CharField("投工人", max_length=60)
    days = decimal("工日", places=1)
    work = words("工作内容", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "投工投劳"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gt=0),
                name="labourgift_has_days",
                violation_error_message="工日应当大于零。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.days}"


class PlantGift(OfSite, OurRecord):
    """Trees and flowers that villagers gave; ``value`` in yuan, as estimated."""

    community = community_field()
    site = models.ForeignKey(DemoSite, models.PROTECT, related_name="plants", verbose_name="示范点")
    kind = models.CharField("类别", max_length=8, choices=PlantKind)
    species = models.CharField("品种", max_length=40)
    quantity = models.PositiveIntegerField("数量")
    measure = models.CharField("计量单位", max_length=4, default="株")
    donor = words("捐赠人", 60)
    value = decimal("折价（元）", null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "花木捐赠"
        constraints = not_negative("value")

    def __str__(self):
        return f"{self.species} {self.quantity}{self.measure}"


class SiteProject(OfSite, OurKept):
    """What was built: a road, lights, a bamboo garden; ``cost`` in yuan."""

    closes = Closes(("done_on",), fixed=())

    community = community_field()
    site = models.ForeignKey(
        DemoSite, models.PROTECT, related_name="projects", verbose_name="示范点"
    )
    name = models.CharField("项目", max_length=60)
    source = models.CharField("资金来源", max_length=12, choices=FundSource, blank=True)
    cost = decimal("造价（元）", null=True, blank=True)
    starts_on = models.DateField("开工日期")
    done_on = past_day("完工日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "示范点建设项目"
        ordering = ["-starts_on", "name"]
        constraints = [*in_order("starts_on", "done_on"), *not_negative("cost")]

    def __str__(self):
        return self.name
