"""The filters of a ledger's list: unit, period, grid and the declared choice fields."""

import django_filters
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.utils import timezone

from portal.ledgers.fields import DayField
from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import access_of, below


def period_choices(chosen: str = "") -> list[tuple[str, str]]:
    """This year and the two before, with halves and quarters of this and the last; and the chosen."""
    year = timezone.localdate().year
    keys = [f"{y}{part}" for y in (year, year - 1) for part in ("", "H1", "H2")]
    keys += [f"{y}Q{q}" for y in (year, year - 1) for q in (1, 2, 3, 4)]
    keys.append(str(year - 2))
    if chosen and chosen not in keys:
        keys.append(chosen)
    return [(key, Period.parse(key).label) for key in keys]


def parsed_period(key: str) -> Period | None:
    """The period of a query parameter; None for an empty or malformed one."""
    try:
        return Period.parse(key) if key else None
    except ValueError:
        return None


def recording_units_of(unit_ids):
    """Those of the units that records can belong to: grids never record by themselves."""
    return Unit.objects.filter(pk__in=unit_ids).exclude(kind=UnitKind.GRID)


class LedgerFilter(django_filters.FilterSet):
    """``unit`` means the unit and everything below it; ``period`` is by event date."""

    def __init__(self, data, *, ledger, user, queryset):
        self.ledger, self.user = ledger, user
        super().__init__(data, queryset=queryset)
        self.units = access_of(user).units(ledger.view_permission)
        recording = recording_units_of(self.units)
        if len(recording) > 1:
            self.filters["unit"].queryset = recording
        else:
            del self.filters["unit"]
        if "period" in self.filters:
            key = data.get("period", "")
            chosen = key if parsed_period(key) else ""
            self.filters["period"].extra["choices"] = period_choices(chosen)

    def of_unit(self, queryset, name, unit):
        return queryset.filter(self.ledger.model.scope_condition(below([unit.pk])))

    def on_day(self, queryset, name, day):
        return self.ledger.as_of(queryset, day)

    def in_period(self, queryset, name, key):
        period = Period.parse(key)
        return queryset.filter(**{f"{self.ledger.date}__range": (period.start, period.end)})

    def holds(self, queryset, name, value):
        return queryset.filter(**{f"{name}__contains": [value]})

    @property
    def chosen(self) -> dict:
        """The valid filters that are set, by name: those that ``qs`` applies, beside invalid ones."""
        self.form.is_valid()  # fills cleaned_data, which holds the valid ones
        values = self.form.cleaned_data
        return {name: value for name, value in values.items() if value not in (None, "")}


class DayFilter(django_filters.Filter):
    """The rows as they were on a day."""

    field_class = DayField


def filterset_for(ledger) -> type[LedgerFilter]:
    declared = {
        "unit": django_filters.ModelChoiceFilter(
            label="单位", queryset=Unit.objects.none(), method="of_unit", empty_label="全部单位"
        )
    }
    if ledger.date:
        declared["period"] = django_filters.ChoiceFilter(
            label="时段", choices=[], method="in_period", empty_label="全部日期"
        )
    if ledger.as_of:
        declared["as_of"] = DayFilter(label="截至日期", method="on_day")
    for name in ledger.filters:
        declared[name] = _choice_filter(ledger.model._meta.get_field(name))
    declared |= ledger.more_filters
    meta = type("Meta", (), {"model": ledger.model, "fields": []})
    return type("Filter", (LedgerFilter,), declared | {"Meta": meta})


def _choice_filter(field):
    if isinstance(field, ArrayField):
        return django_filters.ChoiceFilter(
            label=field.verbose_name,
            choices=field.base_field.flatchoices,
            method="holds",
            empty_label="全部",
        )
    if field.get_internal_type() == "BooleanField":
        return django_filters.BooleanFilter(
            label=field.verbose_name,
            widget=forms.Select(choices=[("", "全部"), ("true", "是"), ("false", "否")]),
        )
    if field.is_relation:
        return django_filters.ModelChoiceFilter(
            label=field.verbose_name,
            queryset=field.related_model._default_manager.all(),
            empty_label="全部",
        )
    return django_filters.ChoiceFilter(
        field_name=field.name,
        label=field.verbose_name,
        choices=field.flatchoices,
        empty_label="全部",
    )
