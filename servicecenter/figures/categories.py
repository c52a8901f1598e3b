"""How figures of cases divide: by fixed lists, and by items, stations and agents as the units keep them."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Coalesce

from portal.figures import Category
from portal.figures.categories import GridCategory
from servicecenter.enums.cases import CaseChannel, Outcome
from servicecenter.enums.catalogue import CaseKind, Department
from servicecenter.models import Case


@dataclass(frozen=True)
class Among(Category):
    """By a record that cases refer to, as the cases of the asked units name them; ``nobody`` is where a
    case names none. ``through`` leads from the counted row to its case, as ``case__``."""

    choices: dict = field(default_factory=dict)
    nobody: str = field(default="", kw_only=True)
    through: str = field(default="", kw_only=True)

    NONE = "none"

    def labels(self, units):
        cases = Case.objects.filter(unit__in=units, deleted_at__isnull=True)
        model = self._field().related_model
        named = model.objects.filter(pk__in=cases.values(self._of_case))
        found = {each.pk: str(each) for each in named}
        return found | ({self.NONE: self.nobody} if self.nobody else {})

    def narrowed(self, rows, value, period):
        if value == self.NONE:
            return rows.filter(**{f"{self.path}__isnull": True})
        return rows.filter(**{self.path: value})

    def spread(self, rows, period):
        if not self.nobody:
            return rows, self.path
        known = Cast(f"{self.path}_id", models.CharField())
        name = f"_{self.path}"
        return rows.annotate(**{name: Coalesce(known, Value(self.NONE))}), name

    @property
    def _of_case(self) -> str:
        return self.path.removeprefix(self.through)

    def _field(self):
        found, model = None, Case
        for step in self._of_case.split("__"):
            found = model._meta.get_field(step)
            model = found.related_model
        return found


KIND = {"kind": Category("办件类型", "kind", dict(CaseKind.choices))}
CASES = KIND | {
    "channel": Category("申请渠道", "channel", dict(CaseChannel.choices)),
    "department": Category("业务类别", "item__item__department", dict(Department.choices)),
    "item": Among("事项", "item__item"),
    "station": Among("承办站所", "station", nobody="未派办"),
    "agent": Among("代办员", "agent", nobody="没有代办员"),
    "grid": GridCategory(),
}
DECIDED = CASES | {"outcome": Category("办理结果", "outcome", dict(Outcome.choices))}


def of_case(through: str = "case__") -> dict[str, Category]:
    """How figures of what belongs to a case divide by the case."""
    return {
        "department": Category(
            "业务类别", f"{through}item__item__department", dict(Department.choices)
        ),
        "item": Among("事项", f"{through}item__item", through=through),
        "station": Among("承办站所", f"{through}station", nobody="未派办", through=through),
        "agent": Among("代办员", f"{through}agent", nobody="没有代办员", through=through),
    }
