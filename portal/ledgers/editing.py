"""Recording and changing one record; a second editor loses nothing, and neither does a lost network."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import urlencode

from portal import masks
from portal.attachments.adding import AddedFiles
from portal.drafts import services as drafts
from portal.drafts.offering import offer
from portal.drafts.services import Place
from portal.errors import TAKEN, StaleRecord, is_taken, settle
from portal.fields import EncryptedTextField
from portal.history import history_of
from portal.ledgers.carrying import carried, last_of, like
from portal.ledgers.columns import choice_label, display
from portal.ledgers.fields import sent_id
from portal.ledgers.forms import form_class_for, recording_units
from portal.ledgers.typed import typed
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger
from portal.own_pages import is_own_page
from portal.scope import Denied, access_of


def said_of(field, value) -> str:
    """A value of a form beside another one: a sealed number as its mask."""
    if is_number(field):
        return masks.BY_PURPOSE[field.purpose](value)
    return display(choice_label(field, value))


def is_number(field) -> bool:
    return isinstance(field, EncryptedTextField) and field.purpose in masks.BY_PURPOSE


class EditingView(LedgerView):
    """``page`` names the form for its draft (EntryDraft.Page)."""

    edits = True
    page = "add"

    def form(self, data=None, instance=None, initial=None):
        form_class = form_class_for(self.ledger)
        return form_class(
            data, instance=instance, initial=initial, ledger=self.ledger, user=self.request.user
        )

    def show(self, template, context, record=None, status=200):
        if "draft" not in context:
            context["draft"] = self.draft(record)
        return super().show(template, context, record, status)

    def show_form(self, form, title, record=None, status=200, **context):
        return self.show("form", {"form": form, "title": title, **context}, record, status)

    def place(self, record=None) -> Place:
        return Place(self.ledger, self.page, record)

    def draft(self, record=None):
        return offer(self.request, self.place(record))

    def drop_draft(self, record=None) -> None:
        """The form is stored: what was kept of it is not needed any more."""
        drafts.drop(self.place(record), by=self.request.user)

    def may_record(self) -> None:
        if not recording_units(self.request.user, self.ledger.edit_permission).exists():
            raise Denied("您没有可以登记记录的单位，请联系系统管理员。")

    def tell_warnings(self, form):
        """What was stored as typed, and should be looked at again."""
        for warning in getattr(form, "warnings", []):
            messages.warning(self.request, warning)

    def saved(self, form, afterwards=None):
        """The stored record; None, with the reason in the form, where it cannot be stored.

        ``afterwards(record)`` stores what goes along with it, or raises and nothing is stored."""
        try:
            with transaction.atomic():
                record = self.ledger.save(form, by=self.request.user)
                self.ledger.check_belongs(record)
                if afterwards is not None:
                    afterwards(record)
                settle()
                return record
        except ValidationError as error:
            form.add_error(None, error)
        except IntegrityError as error:
            if not is_taken(error):
                raise
            form.add_error(None, TAKEN)
        return None


class AddView(EditingView):
    """A new record; ``?resident=5`` and the like fill a field beforehand, ``?like=7`` all but what tells
    one record from another, ``?copy=last`` the same from the user's last one. Else it takes over what
    a round of records has in common, unless ``?fresh=1``."""

    @property
    def title(self) -> str:
        return f"登记{self.ledger.title}"

    def get(self, request, slug):
        draft = self.draft()
        if draft.resumed:
            form = self.form(initial=typed(self.ledger, request.user, draft.values))
            return self.show_form(form, self.title, draft=draft, files=self.files)
        known = {name: request.GET[name] for name in self.ledger.form_fields if name in request.GET}
        begun = self.beginning()
        values = {k: v for k, v in (begun.values if begun else {}).items() if k not in known}
        form = self.form(initial=values | known)
        context = {"draft": draft, "files": self.files, "begun": begun}
        context["may_copy"] = bool(begun) or last_of(self.ledger, request.user) is not None
        return self.show_form(form, self.title, **context)

    def beginning(self):
        user, asked = self.request.user, self.request.GET
        if "like" in asked:
            rows = self.ledger.queryset(user)
            record = get_object_or_404(rows, pk=sent_id(asked["like"]))
            return like(self.ledger, record, user)
        if asked.get("copy") == "last":
            record = last_of(self.ledger, user)
            return like(self.ledger, record, user) if record is not None else None
        return None if asked.get("fresh") == "1" else carried(self.ledger, user)

    @cached_property
    def files(self) -> AddedFiles:
        return AddedFiles(self.request, self.ledger)

    def post(self, request, slug):
        self.may_record()
        form = self.form(request.POST)
        files_fit = self.files.check()
        if not form.is_valid() or not files_fit:
            self.files.tell(form)
            return self.show_form(form, self.title, files=self.files)
        access_of(request.user).check(self.ledger.edit_permission, form.instance.unit_id)
        record = self.saved(form, self.files.attach)
        if record is None:
            return self.show_form(form, self.title, files=self.files)
        self.drop_draft()
        messages.success(request, f"已登记：{self.ledger.label_of(record)}。")
        if self.ledger.has_twin(record):
            messages.warning(request, "已有一条内容相近的记录；如是重复登记，请删除其中一条。")
        self.tell_warnings(form)
        if request.POST.get("next") == "again":
            return redirect(self.ledger.url("add") + self.kept(record))
        return redirect(self.ledger.url("detail", record))

    def kept(self, record) -> str:
        """What the next record of a round begins with, as parameters."""
        values = {name: getattr(record, name) for name in self.ledger.kept_for_next}
        values = {name: getattr(value, "pk", value) for name, value in values.items()}
        return "?" + urlencode(values) if values else ""


def way_back(request) -> str:
    """The page of this site that sent here to have a record mended, from ``?back=``; else ""."""
    back = request.GET.get("back", "")
    return back if is_own_page(back) else ""


class EditView(EditingView):
    """A change to a record. Where somebody saved first, both versions are shown side by side."""

    page = "edit"

    def get(self, request, slug, pk):
        record = self.record()
        self.require_edit(record)
        draft = self.draft(record)
        # A draft brings the version that it was begun on: who saved meanwhile is seen when it is sent.
        said = None
        if draft.resumed:
            said = typed(self.ledger, request.user, draft.values, instance=record)
        form = self.form(instance=record, initial=said)
        return self.show_form(form, self.title(record), record, draft=draft)

    def post(self, request, slug, pk):
        record = self.record()
        self.require_edit(record)
        form = self.form(request.POST, instance=record)
        if not form.is_valid():
            return self.show_form(form, self.title(record), record)
        try:
            saved = self.saved(form)
        except StaleRecord:
            return self.conflict(request, form)
        if saved is None:
            return self.show_form(form, self.title(record), record)
        self.drop_draft(saved)
        messages.success(request, "已保存。")
        self.tell_warnings(form)
        return redirect(way_back(request) or self.ledger.url("detail", saved))

    def title(self, record):
        return f"修改{self.ledger.title}"

    def conflict(self, request, form):
        """Both versions, and a form that carries what was typed on top of the newer one."""
        theirs = self.record()
        data = request.POST.copy()
        data["version"] = str(theirs.version)
        kept = self.form(data, instance=self.record())
        rows = []
        for name in form.fields:
            if name not in self.ledger.model_fields:
                continue
            field = theirs._meta.get_field(name)
            mine, other = form.cleaned_data.get(name), getattr(theirs, name)
            shown = [said_of(field, each) for each in (other, mine)]
            rows.append(
                {
                    "label": form.fields[name].label,
                    "theirs": shown[0],
                    "yours": shown[1],
                    "differs": shown[0] != shown[1] or (is_number(field) and mine != other),
                }
            )
        [last, *_] = history_of(theirs)
        context = {
            "form": kept,
            "fields": rows,
            "record": theirs,
            "title": self.title(theirs),
            "changed_by": last.actor_label,
            "changed_at": display(last.when),
        }
        return self.show("conflict", context, theirs, status=409)


add = by_ledger(AddView.as_view())
edit = by_ledger(EditView.as_view())
