"""How figures divide: by the choices of a column, by what follows from a row, by grid.

The parts of a figure that counts each row once add up to the whole. So where a column may be empty, its
category ends with the part of those rows that do not say.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db import models
from django.db.models import Case, F, Func, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from portal.models.units import Unit, UnitKind
from portal.periods import Period

NOT_SAID = "未注明"


@dataclass(frozen=True)
class Category:
    """One way to break a figure down: a path with choices; an array counts in each of its values, and an
    empty one in none.

    ``unstated`` is what the rows are called that have none of the choices; "" where all have one. A figure
    sees for itself whether there may be such rows: only other words than 未注明 need to be declared.
    """

    label: str
    path: str
    choices: Mapping[str, str]
    array: bool = False
    unstated: str = field(default="", kw_only=True)

    UNSTATED = "unstated"

    def of(self, model: type[Model], unit: str) -> "Category":
        """As it divides rows of this model, counted by their unit at this path."""
        if self.array or self.unstated or not self.choices or not may_be_empty(model, self.path):
            return self
        return replace(self, unstated=NOT_SAID)

    def among(self, other: "Category") -> "Category":
        """With the last part of a category that tells the same of other rows."""
        return replace(self, unstated=self.unstated or other.unstated)

    def labels(self, units: Iterable[int]) -> Mapping[str, str]:
        """The choices, in order, as they stand for these units."""
        return {**self.choices, self.UNSTATED: self.unstated} if self.unstated else self.choices

    def narrowed(self, rows: QuerySet, value, period: Period) -> QuerySet:
        """The rows that count under ``value``."""
        if self.array:
            return rows.filter(**{f"{self.path}__contains": [value]})
        if value == self.UNSTATED:
            return rows.exclude(**self._stated)
        return rows.filter(**{self.path: value})

    def spread(self, rows: QuerySet, period: Period) -> tuple[QuerySet, str]:
        """Rows and the path by whose values they are grouped."""
        if self.array:
            return rows.annotate(_value=Func(F(self.path), function="unnest")), "_value"
        if not self.unstated:
            return rows, self.path
        said = When(**self._stated, then=Cast(self.path, models.CharField()))
        name = f"_{self.path}"
        return rows.annotate(**{name: Case(said, default=Value(self.UNSTATED))}), name

    @property
    def _stated(self) -> dict:
        return {f"{self.path}__in": list(self.choices)}


def may_be_empty(model: type[Model], path: str) -> bool:
    """Whether rows may lack the column at the end of the path, or something on the way to it."""
    *steps, last = path.split("__")
    for name in steps:
        step = model._meta.get_field(name)
        if step.null:
            return True
        model = step.related_model
    column = model._meta.get_field(last)
    return column.null or column.blank


@dataclass(frozen=True)
class DerivedCategory(Category):
    """A value that follows from the row on the period's last day and is never stored, as an age is. Each row
    has one.

    ``path`` names the computed value; no field of the model may have that name.
    """

    expression: Callable[[Period], object] = field(kw_only=True)

    def of(self, model, unit):
        return self

    def narrowed(self, rows, value, period):
        return rows.alias(**{self.path: self.expression(period)}).filter(**{self.path: value})

    def spread(self, rows, period):
        return rows.annotate(**{self.path: self.expression(period)}), self.path


@dataclass(frozen=True)
class GridCategory(Category):
    """By grid: those of the asked units, and the rows that lie in none."""

    label: str = "网格"
    path: str = "grid"
    choices: Mapping[str, str] = field(default_factory=dict)

    NOWHERE = "none"

    def labels(self, units):
        asked = Q(pk__in=units) | Q(parent__in=units)
        grids = Unit.objects.filter(asked, kind=UnitKind.GRID).select_related("parent")
        several = len(set(grids.values_list("parent", flat=True))) > 1
        named = {grid.pk: str(grid.name) for grid in grids}
        if several:
            named = {grid.pk: f"{grid.parent.name}{grid.name}" for grid in grids}
        return named | {self.NOWHERE: "未划入网格"}

    def narrowed(self, rows, value, period):
        if value == self.NOWHERE:
            return rows.filter(**{f"{self.path}__isnull": True})
        return rows.filter(**{self.path: value})

    def spread(self, rows, period):
        known = Cast(f"{self.path}_id", models.CharField())
        name = "_grid"
        return rows.annotate(**{name: Coalesce(known, Value(self.NOWHERE))}), name
