"""人口概况: who lives here on a day and what changed up to it; every number is a figure's, and opens
the records that it counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.charts import Chart, Kind, Series
from portal.figures import engine, figures, pictures
from portal.figures.categories import GridCategory
from portal.figures.pictures import Part, Row
from portal.ledgers import ledgers
from portal.ledgers.fields import DayField
from portal.ledgers.filters import recording_units_of
from portal.marks import needs
from portal.models import Unit
from portal.models.units import UnitKind
from portal.numbers import format_number
from portal.periods import FIRST_YEAR, MOST_YEARS, Period
from portal.scope import access_of, below

TOTAL = "residents.registered"
STOCKS = (
    TOTAL,
    "population.domiciled",
    "population.usual",
    "population.floating",
    "population.separated",
    "population.foreign",
    "population.elderly",
    "residents.households",
)
EVENTS = (
    "population.births",
    "population.deaths",
    "population.moved_in",
    "population.moved_out",
    "population.marriages",
)
ONE_DAY = timedelta(days=1)


class Question(forms.Form):
    """Of which unit, as of which day, and since when changes are told."""

    unit = forms.ModelChoiceField(
        label="单位", queryset=Unit.objects.none(), required=False, empty_label="全部单位"
    )
    day = DayField(label="截至日期", required=False)
    since = DayField(label="变动自", required=False, help_text="不填为当年 1 月 1 日。")

    def __init__(self, params, *, units):
        super().__init__(params)
        recording = recording_units_of(units)
        if len(recording) > 1:
            self.fields["unit"].queryset = recording
        else:
            del self.fields["unit"]

    def clean_day(self):
        day = self.cleaned_data["day"] or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError("截至日期不能晚于今天。")
        if day.year < FIRST_YEAR:
            raise ValidationError(f"截至日期不能早于{FIRST_YEAR}年。")
        return day

    def clean(self):
        data = super().clean()
        day, since = data.get("day"), data.get("since")
        if day and since and since > day:
            self.add_error("since", "变动的起始日期不能晚于截至日期。")
        elif day and since and day.year - since.year >= MOST_YEARS:
            self.add_error("since", "变动的时段最长不超过十年。")
        return data


@dataclass(frozen=True)
class Asked:
    """The valid parts of the question; what is invalid is as if it were not asked."""

    units: frozenset[int]
    unit: Unit | None
    day: date
    since: date

    @classmethod
    def of(cls, form: Question, permitted) -> "Asked":
        form.is_valid()
        unit = form.cleaned_data.get("unit")
        day = form.cleaned_data.get("day") or timezone.localdate()
        since = form.cleaned_data.get("since") or date(day.year, 1, 1)
        units = permitted & below([unit.pk]) if unit else frozenset(permitted)
        return cls(units, unit, day, since)

    @property
    def on(self) -> Period:
        return Period(self.day, self.day)

    @property
    def before(self) -> Period:
        return Period(self.since - ONE_DAY, self.since - ONE_DAY)

    @property
    def during(self) -> Period:
        return Period(self.since, self.day)

    def url(self, reading, **further) -> str:
        """The figure that counted it, of these units and this time."""
        query = {"unit": self.unit.pk} if self.unit else {}
        query |= {"period": reading.period.key} | dict(reading.category) | further
        return reverse("figure-detail", args=[reading.figure.code]) + "?" + urlencode(query)

    def cell(self, reading, **further) -> dict:
        """A number as text, with the address of the figure that counted it."""
        return {
            "label": reading.figure.label,
            "value": reading.text,
            "unit": reading.measure,
            "url": self.url(reading, **further),
            "note": reading.figure.definition,
        }

    def read(self, code, period) -> dict:
        return self.cell(engine.read(code, self.units, period))


@needs("figures.view")
def population(request):
    """The population as of a day, and its changes."""
    access = access_of(request.user)
    access.check("residents.view")
    permitted = access.units("residents.view") & access.units("figures.view")
    form = Question(request.GET, units=permitted)
    asked = Asked.of(form, permitted)
    total = engine.read(TOTAL, asked.units, asked.on)
    context = {
        "form": form,
        "asked": asked,
        "stocks": [asked.read(code, asked.on) for code in STOCKS],
        "ages": _ages(asked, total),
        "parts": _parts(asked),
        "changes": _changes(asked, total),
        "is_empty": not total.value and not engine.read(TOTAL, asked.units, asked.before).value,
        "add_url": ledgers["residents"].url("add") if access.may("residents.edit") else "",
        "as_of": timezone.localtime(),
    }
    return render(request, "residents/population.html", context)


def _ages(asked, total) -> dict:
    """Age groups × sex, with the sums of both sides; columns of nobody are left out."""
    categories = figures[TOTAL].categories
    cells = engine.cross(TOTAL, "age", "sex", asked.units, asked.on)
    by_age = engine.by_category(TOTAL, "age", asked.units, asked.on)
    by_sex = engine.by_category(TOTAL, "sex", asked.units, asked.on)
    sexes = {
        str(key): label
        for key, label in categories["sex"].choices.items()
        if by_sex[str(key)].value or label in ("男", "女")
    }
    ages = categories["age"].choices
    return {
        "pyramid": _pyramid(asked, cells, ages, sexes),
        "columns": list(sexes.values()),
        "rows": [
            {
                "label": label,
                "cells": [asked.cell(cells[age, sex]) for sex in sexes],
                "total": asked.cell(by_age[age]),
            }
            for age, label in ages.items()
        ],
        "sums": [asked.cell(by_sex[sex]) for sex in sexes],
        "total": asked.cell(total),
    }


def _pyramid(asked, cells, ages, sexes) -> Chart:
    """Men and women by age; the table below has who is neither."""
    sides = tuple(
        Series.of(label, [(cells[age, sex], asked.url(cells[age, sex])) for age in ages])
        for sex, label in sexes.items()
        if label in pictures.SIDES
    )
    names = tuple(ages.values())
    return Chart(Kind.PYRAMID, "年龄和性别", names, sides, measure="人", lead="年龄")


def _parts(asked) -> list[Part]:
    """By residency, by community or, within one community, by grid, and the households by kind."""
    where = _communities(asked) or [_part(asked, TOTAL, "grid", "按网格")]
    return [
        _part(asked, TOTAL, "residency", "按居住状态"),
        *where,
        _part(asked, "residents.households", "kind", "按户类型"),
    ]


def _part(asked, code, name, title, period=None) -> Part:
    """The figure by one of its categories, without the choices of nobody."""
    known = figures[code].categories[name]
    labels = {str(key): label for key, label in known.labels(asked.units).items()}
    readings = engine.by_category(code, name, asked.units, period or asked.on)
    found = {key: reading for key, reading in readings.items() if reading.value}
    rows = [Row(labels[key], reading, asked.url(reading)) for key, reading in found.items()]
    grids = name == "grid" and GridCategory.NOWHERE not in found
    return pictures.by_category(figures[code], title, rows, [int(key) for key in found if grids])


def _communities(asked) -> list[Part]:
    """For a street: each community, each number opening that community's own."""
    communities = Unit.objects.filter(pk__in=asked.units, kind=UnitKind.COMMUNITY)
    named = {unit.pk: unit.name for unit in communities}
    if len(named) < 2:
        return []
    readings = engine.by_unit(TOTAL, named, asked.on)
    rows = [Row(name, readings[pk], asked.url(readings[pk], unit=pk)) for pk, name in named.items()]
    return pictures.by_unit(figures[TOTAL], rows, list(named), title="按社区")


def _changes(asked, total) -> dict:
    """The identity of the period, and what the change consists of."""
    came = engine.read("population.came", asked.units, asked.during)
    left = engine.read("population.left", asked.units, asked.during)
    net = came.value - left.value
    reasons = [
        _part(asked, reading.figure.code, "reason", title, asked.during)
        for title, reading in (("增加原因", came), ("减少原因", left))
    ]
    return {
        "before": asked.read(TOTAL, asked.before),
        "came": asked.cell(came),
        "left": asked.cell(left),
        "after": asked.cell(total),
        "net": ("+" if net > 0 else "−" if net < 0 else "") + format_number(abs(net)),
        "events": [asked.read(code, asked.during) for code in EVENTS],
        "reasons": reasons,
    }
