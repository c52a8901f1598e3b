"""Recording many at once: what is common is said once, then a line for each; all or nothing."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect

from portal.ledgers.editing import EditingView
from portal.ledgers.fields import sent_id
from portal.ledgers.forms import form_class_for, recording_units
from portal.marks import by_ledger
from portal.scope import Denied, access_of

LINES, MOST = 10, 100
ALONE = ("unit",)  # asked for once wherever the form asks for it


def keys_of(name) -> tuple[str, str]:
    """Under which a field is posted; a picker posts its text beside its value."""
    return name, f"{name}_text"


class ManyView(EditingView):
    """Each filled line is a form of the ledger's own, completed with the common fields."""

    def dispatch(self, request, *args, **kwargs):
        if self.ledger is None or self.ledger.sheet is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def lines(self) -> int:
        asked = self.request.POST.get("lines") or self.request.GET.get("lines", "")
        return min(max(sent_id(asked), LINES), MOST)

    def get(self, request, slug):
        known = {name: request.GET[name] for name in self.ledger.form_fields if name in request.GET}
        common = self.form(initial=known)
        return self.page(common, [self.line(n) for n in range(self.lines)])

    def post(self, request, slug):
        if not recording_units(request.user, self.ledger.edit_permission).exists():
            raise Denied("您没有可以登记记录的单位，请联系系统管理员。")
        if "more" in request.POST:
            return self.again()
        common = self.form(request.POST)
        lines = [self.line(n, request.POST, common) for n in range(self.lines)]
        filled = [line for line in lines if line.is_bound]
        if not filled:
            messages.error(request, "还没有填写任何一行。")
            return self.page(common, lines)
        valid = [line.is_valid() for line in filled]  # every line, so that all is said at once
        if not all(valid) or not self.store(filled):
            return self.page(common, lines)
        messages.success(request, f"已登记 {len(filled)} 条。")
        for line in filled:
            self.tell_warnings(line)
        return redirect(self.ledger.url())

    def again(self):
        """The page with more lines, and all that was typed so far."""
        request = self.request
        common = self.form(initial=self.typed(request.POST))
        count = min(self.lines + LINES, MOST)
        lines = [self.line(n, initial=self.typed(request.POST, f"l{n}-")) for n in range(count)]
        return self.page(common, lines)

    def typed(self, data, prefix="") -> dict:
        """What stands in the fields as it was typed, for showing it again."""
        form = form_class_for(self.ledger)(
            data,
            ledger=self.ledger,
            user=self.request.user,
            prefix=prefix.removesuffix("-") or None,
        )
        return {
            name: field.widget.value_from_datadict(data, form.files, form.add_prefix(name))
            for name, field in form.fields.items()
        }

    def line(self, number, data=None, common=None, initial=None):
        """The form of one line; bound only where the line holds something."""
        prefix = f"l{number}"
        form_class = form_class_for(self.ledger)
        options = {"ledger": self.ledger, "user": self.request.user, "prefix": prefix}
        if data is None:
            return form_class(initial=initial, **options)
        blank = form_class(**options)
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

    def store(self, lines) -> bool:
        """All lines or none; what a line is refused for stands in its form."""
        with transaction.atomic():
            for line in lines:
                access_of(self.request.user).check(
                    self.ledger.edit_permission, line.instance.unit_id
                )
                if self.saved(line) is None:
                    transaction.set_rollback(True)
                    return False
        return True

    def page(self, common, lines):
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
