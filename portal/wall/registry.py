"""Every table of the installed models, with what the wall needs to know about it."""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from portal.wall.classes import (
    EXEMPT,
    Closes,
    Down,
    Exempt,
    Inspected,
    Own,
    Person,
    Personal,
    PolicyClass,
)

PROTECTED = (Own, Person, Down, Inspected, Personal)
INTEGER_KEYS = (models.AutoField, models.BigIntegerField, models.IntegerField)


@dataclass(frozen=True)
class Reference:
    """A column whose new value must name a row that the writer can see."""

    column: str
    target: str
    target_column: str


@dataclass(frozen=True)
class Table:
    name: str
    wall: PolicyClass | None  # None: the model states no class, which the checks refuse
    label: str = ""  # of the model; empty for tables without one
    key: str = "id"
    key_is_integer: bool = True
    columns: tuple[str, ...] = ()
    unversioned: frozenset[str] = frozenset()
    hidden: tuple[str, ...] = ()  # changes are logged without their content
    references: tuple[Reference, ...] = field(default=(), compare=False)
    closes: Closes | None = None

    @property
    def is_protected(self) -> bool:
        return isinstance(self.wall, PROTECTED)

    @property
    def is_audited(self) -> bool:
        if isinstance(self.wall, Exempt):
            return self.wall.audited
        return self.is_protected and getattr(self.wall, "logged", True)

    @property
    def is_versioned(self) -> bool:
        return "version" in self.columns

    @property
    def unit_column(self) -> str | None:
        """The column that says which units may read the row's history."""
        if isinstance(self.wall, Person):
            return self.wall.units
        if isinstance(self.wall, Personal):
            return None
        if self.is_protected:
            return self.wall.unit
        if self.label == "portal.Unit":
            return self.key
        return "unit_id" if "unit_id" in self.columns else None


def wall_of(model) -> PolicyClass | None:
    """The class that the model or the list of foreign tables states."""
    stated = EXEMPT.get(model._meta.db_table) or getattr(model, "wall", None)
    if stated is None and model._meta.auto_created:
        # Django's own many-to-many tables have no unit: only those of exempt models can be kept.
        owner = wall_of(model._meta.auto_created)
        stated = owner if isinstance(owner, Exempt) else None
    return stated


def _models() -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {m._meta.db_table: m for m in found if not m._meta.proxy and not m._meta.swapped}


def _references(model) -> tuple[Reference, ...]:
    found = []
    for column in model._meta.local_concrete_fields:
        if not column.is_relation or not isinstance(wall_of(column.related_model), PROTECTED):
            continue
        target = column.related_model._meta
        found.append(Reference(column.column, target.db_table, column.target_field.column))
    return tuple(found)


def _is_hidden(column) -> bool:
    return isinstance(column, models.BinaryField) or column.column == "password"


def _closes(model) -> Closes | None:
    """With columns for the names of fields."""
    stated = getattr(model, "closes", None)
    if stated is None:
        return None
    column = {field.name: field.column for field in model._meta.concrete_fields}
    fixed = None if stated.fixed is None else tuple(column[name] for name in stated.fixed)
    return Closes(tuple(column[name] for name in stated.days), fixed)


def _table(model) -> Table:
    meta, wall = model._meta, wall_of(model)
    return Table(
        name=meta.db_table,
        wall=wall,
        label=meta.label,
        key=meta.pk.column,
        key_is_integer=isinstance(
            meta.pk.target_field if meta.pk.is_relation else meta.pk, INTEGER_KEYS
        ),
        columns=tuple(c.column for c in meta.local_concrete_fields),
        unversioned=frozenset(getattr(model, "unversioned", ())),
        hidden=tuple(c.column for c in meta.local_concrete_fields if _is_hidden(c)),
        references=_references(model) if isinstance(wall, PROTECTED) else (),
        closes=_closes(model),
    )


def tables() -> list[Table]:
    """All tables that the web role may meet, by name: those of models and those of EXEMPT."""
    found = {name: _table(model) for name, model in _models().items()}
    for name, wall in EXEMPT.items():
        found.setdefault(name, Table(name, wall))
    return [found[name] for name in sorted(found)]
