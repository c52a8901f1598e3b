"""Quality rules of one department: the same shorthand for all of them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.quality.declare import QualityRule, Severity


@dataclass(frozen=True)
class Family:
    """Declares rules as ``<domain>.<code>``."""

    domain: str

    def rule(self, code, label, why, ledger, rows, severity=Severity.LOW, **options) -> QualityRule:
        name = f"{self.domain}.{code}"
        return QualityRule(name, label, self.domain, why, ledger, rows, severity, **options)


def kept(model, units) -> QuerySet:
    """The rows of these units that are not in the recycle bin."""
    return model.objects.kept().filter(unit__in=units)
