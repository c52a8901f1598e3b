"""Rules and regimes (制度), and the evidence that they are kept."""

from django.db import models

from portal.constraints import in_order
from portal.office.enums import RuleKind
from portal.office.models.base import TAGGED, Fact, PartEvent, ReadBelow, day, prose, words


class Rule(ReadBelow, Fact):
    """A rule in force from a day to a day; those of the street are read in its communities."""

    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=12, choices=RuleKind, default=RuleKind.REGIME)
    ordinal = models.PositiveSmallIntegerField(
        "序号", null=True, blank=True, help_text="如“六项制度”中的第几项。"
    )
    text = prose("内容")
    document = words("依据文件", 100)
    starts_on = models.DateField("实施日期")
    ends_on = day("废止日期")

    class Meta:
        verbose_name = "制度"
        ordering = ["kind", "ordinal", "title"]
        constraints = [TAGGED, *in_order("starts_on", "ends_on")]

    def __str__(self):
        return self.title


class RuleEvidence(PartEvent):
    """One dated proof that a rule was kept: a meeting held, a list posted, a promise met."""

    tags = "rule__domains"

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="evidence", verbose_name="制度")
    content = models.CharField("落实情况", max_length=300)
    person = words("经办人", 50)
    problem = words("发现问题", 200)

    class Meta(PartEvent.Meta):
        verbose_name = "制度落实"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_ruleevidence_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.rule}"
