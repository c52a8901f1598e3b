"""A figure's page: its 口径, its value, how it divides, and exactly the records it counts."""

from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.figures import Distinct, Ratio, engine, figures, pictures
from portal.figures.categories import GridCategory
from portal.figures.links import figure_url, permitted
from portal.figures.pictures import Part, Row
from portal.ledgers.filters import parsed_period, period_choices, recording_units_of
from portal.ledgers.listing import PAGE_SIZE, all_dates, body_rows, header_rows
from portal.ledgers.registry import ledger_of
from portal.marks import by_figure, needs
from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.periods import Period
from portal.roles import DOMAINS
from portal.scope import access_of, below


class Question(forms.Form):
    """Which unit and which period, both optional; ``own`` leaves out what lies below the unit. A group of
    communities may stand in place of the unit."""

    unit = forms.ModelChoiceField(
        label="单位", queryset=Unit.objects.none(), required=False, empty_label="全部单位"
    )
    period = forms.ChoiceField(label="时段", required=False)
    own = forms.BooleanField(required=False, widget=forms.HiddenInput)
    group = forms.ModelChoiceField(
        queryset=UnitGroup.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, params, *, units):
        super().__init__(params)
        key = params.get("period", "")
        chosen = key if parsed_period(key) else ""
        self.fields["period"].choices = [("", "全部日期"), *period_choices(chosen)]
        self.fields["unit"].queryset = recording_units_of(units)
        self.fields["group"].queryset = UnitGroup.objects.kept().filter(unit__in=units)
        self.permitted = units

    def asked(self) -> tuple[frozenset[int], Period, Unit | None]:
        """The units, the period and the chosen unit; a foreign unit is a missing page."""
        if not self.is_valid():
            raise Http404
        unit = self.cleaned_data["unit"]
        units = self.permitted
        if unit:
            within = {unit.pk} if self.cleaned_data["own"] else below([unit.pk])
            units = units & within
        elif group := self.cleaned_data["group"]:
            units = units & below(group.members)
        return units, parsed_period(self.cleaned_data["period"]) or all_dates(), unit


@needs("figures.view")
def index(request):
    """All figures of the domains that the user may see."""
    access = access_of(request.user)
    groups = [
        {
            "title": title,
            "figures": [
                {
                    "label": figure.label,
                    "code": figure.code,
                    "definition": figure.definition,
                    "measure": figure.measure,
                    "date_basis": figure.date_basis,
                    "url": figure_url(figure.code),
                }
                for figure in figures
                if figure.domain == domain
            ],
        }
        for domain, title in DOMAINS.items()
        if access.may(f"{domain}.view")
    ]
    context = {"groups": [group for group in groups if group["figures"]]}
    return render(request, "figures/index.html", context)


@dataclass(frozen=True)
class Answer:
    """What an address of a figure's page asks, and the number that it tells."""

    question: Question
    units: frozenset[int]
    period: Period
    unit: Unit | None
    category: dict[str, str]
    reading: engine.Reading


def answer(user, code: str, params) -> Answer:
    """Raises Http404 for an unknown figure, a foreign unit and a malformed period, Denied without the right
    to see the figure."""
    figure = figures.get(code)
    if figure is None:
        raise Http404
    access = access_of(user)
    access.check("figures.view")  # the evidence shows every counted row, whatever its tags
    access.check(figure.permission)
    question = Question(params, units=permitted(access, figure))
    units, period, unit = question.asked()
    category = {
        name: params[name]
        for name, known in figure.categories.items()
        if params.get(name) in _labels(known, units)
    }
    reading = engine.read(code, units, period, category)
    return Answer(question, units, period, unit, category, reading)


