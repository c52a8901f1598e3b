"""The mapping page of a batch: what each sheet and column is, before it is checked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.generic import View

from portal.errors import Unreadable
from portal.imports import batches
from portal.imports.batch_views import UNREADABLE, visible_batch
from portal.imports.contents import file_of
from portal.imports.layout import Layout
from portal.imports.mapping import WrongRows, needs_a_look, posted_layout, shown_sheets
from portal.imports.memory import Memory, remember
from portal.imports.places import pages_of
from portal.imports.reading import read_workbook
from portal.imports.running import propose
from portal.imports.stepping import StepDenied, check_step
from portal.imports.targets import offered
from portal.ledgers.registry import ledgers
from portal.marks import needs


class Reading:
    """A batch's sheets, the targets that its uploader may choose, and the layout so far."""

    def __init__(self, batch, by):
        self.batch, self.by = batch, by
        self.ledger = ledgers[batch.ledger] if batch.ledger else None
        self.sheets = read_workbook(file_of(batch))
        self.targets = {each.code: each for each in offered(self.ledger, by, batch.unit)}
        self.memory = Memory(batch.unit)
        self.layout = (
            Layout.from_json(batch.layout)
            if batch.layout
            else propose(self.sheets, ledger=self.ledger, unit=batch.unit, by=by)
        )

    def needs_a_look(self) -> bool:
        return needs_a_look(self.layout, self.targets)

    def remember(self, layout: Layout) -> None:
        by_name = {sheet.name: sheet for sheet in self.sheets}
        for each in layout.sheets:
            if each.target in self.targets and each.header:
                remember(by_name[each.sheet], each, unit=self.batch.unit, by=self.by)


class MappingView(View):
    """GET proposes and stores nothing; POST looks again, or keeps the mapping and checks."""

    def get(self, request, pk):
        batch = visible_batch(request.user, pk)
        try:
            check_step(batch, "check", request.user)
            reading = Reading(batch, request.user)
        except StepDenied as denial:
            messages.error(request, str(denial))
            return redirect("import-batch", pk=batch.pk)
        except Unreadable:
            return unreadable(request, batch)
        return page(request, reading, reading.layout)

    def post(self, request, pk):
        batch = visible_batch(request.user, pk)
        try:
            check_step(batch, "check", request.user)
            reading = Reading(batch, request.user)
            layout = posted_layout(
                request.POST, reading.sheets, reading.layout, reading.targets, reading.memory
            )
        except StepDenied as denial:
            messages.error(request, str(denial))
            return redirect("import-batch", pk=batch.pk)
        except Unreadable:
            return unreadable(request, batch)
        except WrongRows as wrong:
            return page(request, reading, reading.layout, str(wrong), status=400)
        shown = {key: request.POST.get(key) for key in request.POST if key.startswith("seen-")}
        if request.POST.get("step") == "look" or reproposed(reading, layout, shown):
            return page(request, reading, layout)
        reading.remember(layout)
        batches.check(batch, by=request.user, layout=layout.as_json())
        return redirect("import-batch", pk=batch.pk)


def unreadable(request, batch):
    messages.error(request, UNREADABLE)
    return redirect("import-batch", pk=batch.pk)


def reproposed(reading: Reading, layout: Layout, shown: dict) -> bool:
    """Whether a sheet is now read as something that the clerk has not seen yet."""
    for index, sheet in enumerate(reading.sheets):
        each = layout.sheet(sheet.name)
        if each and each.target and shown.get(f"seen-{index}") != seen(each):
            return True
    return False


def seen(layout) -> str:
    return f"{layout.target}:{'-'.join(map(str, layout.header))}"


def page(request, reading: Reading, layout: Layout, problem="", status=200):
    sheets = shown_sheets(reading.sheets, layout, reading.targets)
    context = pages_of(reading.ledger) | {
        "batch": reading.batch,
        "own": True,
        "state": {"label": "核对列名"},
        "sheets": [(sheet, seen(sheet.layout)) for sheet in sheets],
        "targets": list(reading.targets.values()),
        "problem": problem,
    }
    return render(request, "imports/mapping.html", context, status=status)


mapping = needs("records.import")(MappingView.as_view())
