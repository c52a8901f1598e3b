"""整改: orders with their rounds, warnings (黄牌), and the special programme of a community."""

from django.db import models
from django.db.models import Q

from portal.constraints import in_order, not_negative
from portal.office.enums import Rank
from portal.office.models.base import day, decimal, past_day, prose, words
from portal.wall.classes import Closes
from portal.workdays import workdays_between
from sanitation.enums.rectification import CardColour
from sanitation.models.base import AboutCommunity, OurKept, OurRecord, community_field
from sanitation.models.inspections import Finding


class RectificationOrder(AboutCommunity, OurRecord):
    """整改单: ``occurred_on`` is the day of issue. Closed when a round was re-inspected and passed, or when
    a paper order is registered with its end.

    An extended one keeps its first deadline and why it was extended; ``worked_days`` follows from the
    days of issue and closing.
    """

    closes = Closes(("occurred_on", "closed_on"), fixed=())

    carries = ("rounds",)

    occurred_on = models.DateField("下达日期")
    number = words("整改单编号", 30)
    finding = models.OneToOneField(
        Finding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="order",
        verbose_name="发现的问题",
    )
    problem = models.CharField("问题", max_length=200)
    place = words("地点", 80)
    demand = words("整改要求", 200)
    responsible = words("整改责任人", 50)
    working_days = models.PositiveSmallIntegerField("整改期限（工作日）", null=True, blank=True)
    due_on = models.DateField("限期日期")
    first_due_on = day("原限期日期")
    extended_for = words("延期原因", 200)
    closed_on = past_day("销号日期")
    result = words("整改结果", 200)
    recheck_score = decimal("复查得分", places=1, null=True, blank=True)
    worked_days = models.PositiveSmallIntegerField("整改用时（工作日）", null=True, editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "整改单"
        indexes = [models.Index(fields=["community", "due_on"], name="rectification_due")]
        constraints = [
            *in_order("occurred_on", "due_on", "closed_on"),
            *in_order("first_due_on", "due_on"),
            *not_negative("recheck_score"),
            models.CheckConstraint(
                condition=Q(first_due_on__isnull=True) | ~Q(extended_for=""),
                name="rectificationorder_extension_has_reason",
                violation_error_message="延期的整改单，请写明延期原因。",
            ),
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=Q(deleted_at__isnull=True) & ~Q(number=""),
                name="rectificationorder_number_once",
                violation_error_message="这个编号的整改单已有。",
            ),
        ]

    def __str__(self):
        return self.number or f"{self.occurred_on} {self.problem}"

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """The working days that it took, the day of issue not counted."""
        first, last = self.occurred_on, self.closed_on
        known = first and last and first <= last
        self.worked_days = workdays_between(first, last) if known else None


class RectificationRound(AboutCommunity, OurRecord):
    """The community tells what it did (a row of its own, with photos); then it is looked at again.

    A paper report may be registered by the street: then the community reads it.
    """

    closes = Closes(("occurred_on", "rechecked_on"), fixed=())

    follows = "order"

    community = community_field()
    order = models.ForeignKey(
        RectificationOrder, models.PROTECT, related_name="rounds", verbose_name="整改单"
    )
    occurred_on = models.DateField("整改日期")
    content = models.TextField("整改情况", max_length=1000)
    reporter = models.CharField("整改人", max_length=50)
    rechecked_on = past_day("复查日期")
    rechecker = words("复查人", 50)
    passed = models.BooleanField(
        "复查结果", null=True, blank=True, choices=[(True, "通过"), (False, "未通过")]
    )
    opinion = words("复查意见", 200)

    class Meta(OurRecord.Meta):
        verbose_name = "整改情况"
        constraints = [
            *in_order("occurred_on", "rechecked_on"),
            models.CheckConstraint(
                condition=Q(passed__isnull=True, rechecked_on__isnull=True)
                | Q(passed__isnull=False, rechecked_on__isnull=False),
                name="rectificationround_rechecked_has_result",
                violation_error_message="复查日期和复查结果要一起填写。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.order}"


class WarningCard(AboutCommunity, OurRecord):
    """黄牌警告 and its like, given by a superior; standing until ``lifted_on``."""

    closes = Closes(("occurred_on", "lifted_on"), fixed=())

    occurred_on = models.DateField("出牌日期")
    colour = models.CharField("牌色", max_length=8, choices=CardColour)
    issuer = models.CharField("出牌单位", max_length=60)
    rank = models.CharField("级别", max_length=12, choices=Rank)
    reason = models.CharField("出牌原因", max_length=200)
    basis = words("依据", 100)
    due_on = day("整改期限")
    lifted_on = past_day("销牌日期")
    lifted_for = words("销牌说明", 200)

    class Meta(OurRecord.Meta):
        verbose_name = "警告牌"
        constraints = in_order("occurred_on", "due_on", "lifted_on")

    def __str__(self):
        return f"{self.community} {self.get_colour_display()}"


class RectificationProgramme(AboutCommunity, OurKept):
    """专项整改 of a community that did badly: who does what for how long, and what came of it."""

    closes = Closes(("starts_on", "ends_on"), fixed=())

    title = models.CharField("整改名称", max_length=80)
    warning = models.ForeignKey(
        WarningCard,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="警告牌",
    )
    starts_on = models.DateField("开始日期")
    ends_on = past_day("完成日期")
    street_duty = words("镇（街）督查", 200)
    community_duty = words("村（社区）整改", 200)
    household_duty = words("户保持", 200)
    measures = prose("整改措施")
    responsible = words("责任人", 50)
    result = words("整改结果", 200)
    recheck_score = decimal("复查得分", places=1, null=True, blank=True)

    class Meta:
        verbose_name = "专项整改"
        ordering = ["-starts_on", "-pk"]
        constraints = [*in_order("starts_on", "ends_on"), *not_negative("recheck_score")]

    def __str__(self):
        return self.title
