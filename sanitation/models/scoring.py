"""季度考核: the rules by editions, a quarter's run over all communities, its scores with every line, objections.

What a score was made of is kept with it (``inputs``), so that computing it again gives the same digits.
"""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import not_negative
from portal.office.models.base import day, decimal, past_day, prose, words
from portal.records import ReadBelow
from portal.scope import above
from portal.wall.classes import Closes, Down
from sanitation.enums.scoring import (
    AssessmentKind,
    LineKind,
    Quarter,
    RunState,
    TieRule,
    VisitBase,
)
from sanitation.models.base import (
    AboutCommunity,
    HiddenUntilOpen,
    OurKept,
    OurRecord,
    community_field,
)


def year_field():
    return models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )


def quarter_field():
    return models.PositiveSmallIntegerField("季度", choices=Quarter)


def points(label: str, **options):
    """Points may be taken off as well as given, so they may be negative."""
    return models.DecimalField(label, max_digits=7, decimal_places=2, **options)


class ScoreRule(ReadBelow, OurKept):
    """In force from a quarter on, until a later one is (domain §4.3).

    ``ranking_penalties``: what the last, the second-last … lose in the ranking of household visits; empty
    where visits do not count. Below ``least_communities`` nobody is ranked, below ``least_groups`` looked at
    a community has no place in the ranking. ``restored_percent`` of a patrol deduction comes back
    when its order was closed in time; each card given in the quarter takes off what its colour says.
    """

    name = models.CharField("名称", max_length=60)
    year = year_field()
    quarter = quarter_field()
    basis = words("依据文件", 100)
    patrol_cap = decimal(
        "巡查扣分上限", places=1, null=True, blank=True, help_text="不填即不封顶。"
    )
    restored_percent = models.PositiveSmallIntegerField(
        "按期销号返还（%）", default=0, validators=[MaxValueValidator(100)]
    )
    posters_marks = decimal("画报粘贴（分）", places=1, default=0, help_text="按粘贴率给分。")
    sorting_marks = decimal("分类减量（分）", places=1, default=0, help_text="按考核得分率给分。")
    fee_bonus = decimal("收费加分", places=1, default=0)
    fee_rate_from = decimal(
        "收费率达到（%）",
        default=0,
        help_text="收费率达到这个比例的才加分；只算街道（镇）登记的收缴。",
    )
    ranking_penalties = ArrayField(
        models.DecimalField(max_digits=4, decimal_places=1),
        verbose_name="入户排名末几位扣分",
        default=list,
        blank=True,
        help_text="从最后一名起，如 10、5、3。",
    )
    visit_base = models.CharField(
        "入户排名按", max_length=12, choices=VisitBase, default=VisitBase.HOUSEHOLDS
    )
    ties = models.CharField("并列的", max_length=8, choices=TieRule, default=TieRule.LIGHTER)
    blue_card = decimal("蓝牌扣分", places=1, default=0, help_text="本季度被出蓝牌的，每张扣分。")
    yellow_card = decimal("黄牌扣分", places=1, default=0, help_text="本季度被出黄牌的，每张扣分。")
    red_card = decimal("红牌扣分", places=1, default=0, help_text="本季度被出红牌的，每张扣分。")
    least_communities = models.PositiveSmallIntegerField("参加排名的单位至少", default=4)
    least_groups = models.PositiveSmallIntegerField("每个单位抽查小组至少", default=1)
    floor = points("最低得分", default=Decimal(0))
    ceiling = points("最高得分", default=Decimal(100))

    class Meta:
        verbose_name = "季度计分规则"
        ordering = ["-year", "-quarter"]
        constraints = [
            *not_negative("patrol_cap", "posters_marks", "sorting_marks", "fee_bonus"),
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"],
                condition=Q(deleted_at__isnull=True),
                name="scorerule_once_a_quarter",
                violation_error_message="这个季度起的计分规则已有。",
            ),
            models.CheckConstraint(
                condition=Q(ceiling__gt=models.F("floor")),
                name="scorerule_ceiling_above_floor",
                violation_error_message="最高得分应当高于最低得分。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.year}年{self.get_quarter_display()}起）"


class SpecialAssessment(AboutCommunity, OurRecord):
    """A special check that gives points in its quarter: ``score`` of ``full``. ``occurred_on`` says which."""

    occurred_on = models.DateField("考核日期")
    kind = models.CharField("考核内容", max_length=8, choices=AssessmentKind)
    item = words("考核项目", 60)
    sampled = models.PositiveIntegerField("抽查户数", null=True, blank=True)
    score = decimal("得分")
    full = decimal("满分", default=100)
    note = words("情况", 200)

    class Meta(OurRecord.Meta):
        verbose_name = "专项考核"
        constraints = [
            *not_negative("score"),
            models.CheckConstraint(
                condition=Q(full__gt=0) & Q(score__lte=models.F("full")),
                name="specialassessment_score_within_full",
                violation_error_message="得分不能高于满分，满分应当大于零。",
            ),
        ]

    def __str__(self):
        return f"{self.community} {self.get_kind_display()} {self.score}"


class QuarterRun(OurKept):
    """One quarter of one street. The communities read it once it is published, and so the ``ranking``: of
    each community name, total, rank and groups, without any line of its score."""

    wall = Down(only="is_open")
    carries = ("scores",)

    year = year_field()
    quarter = quarter_field()
    rule = models.ForeignKey(
        ScoreRule, models.PROTECT, related_name="runs", verbose_name="季度计分规则"
    )
    state = models.CharField("状态", max_length=12, choices=RunState, default=RunState.DRAFT)
    is_open = models.BooleanField("已公开", default=False, editable=False)
    computed_at = models.DateTimeField("计算时间", null=True, editable=False)
    published_on = past_day("公布日期")
    objections_until = day("异议截止日期")
    final_on = past_day("定稿日期")
    frozen_on = past_day("冻结日期")
    ranking = models.JSONField("排名", default=list, editable=False)
    note = words("备注", 200)

    class Meta:
        verbose_name = "季度考核"
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"],
                condition=Q(deleted_at__isnull=True),
                name="quarterrun_once",
                violation_error_message="这个季度的考核已有。",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.DRAFT, is_open=False)
                | (~Q(state=RunState.DRAFT) & Q(is_open=True)),
                name="quarterrun_open_when_published",
            ),
        ]

    def __str__(self):
        return f"{self.year}年{self.get_quarter_display()}环境卫生考核"

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit__in=units) | Q(unit__in=above(units), is_open=True)


