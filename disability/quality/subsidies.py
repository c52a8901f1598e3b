"""What is wrong or missing in records of subsidies (domain §7.10, rule 9)."""

from django.utils import timezone

from disability.models import Subsidy
from disability.models.subsidies import standard_on
from disability.selectors.subsidy_rules import drawn_on
from portal.quality import QualityRule, Severity, register


def without_standard(units):
    """Drawn today, and nobody has written down how much a month."""
    today = timezone.localdate()
    priced = drawn_on(today).filter(unit__in=units).annotate(now=standard_on(today))
    return Subsidy.objects.filter(pk__in=priced.filter(now__isnull=True).values("pk"))


register(
    QualityRule(
        "disability.subsidy_without_standard",
        "享受补贴没有执行标准",
        "disability",
        "算不出每月应发多少，也编不出发放批次。",
        "subsidies",
        without_standard,
        Severity.HIGH,
    ),
)
