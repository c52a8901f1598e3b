"""Recording many at once: what is common is said once, then a line for each; all or nothing."""

from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property

from portal.ledgers import undoing
from portal.ledgers.carrying import carried
from portal.ledgers.editing import EditingView
from portal.ledgers.fields import sent_id
from portal.ledgers.forms import form_class_for
from portal.ledgers.pasting import Paste
from portal.ledgers.typed import typed
from portal.marks import by_ledger
from portal.scope import access_of

LINES, MOST, SPARE = 10, 100, 3
ALONE = ("unit",)  # asked for once wherever the form asks for it


def keys_of(name) -> tuple[str, str]:
    """Under which a field is posted; a picker posts its text beside its value."""
    return name, f"{name}_text"


def showing(form, faults):
    """The form with what was sent, and nothing said of it but these faults by field (None: of the whole)."""
    form._errors, form.cleaned_data = ErrorDict(renderer=form.renderer), {}
    for name, texts in faults.items():
        form.add_error(name if name in form.fields else None, list(texts))
    return form


class Together(EditingView):
    """Several forms of the ledger's own, stored together; with 撤销这一批 beside the message."""

    def store(self, forms) -> list | None:
        """The records of all forms; None where one is refused, with the reason in that form."""
        records = []
        with transaction.atomic():
            for form in forms:
                access_of(self.request.user).check(
                    self.ledger.edit_permission, form.instance.unit_id
                )
                record = self.saved(form)
                if record is None:
                    transaction.set_rollback(True)
                    return None
                records.append(record)
        return records

    def done(self, forms, records):
        self.drop_draft()
        text = f"已登记 {len(records)} 条。"
        undoing.offer(self.request, text, self.ledger, records, undoing.ENTERED)
        for form in forms:
            self.tell_warnings(form)
        return redirect(self.ledger.url())


class ManyView(Together):
    """Each filled line is a form of the ledger's own, completed with the common fields."""

    page = "many"

    def dispatch(self, request, *args, **kwargs):
        if self.ledger is None or self.ledger.sheet is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def lines_in(self, sent) -> int:
        return min(max(sent_id(sent.get("lines", "")), LINES), MOST)

    @cached_property
    def begun(self) -> list[dict]:
        """What the lines begin with, told by the common fields that were sent."""
        sent = self.request.POST or self.request.GET
        known = {name: sent[name] for name in self.ledger.sheet.common if name in sent}
        return list(self.ledger.lines_begun(known, self.request.user))[:MOST]

    def beginning(self, number) -> dict | None:
        return self.begun[number] if number < len(self.begun) else None

    def get(self, request, slug):
        draft = self.draft()
        if draft.resumed:
            return self.again(draft.values, self.lines_in(draft.values), draft=draft)
        begun = carried(self.ledger, request.user)
        values = begun.values if begun else {}
        values = {k: v for k, v in values.items() if k in {*self.ledger.sheet.common, *ALONE}}
        known = {name: request.GET[name] for name in self.ledger.form_fields if name in request.GET}
        common = self.form(initial=values | known)
        count = self.lines_in(request.GET)
        count = min(max(count, len(self.begun) + SPARE if self.begun else 0), MOST)
        return self.sheet_page(common, [self.line(n) for n in range(count)], draft=draft)

    def post(self, request, slug):
        self.may_record()
        count = self.lines_in(request.POST)
        if "more" in request.POST:
            return self.again(request.POST, min(count + LINES, MOST))
        if "paste" in request.POST:
            return self.pasted()
        common = self.form(request.POST)
        lines = [self.line(n, request.POST, common) for n in range(count)]
        filled = [line for line in lines if line.is_bound]
        if not filled:
            messages.error(request, "还没有填写任何一行。")
            return self.sheet_page(common, lines)
        valid = [line.is_valid() for line in filled]  # every line, so that all is said at once
        records = self.store(filled) if all(valid) else None
        if records is None:
            return self.sheet_page(common, lines)
        return self.done(filled, records)

    def again(self, data, count: int, **context):
        """The page with so many lines, and all that was typed so far."""
        common = self.form(initial=self.typed(data))
        lines = [self.line(n, initial=self.typed(data, f"l{n}")) for n in range(count)]
        return self.sheet_page(common, lines, **context)

    def typed(self, data, prefix="") -> dict:
        return typed(self.ledger, self.request.user, data, prefix=prefix)

    def pasted(self):
        """The page with the cells of a table that was pasted, what did not fit said at its cell."""
        paste = Paste(self.ledger, self.request.user, self.request.POST, most=MOST)
        data, count = paste.filled_in(self.request.POST)
        common = self.form(initial=self.typed(data))
        lines = []
        for number in range(min(max(count, self.lines_in(data)), MOST)):
            line = self.line(number, initial=self.typed(data, f"l{number}"))
            if faults := paste.faults.get(number):
                line = showing(self.line(number, data, common), faults)
            lines.append(line)
        for text in paste.told:
            messages.info(self.request, text)
        for text in paste.refused:
            messages.error(self.request, text)
        return self.sheet_page(common, lines)

    def line(self, number, data=None, common=None, initial=None):
        """The form of one line; bound only where the line holds something."""
        prefix = f"l{number}"
        form_class = form_class_for(self.ledger)
        options = {"ledger": self.ledger, "user": self.request.user, "prefix": prefix}
        if data is None:
            return form_class(initial=initial or self.beginning(number), **options)
        blank = form_class(initial=self.beginning(number), **options)
        if not any(self.says(blank, name, data) for name in self.ledger.sheet.each):
            return blank
        complete = data.copy()
        for name in (*self.ledger.sheet.common, *ALONE):
            for key in keys_of(name):
                complete.setlist(f"{prefix}-{key}", data.getlist(key))
        return form_class(complete, **options)

    def says(self, blank, name, data) -> bool:
        """Whether anything but what the line began with was sent of a field."""
        sent = [v.strip() for key in keys_of(blank.add_prefix(name)) for v in data.getlist(key)]
        begun = blank[name].value()
        return any(text and text != str(begun) for text in sent)

    def sheet_page(self, common, lines, **context):
        sheet = self.ledger.sheet
        bound = [line for line in lines if line.is_bound]
        common_errors = {
            name: bound[0].errors[name]
            for name in (*sheet.common, *ALONE)
            if bound and name in bound[0].errors
        }
        context = {
            "title": f"登记多条{self.ledger.title}",
            "sheet": sheet,
            "common": [
                {"field": common[name], "errors": common_errors.get(name, [])}
                for name in (*ALONE, *sheet.common)
                if name in common.fields
            ],
            "heads": [common.fields[name] for name in sheet.each],
            "lines": [self.shown(number, line) for number, line in enumerate(lines, start=1)],
            "count": len(lines),
            "may_add_lines": len(lines) < MOST,
            "failed": any(line.errors for line in bound),
            "media": common.media,
            **context,
        }
        return self.show("many", context)

    def shown(self, number, line) -> dict:
        """One line as the template prints it: its fields and what is wrong beyond them."""
        each = self.ledger.sheet.each
        told = {*each, *self.ledger.sheet.common, *ALONE}
        beyond = [
            message
            for name, errors in line.errors.items()
            if name not in told
            for message in errors
        ]
        return {"number": number, "fields": [line[name] for name in each], "beyond": beyond}


add_many = by_ledger(ManyView.as_view())
