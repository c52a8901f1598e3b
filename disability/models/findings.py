"""补贴核查: what somebody found out about a person whom a rule had named."""

from django.db import models
from django.db.models import Q

from disability.enums.subsidies import FindingOutcome, SubsidyRule
from disability.models.subsidies import Subsidy, SubsidyKind
from portal.records import Record
from portal.wall.classes import Closes
from residents.models import Resident


class SubsidyFinding(Record):
    """The outcome of one finding. It settles the finding for as long as the facts, told by
    ``facts_key``, stay what they were, and not beyond ``again_on``."""

    closes = Closes(("occurred_on",), fixed=())

    domain = "disability"

    rule = models.CharField("核查规则", max_length=12, choices=SubsidyRule)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="subsidy_findings", verbose_name="居民"
    )
    kind = models.ForeignKey(SubsidyKind, models.PROTECT, related_name="+", verbose_name="补贴种类")
    subsidy = models.ForeignKey(
        Subsidy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="享受补贴",
    )
    facts = models.CharField("当时的情况", max_length=300)
    facts_key = models.CharField(max_length=32, editable=False)
    outcome = models.CharField("核查结果", max_length=12, choices=FindingOutcome)
    note = models.CharField("说明", max_length=200, blank=True)
    again_on = models.DateField(
        "再次提醒日期", null=True, blank=True, help_text="到这一天仍是同样情况的，重新列出。"
    )

    class Meta:
        verbose_name = "补贴核查"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=FindingOutcome.UNFIT) | ~Q(note=""),
                name="subsidyfinding_unfit_says_why",
                violation_error_message="核实后不符合的，请写明原因。",
            ),
        ]
        indexes = [
            models.Index(fields=["resident", "rule", "kind"], name="subsidyfinding_of_person")
        ]

    def __str__(self):
        return f"{self.resident} {self.get_rule_display()} {self.get_outcome_display()}"
