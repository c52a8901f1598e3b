"""残疾人分布: certificate holders by category × level as of a day, and by community or grid. Every number is
a figure's and opens the certificates that it counts; the same is printed on one sheet."""

from django import forms
from django.shortcuts import render
from django.utils import timezone

from disability.enums import Category, Level
from portal.charts import Chart, Kind, Series
from portal.figures import engine, figures
from portal.ledgers import ledgers
from portal.ledgers.filters import recording_units_of
from portal.marks import needs
from portal.models.units import UnitKind
from portal.pdf import render_pdf
from portal.pdf.response import pdf_response
from portal.scope import access_of
from residents import overview

HOLDERS, SEVERE, FILES = "disability.holders", "disability.severe_holders", "disability.registered"
UNIT, GRID = "unit", "grid"
PLACES = {UNIT: "社区", GRID: "网格"}


class Question(overview.Question):
    """Of which unit, as of which day, divided by communities or by grids."""

    since = None
    by = forms.ChoiceField(label="分列", required=False, choices=list(PLACES.items()))


class Matrix:
    """The tables of one page, from two questions to the engine: the holders, and the severe among them."""

    def __init__(self, asked: overview.Asked, by: str):
        self.asked, self.by = asked, by
        self.holders = engine.cube(HOLDERS, ("category", "level", by), asked.units, asked.on)
        self.severe = engine.cube(SEVERE, ("category", by), asked.units, asked.on)

    def head(self) -> dict:
        """The numbers above the tables."""
        return {
            "registered": self.asked.read(FILES, self.asked.on),
            "holders": self.asked.cell(self.holders.at()),
            "severe": self.asked.cell(self.severe.at()),
        }

    def categories(self) -> dict:
        """Seven categories × four levels, with the severe, and the sums of both sides."""
        return {
            "columns": [level.label for level in Level],
            "rows": [
                {"label": f"{category.label}残疾", "cells": self._by_level(category=category.value)}
                for category in Category
            ],
            "sums": self._by_level(),
        }

    def chart(self) -> Chart:
        """The same seven × four shaded, with the sums."""

        def line(label, **chosen):
            found = [self.holders.at(level=level.value, **chosen) for level in Level]
            found.append(self.holders.at(**chosen))
            return Series.of(label, [(each, self.asked.url(each)) for each in found])

        rows = [line(f"{category.label}残疾", category=category.value) for category in Category]
        heads = (*(level.label for level in Level), "合计")
        return Chart(
            Kind.MATRIX, "类别和等级", heads, (*rows, line("合计")), measure="人", lead="残疾类别"
        )

    def _by_level(self, **chosen) -> list[dict]:
        found = [self.holders.at(level=level.value, **chosen) for level in Level]
        return [
            self.asked.cell(reading)
            for reading in (*found, self.severe.at(**chosen), self.holders.at(**chosen))
        ]

    def places(self) -> dict:
        """A line for each community or grid: its categories, its levels, the severe and all."""
        lines = [
            {"label": label, "cells": self._of_place(key)}
            for key, label, always in self._labels()
            if always or self.holders.at(**{self.by: key}).value
        ]
        return {
            "title": f"按{PLACES[self.by]}",
            "kind": PLACES[self.by],
            "groups": (("残疾类别", len(Category)), ("残疾等级", len(Level))),
            "columns": [choice.label for choice in (*Category, *Level)],
            "rows": lines,
            "sums": self._of_place(None),
        }

    def _labels(self):
        if self.by == GRID:
            known = figures[HOLDERS].categories[GRID].labels(self.asked.units)
            return [(key, label, str(key) != "none") for key, label in known.items()]
        units = recording_units_of(self.asked.units).order_by("code")
        return [
            (unit.pk, unit.name, True)
            if unit.kind == UnitKind.COMMUNITY
            else (unit.pk, f"{unit.name}（本级）", False)
            for unit in units
        ]

    def _of_place(self, key) -> list[dict]:
        place = {} if key is None else {self.by: key}
        further = {"unit": key, "own": "1"} if key is not None and self.by == UNIT else {}
        found = [
            *(self.holders.at(category=category.value, **place) for category in Category),
            *(self.holders.at(level=level.value, **place) for level in Level),
            self.severe.at(**place),
            self.holders.at(**place),
        ]
        return [self.asked.cell(reading, **further) for reading in found]


def _context(request) -> dict:
    access = access_of(request.user)
    access.check("disability.view")
    permitted = access.units("disability.view") & access.units("figures.view")
    form = Question(request.GET, units=permitted)
    asked = overview.Asked.of(form, permitted)
    communities = recording_units_of(asked.units).filter(kind=UnitKind.COMMUNITY).count()
    usual = UNIT if communities > 1 else GRID
    by = form.cleaned_data.get("by") or usual
    matrix = Matrix(asked, by)
    return {
        "form": form,
        "asked": asked,
        "by": by,
        "head": matrix.head(),
        "categories": matrix.categories(),
        "chart": matrix.chart(),
        "places": matrix.places(),
        "add_url": ledgers["certificates"].url("add") if access.may("disability.edit") else "",
        "as_of": timezone.localtime(),
        "printed_by": request.user.name,
        "query": request.GET.urlencode(),
    }


@needs("figures.view")
def matrix(request):
    """Holders as of a day, on the screen."""
    return render(request, "disability/matrix.html", _context(request))


@needs("figures.view")
def matrix_paper(request):
    """The same tables on paper."""
    context = _context(request)
    data = render_pdf("disability/matrix_paper.html", context, base="register")
    return pdf_response(data, f"残疾人分布_{context['asked'].day:%Y-%m-%d}", inline=True)
