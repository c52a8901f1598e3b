"""The declaration of a rule; apps declare theirs in ``retention.py``. Rows in recycle bins have one rule
for all ledgers, which needs no declaration."""

from dataclasses import dataclass, field

from django.db.models import Model, Q

from portal.ledgers.registry import ledgers
from portal.registry import Registry
from portal.retention.periods import Kept

BIN = Kept(days=30)
BIN_GROUND = "已删除满 30 日，期间没有人恢复（个人信息保护法第四十七条）"


@dataclass(frozen=True)
class Rule:
    """Rows of ``model`` that meet ``where`` are due once ``kept`` has passed since the day ``since``.

    ``ground`` is told on the list of disposal. A moment counts by its local day.
    """

    code: str
    title: str
    model: type[Model]
    since: str
    kept: Kept
    ground: str
    where: Q = field(default_factory=Q)

    def due(self, units, today):
        """The rows of these units whose time is over on ``today``."""
        column = self.model._meta.get_field(self.since)
        before = self.kept.first_kept(today)
        path = (
            f"{self.since}__date" if column.get_internal_type() == "DateTimeField" else self.since
        )
        rows = self.model._default_manager.filter(self.where, unit__in=units)
        return rows.filter(**{f"{path}__lt": before}).order_by("pk")


rules: Registry[Rule] = Registry("retention")


def register(*declared: Rule) -> None:
    for rule in declared:
        rules.add(rule.code, rule)


def bin_rules() -> list[Rule]:
    """One for each kind of record that has a recycle bin."""
    found = {}
    for ledger in ledgers:
        model = ledger.model
        if hasattr(model, "deleted_at") and model not in found:
            label = model._meta.label_lower
            found[model] = Rule(
                f"bin:{label}",
                f"回收站：{model._meta.verbose_name}",
                model,
                "deleted_at",
                BIN,
                BIN_GROUND,
                _in_bin(model),
            )
    return list(found.values())


def _in_bin(model) -> Q:
    """Merged records stay: what was merged can be undone, and speaks for the survivor."""
    names = {field.name for field in model._meta.concrete_fields}
    binned = Q(deleted_at__isnull=False)
    return binned & Q(merged_into__isnull=True) if "merged_into" in names else binned


def all_rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in [*rules, *bin_rules()]}
