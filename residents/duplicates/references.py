"""Every column of any app that refers to a resident; found in the models, so later apps are in."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Field, Model, UniqueConstraint

from portal.wall.classes import Down, Own
from residents.models import DuplicatePair, Merge, Resident

OF_THE_MERGE = (DuplicatePair, Merge)  # they speak of the two records, not of the person

ANY_RECORD = {"subject", "subject_id"}  # what names a record of any ledger


@dataclass(frozen=True)
class Reference:
    """A column of a model that names a resident; ``about`` narrows one that names records of any
    ledger (attachments) to those of residents."""

    model: type[Model]
    field: Field
    about: dict = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def rows(self, resident: Resident):
        """All rows, those in the recycle bin included."""
        return self.model._base_manager.filter(**self.about, **{self.field.attname: resident.pk})

    @property
    def can_be_binned(self) -> bool:
        return any(field.name == "deleted_at" for field in self.model._meta.concrete_fields)


def references() -> Iterator[Reference]:
    """The columns that a merge moves. Tables that take no update keep what they said."""
    for model in apps.get_models():
        wall = getattr(model, "wall", None)
        if model in OF_THE_MERGE or model._meta.proxy or not model._meta.managed:
            continue
        if getattr(wall, "append_only", False):
            continue
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.related_model is Resident:
                yield Reference(model, field)
        names = {field.name for field in model._meta.concrete_fields}
        if isinstance(wall, Own | Down) and names >= ANY_RECORD:
            about = {"subject": Resident._meta.label_lower}
            yield Reference(model, model._meta.get_field("subject_id"), about)


def reference_of(key: str) -> Reference | None:
    return next((each for each in references() if each.key == key), None)


@dataclass(frozen=True)
class Conflict:
    """A row of the one to be merged that cannot stand beside the survivor's: why, in words."""

    reference: Reference
    row: Model
    message: str

    @property
    def name(self) -> str:
        return f"{self.row._meta.label_lower.replace('.', '-')}-{self.row.pk}"


def conflicts(survivor: Resident, merged: Resident) -> list[Conflict]:
    """What the constraints refuse if the rows of ``merged`` became the survivor's; only read."""
    found = []
    for reference in references():
        rules = [rule for rule in reference.model._meta.constraints if _speaks_of(rule, reference)]
        if not rules or not reference.can_be_binned:
            continue
        for row in reference.rows(merged).filter(deleted_at__isnull=True):
            setattr(row, reference.field.attname, survivor.pk)
            for rule in rules:
                try:
                    rule.validate(reference.model, row)
                except ValidationError as error:
                    found.append(Conflict(reference, row, error.messages[0]))
                    break
    return found


def _speaks_of(rule, reference: Reference) -> bool:
    if isinstance(rule, UniqueConstraint):
        return reference.field.name in rule.fields
    if isinstance(rule, ExclusionConstraint):
        return any(_names(expression, reference) for expression, _ in rule.expressions)
    return False


def _names(expression, reference: Reference) -> bool:
    name = expression.name if isinstance(expression, F) else expression
    return name == reference.field.name


def is_known_elsewhere(*residents: Resident) -> bool:
    """Whether records outside the present scope refer to one of them; nothing more is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT residents_known_elsewhere(%s)", [[each.pk for each in residents]])
        return cursor.fetchone()[0]