@by_figure
def detail(request, code):
    asked = answer(request.user, code, request.GET)
    question, units, period, category = asked.question, asked.units, asked.period, asked.category
    figure, reading, unit = asked.reading.figure, asked.reading, asked.unit
    access = access_of(request.user)
    query = {
        "unit": unit.pk if unit else "",
        "own": "1" if unit and question.cleaned_data["own"] else "",
        "group": "" if unit else getattr(question.cleaned_data["group"], "pk", ""),
        "period": question.cleaned_data["period"],
    }
    context = {
        "figure": figure,
        "ask_url": _ask_url(access, code, query),
        "reading": reading,
        "value": reading.text,
        "category_label": "、".join(
            f"{known.label}：{_labels(known, units)[category[name]]}"
            for name, known in figure.categories.items()
            if name in category
        ),
        "period": period,
        "period_label": period.label if query["period"] else "全部日期",
        "filter_form": question,
        "parts": _parts(figure, units, period, query, category),
        "as_of": timezone.localtime(),
        "is_distinct": isinstance(getattr(figure, "value", None), Distinct),
        **_records(request, figure, units, period, category),
    }
    if isinstance(figure, Ratio):
        terms = (reading.numerator, reading.denominator)
        context["terms"] = [
            {
                "label": term.figure.label,
                "value": term.full,
                "url": figure_url(term.figure.code, **query)
                if access.may(term.figure.permission)
                else "",
            }
            for term in terms
        ]
    return render(request, "figures/detail.html", context)


def _ask_url(access, code: str, query: dict) -> str:
    """Where communities are asked to confirm this figure; "" for who does not ask them."""
    if not access.may("asks.send"):
        return ""
    return f"{reverse('ask-add')}?{urlencode({'figure': code, 'period': query['period']})}"


def _labels(category, units) -> dict[str, str]:
    return {str(key): label for key, label in category.labels(units).items()}


def _parts(figure, units, period, query, category) -> list[Part]:
    """The figure divided by months, units and categories; what is one part already is not divided again."""
    if category:
        return []
    months = _by_month(figure, units, period, query)
    names = {unit.pk: unit for unit in recording_units_of(units)}
    found = _by_unit(figure, names, period, query) if len(names) > 1 else []
    placed = [pk if unit.kind == UnitKind.COMMUNITY else 0 for pk, unit in names.items()]
    narrowed = partial(figure_url, figure.code, **query)
    return [
        *pictures.by_month(figure, months),
        *pictures.stacked(figure, units, period, narrowed),
        *(pictures.by_unit(figure, found, placed) if found else []),
        *pictures.crossed(figure, units, period, narrowed),
        *(_of_category(figure, name, units, period, query) for name in figure.categories),
    ]


def _by_month(figure, units, period, query) -> list[Row]:
    """Months of a year or less; longer spans would be a wall of numbers."""
    if period.days > 366:
        return []
    return [
        Row(month.label, reading, figure_url(figure.code, **query | {"period": month.key}))
        for month, reading in engine.by_month(figure.code, units, period)
    ]


def _by_unit(figure, names, period, query) -> list[Row]:
    """One row for each community and street asked for; grids never record by themselves."""
    readings = engine.by_unit(figure.code, names, period)
    return [
        Row(
            own_name(unit),
            readings[pk],
            figure_url(figure.code, **query | {"unit": pk, "own": "1"}),
        )
        for pk, unit in names.items()
    ]


def own_name(unit) -> str:
    """The unit's name, saying of a street that only its own records are meant."""
    return unit.name if unit.kind == UnitKind.COMMUNITY else f"{unit.name}（本级）"


def _of_category(figure, name, units, period, query) -> Part:
    known = figure.categories[name]
    labels = _labels(known, units)
    found = [
        (value, reading)
        for value, reading in engine.by_category(figure.code, name, units, period).items()
        if reading.value
    ]
    rows = [
        Row(labels[value], reading, figure_url(figure.code, **query | {name: value}))
        for value, reading in found
    ]
    grids = isinstance(known, GridCategory)
    places = [int(value) for value, _ in found if value != known.NOWHERE] if grids else []
    return pictures.by_category(figure, known.label, rows, places)


def _records(request, figure, units, period, category):
    """The very rows that were counted, in the columns of their ledger."""
    rows = engine.evidence(figure.code, units, period, category)
    counted = figures[figure.numerator] if isinstance(figure, Ratio) else figure
    ledger = ledger_of(rows, figure.domain)
    if ledger is None:
        return {"rows": [], "headers": [], "page": None}
    rows = ledger.readable(rows).order_by(*ledger.order)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    return {
        "headers": header_rows(ledger, {}, "", sortable=False),
        "rows": body_rows(ledger, page.object_list),
        "page": page,
        "evidence_of": counted.label,
    }
