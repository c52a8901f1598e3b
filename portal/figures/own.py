"""A category whose choices are records that the units keep themselves."""

from dataclasses import dataclass, field, replace

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Coalesce

from portal.figures.categories import Category


@dataclass(frozen=True)
class ByOwn(Category):
    """By a record that the units keep themselves, as a project or an organisation: one of the asked units, or
    of another, as of the street above, that their rows name; last what names none."""

    choices: dict = field(default_factory=dict)
    model: type = field(kw_only=True)
    nobody: str = field(kw_only=True)
    counted: tuple[type, str] | None = field(
        default=None, kw_only=True
    )  # of which rows, by which unit

    NONE = "none"

    def of(self, model, unit):
        return replace(self, counted=(model, unit))

    def among(self, other):
        return replace(self, counted=self.counted or other.counted)

    def labels(self, units):
        theirs = Q(deleted_at__isnull=True, unit__in=units)
        if self.counted:
            model, unit = self.counted
            named = model._default_manager.filter(**{f"{unit}__in": units})
            theirs |= Q(pk__in=named.order_by().values(self.path))
        rows = self.model.objects.filter(theirs)
        return {str(each.pk): str(each) for each in rows} | {self.NONE: self.nobody}

    def narrowed(self, rows, value, period):
        if value == self.NONE:
            return rows.filter(**{f"{self.path}__isnull": True})
        return rows.filter(**{self.path: value})

    def spread(self, rows, period):
        name = f"_{self.path}"
        known = Cast(f"{self.path}_id", models.CharField())
        return rows.annotate(**{name: Coalesce(known, Value(self.NONE))}), name