class QuarterScore(HiddenUntilOpen, OurRecord):
    """A community's score of the quarter; ``occurred_on`` is its last day. ``rank`` is empty where it was
    ``withheld`` with a reason. ``inputs`` is all that the lines were computed from, as it stood then."""

    closes = Closes(("occurred_on",), fixed=())

    carries = ("lines",)
    follows = "run"

    run = models.ForeignKey(
        QuarterRun, models.PROTECT, related_name="scores", verbose_name="季度考核"
    )
    inputs = models.JSONField("计分依据", default=dict, editable=False)
    total = points("季度得分", null=True)
    rank = models.PositiveSmallIntegerField("名次", null=True)
    groups = models.PositiveSmallIntegerField("抽查小组数", default=0)
    withheld = words("不排名的原因", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "季度得分"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "community"],
                condition=Q(deleted_at__isnull=True),
                name="quarterscore_once",
            ),
        ]

    def __str__(self):
        return f"{self.community} {self.total}"

    def follow(self) -> None:
        """The community is the score's own; what is open follows the run."""
        self.is_open = self.run.is_open


class ScoreLine(HiddenUntilOpen, OurKept):
    """One part of a score. ``points`` of all lines add up to the total exactly. ``subject`` and
    ``subject_id`` are the record that it comes from; ``rule`` says in words why it is this much."""

    follows = "score"

    community = community_field()
    score = models.ForeignKey(
        QuarterScore, models.PROTECT, related_name="lines", verbose_name="季度得分"
    )
    ordinal = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=12, choices=LineKind)
    label = models.CharField("事项", max_length=120)
    points = points("分数")
    rule = words("依据", 200)
    subject = words("来源", 80)
    subject_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "得分明细"
        ordering = ["score", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["score", "ordinal"],
                condition=Q(deleted_at__isnull=True),
                name="scoreline_once",
            ),
        ]

    def __str__(self):
        return self.label


class ScoreObjection(OurRecord):
    """The community contests its score, or one line of it: its own row. The answer is the street's;
    ``adjustment`` is what it gives back, a line of the score computed anew."""

    closes = Closes(("occurred_on",), fixed=())

    score = models.ForeignKey(
        QuarterScore, models.PROTECT, related_name="objections", verbose_name="季度得分"
    )
    line = models.ForeignKey(
        ScoreLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="得分明细",
    )
    reason = models.TextField("异议理由", max_length=1000)
    signer = models.CharField("提出人", max_length=50)
    answer = prose("答复", editable=False)
    answered_on = past_day("答复日期", editable=False)
    upheld = models.BooleanField("异议成立", null=True, editable=False)
    adjustment = points("调整分数", default=Decimal(0), editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "得分异议"

    def __str__(self):
        return f"{self.score} {self.signer}"
