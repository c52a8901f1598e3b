"""Blank forms on paper: one record on a page, or many on a sheet; keyed back on the same fields."""

from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import render

from portal.checklists import checklists
from portal.ledgers.fields import DayField
from portal.ledgers.forms import form_class_for
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, signed_in
from portal.pdf import render_pdf
from portal.pdf.response import pdf_response
from portal.roles import DOMAINS
from portal.scope import access_of

MOST_BOXES = 24  # choices printed as boxes; a longer list gets a line to write on
ORDINAL, SHARE = "序号", 5


@dataclass(frozen=True)
class Blank:
    """One field on paper. ``kind`` is boxes, day, area or line; ``half`` fields share a row."""

    label: str
    kind: str
    boxes: tuple[str, ...] = ()
    required: bool = False


def blank_of(field) -> Blank:
    label, must = str(field.label), field.required
    if isinstance(field, forms.BooleanField):
        return Blank(label, "boxes", ("是", "否"), must)
    if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)) and not isinstance(
        field, forms.ModelChoiceField
    ):
        words = tuple(str(word) for value, word in field.choices if value not in ("", None))
        return Blank(label, "boxes" if len(words) <= MOST_BOXES else "line", words, must)
    if isinstance(field, DayField):
        return Blank(label, "day", (), must)
    if isinstance(field.widget, forms.Textarea):
        return Blank(label, "area", (), must)
    return Blank(label, "line", (), must)


def paper_form(ledger, user):
    return form_class_for(ledger)(ledger=ledger, user=user)


class RecordPaper(LedgerView):
    """The form of one record, blank, on A4; nobody's data is on it."""

    edits = True

    def get(self, request, slug):
        form = paper_form(self.ledger, request.user)
        rows = [row if isinstance(row, tuple) else (row,) for row in self.ledger.form_layout]
        context = {
            "title": f"{self.ledger.title}登记表",
            "unit": access_of(request.user).home,
            "rows": [
                [blank_of(form.fields[name]) for name in row if name in form.fields] for row in rows
            ],
        }
        return pdf_response(
            render_pdf("pdf/blank_record.html", context, base="blank"),
            context["title"],
            inline=True,
        )


class SheetPaper(LedgerView):
    """A sheet with a line for each record, blank, on A4 lying."""

    edits = True

    def get(self, request, slug):
        sheet = self.ledger.sheet
        if sheet is None:
            raise Http404
        form = paper_form(self.ledger, request.user)
        columns = {str(form.fields[name].label): share for name, share in sheet.each.items()}
        columns |= dict.fromkeys(sheet.margin, 12)
        scale = (100 - SHARE) / sum(columns.values())
        context = {
            "title": sheet.title,
            "unit": access_of(request.user).home,
            "common": [blank_of(form.fields[name]) for name in sheet.common if name in form.fields],
            "columns": [(ORDINAL, SHARE)]
            + [(label, round(share * scale, 2)) for label, share in columns.items()],
            "lines": range(1, sheet.lines + 1),
        }
        return pdf_response(
            render_pdf("pdf/blank_sheet.html", context, base="sheet"), sheet.title, inline=True
        )


@signed_in("lists only the forms of ledgers that the user may record in")
def papers(request):
    """All blank forms that the user may need by department, each with the screen that takes it back.

    Ledgers outside the menu are written from the pages of others, and so are their papers.
    """
    access = access_of(request.user)
    found = {}
    for ledger in ledgers:
        if ledger.in_menu and ledger.form_layout and access.may(ledger.edit_permission):
            found.setdefault(DOMAINS[ledger.domain], []).append(ledger)
    groups = [(title, found[title]) for title in DOMAINS.values() if title in found]
    lists = [checklist for checklist in checklists if access.may(f"{checklist.domain}.edit")]
    return render(request, "ledgers/papers.html", {"groups": groups, "checklists": lists})


@signed_in("a blank form with nobody's data; its ledger's permission is asked")
def checklist_paper(request, slug):
    """A list of points to look at, blank, on A4."""
    checklist = checklists.get(slug)
    if checklist is None:
        raise Http404
    access_of(request.user).check(f"{checklist.domain}.edit")
    context = {"checklist": checklist, "unit": access_of(request.user).home}
    data = render_pdf("pdf/blank_checklist.html", context, base="blank")
    return pdf_response(data, checklist.title, inline=True)


record_paper = by_ledger(RecordPaper.as_view())
sheet_paper = by_ledger(SheetPaper.as_view())
