"""Records that go from stage to stage: what a stage needs and bars, kept by the database and said at
the field; and days that lie within a person's life."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

TEXTS = (models.CharField, models.TextField)
Table = Mapping[str, tuple[str, ...]]


class Staged(models.CheckConstraint):
    """In each of ``stages`` the fields of ``needs`` are there and those of ``bars`` are empty.

    ``texts`` are those of the fields that are empty as "". ``Stages.clean`` speaks before it.
    """

    def __init__(self, *, stages, needs, bars, texts, name):
        self.options = {
            "stages": list(map(str, stages)),
            "needs": {str(stage): list(names) for stage, names in needs.items()},
            "bars": {str(stage): list(names) for stage, names in bars.items()},
            "texts": list(texts),
        }
        condition = Q()
        for stage in self.options["stages"]:
            here = Q(state=stage)
            for field in self.options["needs"].get(stage, ()):
                here &= ~Q(**{field: ""}) if field in texts else Q(**{f"{field}__isnull": False})
            for field in self.options["bars"].get(stage, ()):
                here &= Q(**{field: ""}) if field in texts else Q(**{f"{field}__isnull": True})
            condition |= here
        super().__init__(
            condition=condition,
            name=name,
            violation_error_message="状态与填写的日期不一致，请核对。",
        )

    def deconstruct(self):
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return path, (), self.options | {"name": self.name}

    def __eq__(self, other):
        return type(other) is type(self) and other.deconstruct() == self.deconstruct()

    def __hash__(self):
        return hash(self.name)

    def validate(self, model, instance, exclude=None, using=None):
        """As the database, without asking it, at the fields."""
        refuse_wrong_stage(instance, self.options["needs"], self.options["bars"])


def refuse_wrong_stage(record, needs: Table, bars: Table) -> None:
    """Raise ValidationError at each field that the record's state needs or bars."""
    state, told = record.state, record.get_state_display()
    wrong = {}
    for name in needs.get(state, ()):
        if getattr(record, record._meta.get_field(name).attname) in (None, ""):
            wrong[name] = f"状态为“{told}”的，请填写{label(record, name)}。"
    for name in bars.get(state, ()):
        if getattr(record, record._meta.get_field(name).attname) not in (None, ""):
            wrong[name] = f"状态为“{told}”的，不填{label(record, name)}。"
    if wrong:
        raise ValidationError(wrong)


def label(record, name: str) -> str:
    return str(record._meta.get_field(name).verbose_name)


def refuse_beyond_life(record, days: Iterable[str], plans: Iterable[str] = ()) -> None:
    """Raise ValidationError at each of ``days`` that has not come, and at each of both that lies
    outside the resident's life. Steps and imports come through here, not only forms."""
    days, today = tuple(days), timezone.localdate()
    resident = record.resident if record.resident_id else None
    wrong = {}
    for name in (*days, *plans):
        day = getattr(record, name)
        if not day:
            continue
        said = label(record, name)
        if name in days and day > today:
            wrong[name] = f"{said}不能晚于今天。"
        elif resident and resident.died_on and day > resident.died_on:
            wrong[name] = f"这位居民已于{resident.died_on}去世，{said}不能在此之后。"
        elif resident and resident.born_on and day < resident.born_on:
            wrong[name] = f"{said}早于这位居民的出生日期{resident.born_on}。"
    if wrong:
        raise ValidationError(wrong)
