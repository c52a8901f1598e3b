"""A ledger's column: one type that drives list, detail, import and xlsx alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils import timezone

from portal.months import MonthField
from portal.numbers import format_number


def display(value) -> str:
    """A value as a clerk reads it; empty for None, 是/否 for booleans, ISO dates."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%Y-%m-%d}"
        case int() | Decimal():
            return format_number(value)
        case list() | tuple():
            return "、".join(map(str, value))
        case _:
            return str(value)


def choice_label(field: Field, value):
    """The label of a choice, the labels of an array of choices, a month without its day, or the
    value itself."""
    if isinstance(field, MonthField):
        return field.told(value)
    if isinstance(field, ArrayField) and field.base_field.choices:
        labels = dict(field.base_field.flatchoices)
        return [labels.get(item, item) for item in value or []]
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    return value


@dataclass(frozen=True)
class Column:
    """``read`` takes a record and gives the value shown; it is already masked where it must be.

    ``field`` is the form field that an imported cell of this column fills, "" for a column that is
    only shown; one that is not ``shown`` only brings something in;
    one that is not ``listed`` is left to detail page and export. ``sort`` is an ORM path, ""
    when the column cannot be sorted. ``sealed`` is the dotted path of the sealed value behind a
    masked column: only an approved export reads it. ``raw`` reads the code behind a choice's label.
    ``look`` reads what sets the value off in the list: {"badge": neutral, info, good, warn or bad, "icon"},
    or nothing.
    """

    label: str
    read: Callable
    field: str = ""
    sort: str = ""
    width: int = 14
    numeric: bool = False
    masked: bool = False
    shown: bool = True
    listed: bool = True
    sealed: str = ""
    raw: Callable | None = None
    look: Callable | None = None

    def text(self, record) -> str:
        return display(self.read(record))


def reader(model, path: str) -> Callable:
    """Read a dotted path; the last step's choices become labels, a missing step gives None."""
    *steps, last = path.split(".")

    def read(record):
        for step in steps:
            record = getattr(record, step)
            if record is None:
                return None
        value = getattr(record, last)
        try:
            field = record._meta.get_field(last)
        except FieldDoesNotExist:
            return value() if callable(value) else value
        return choice_label(field, value)

    return read


def raw_reader(path: str) -> Callable:
    """Read a field as it is stored, its choices as codes."""
    return lambda record: getattr(record, path)


def has_choices(field: Field) -> bool:
    return bool(getattr(field, "base_field", field).choices)


def column(model, path: str, label: str = "", **options) -> Column:
    """The column of a field: label, sorting and alignment follow from the model."""
    field = None
    if "." not in path and hasattr(model, path):
        try:
            field = model._meta.get_field(path)
        except FieldDoesNotExist:
            field = None
    if field is not None:
        label = label or str(field.verbose_name)
        options.setdefault("field", path if field.editable else "")
        if not isinstance(field, ArrayField):
            options.setdefault("sort", path)
        options.setdefault("numeric", field.get_internal_type() in NUMERIC)
        if has_choices(field):
            options.setdefault("raw", raw_reader(path))
    return Column(label, reader(model, path), **options)


NUMERIC = {"DecimalField", "IntegerField", "PositiveIntegerField", "BigIntegerField"}
