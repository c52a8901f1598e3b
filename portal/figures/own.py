"""A category whose choices are records that the units keep themselves."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Coalesce

from portal.figures.declare import Category


@dataclass(frozen=True)
class ByOwn(Category):
    """By a record that the units keep themselves, as a project or an organisation; last what names none."""

    choices: dict = field(default_factory=dict)
    model: type = field(kw_only=True)
    nobody: str = field(kw_only=True)

    NONE = "none"

    def labels(self, units):
        rows = self.model.objects.filter(deleted_at__isnull=True, unit__in=units)
        return {str(each.pk): str(each) for each in rows} | {self.NONE: self.nobody}

    def narrowed(self, rows, value, period):
        if value == self.NONE:
            return rows.filter(**{f"{self.path}__isnull": True})
        return rows.filter(**{self.path: value})

    def spread(self, rows, period):
        name = f"_{self.path}"
        known = Cast(f"{self.path}_id", models.CharField())
        return rows.annotate(**{name: Coalesce(known, Value(self.NONE))}), name
