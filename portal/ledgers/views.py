"""The pages that every ledger has: list, pick, detail, recycle bin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.generic import View

from portal.attachments.showing import shown_files
from portal.errors import RuleBroken, settle
from portal.fields import seal_token
from portal.history import history_of
from portal.ledgers import undoing
from portal.ledgers.dealt_with import dealt_with
from portal.ledgers.fields import sent_id
from portal.ledgers.listing import Listing, body_rows, header_rows
from portal.ledgers.offers import offered
from portal.ledgers.presenting import detail_groups, related_lists
from portal.ledgers.registry import ledgers
from portal.ledgers.remarks import remarked
from portal.marks import by_ledger, repeatable
from portal.models import SavedSearch
from portal.models.versioned import sent_version
from portal.scope import Denied, access_of
from portal.text import typed_words
from portal.unmasking.children import ReasonNeeded, child_of, is_closed


class LedgerView(View):
    """Finds the ledger of the URL and checks the permission that the page needs."""

    edits = False
    permission = ""
    opens_children = False  # only the page that asks for the reason

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.ledger = ledgers.get(kwargs["slug"])

    def dispatch(self, request, *args, **kwargs):
        if self.ledger is None or (self.edits and not self.ledger.by_hand):
            raise Http404
        access = access_of(request.user)
        access.check(self.ledger.edit_permission if self.edits else self.ledger.view_permission)
        if self.permission:
            access.check(self.permission)
        return super().dispatch(request, *args, **kwargs)

    def record(self):
        """The record of the address. Raises Http404, and ReasonNeeded for a page about a child whose
        file this session did not open; what was typed is sent back without asking again."""
        rows = self.ledger.queryset(self.request.user)
        record = get_object_or_404(rows, pk=self.kwargs["pk"])
        if self.request.method != "POST" and not self.opens_children:
            self.require_reason(record)
        return record

    def require_reason(self, record) -> None:
        child = child_of(record)
        if child is not None and is_closed(self.request, child):
            asked = urlencode({"to": self.request.get_full_path()})
            raise ReasonNeeded(f"{self.ledger.url('reason', record)}?{asked}")

    def may_edit(self, record) -> bool:
        may = access_of(self.request.user).may(self.ledger.edit_permission, record.unit_id)
        return may and not self.ledger.kept_by(record)

    def require_edit(self, record):
        if kept_by := self.ledger.kept_by(record):
            raise PermissionDenied(kept_by)
        if not self.may_edit(record):
            raise PermissionDenied("这条记录由其他单位登记，只能查看。")

    def urls(self, record=None):
        names = ["add", "import", "export", "print", "columns", "bin", "list"]
        found = {name.replace("import", "import_"): self.ledger.url(name) for name in names}
        if record is not None:
            found |= {name: self.ledger.url(name, record) for name in ("detail", "edit", "delete")}
        return found

    def can(self, record=None):
        access = access_of(self.request.user)
        edit = access.may(self.ledger.edit_permission)
        return {
            "add": edit,
            "import_": edit and access.may("records.import"),
            "export": access.may("records.export"),
            "bin": edit,
            "batch": edit and self.ledger.takes_batches,
            "like": record is not None and edit and self.ledger.has_own_form,
            "edit": record is not None and self.may_edit(record),
            "delete": record is not None and self.may_edit(record),
        }

    def show(self, template, context, record=None, status=200):
        context = {
            "ledger": self.ledger,
            "urls": self.urls(record),
            "can": self.can(record),
            **context,
        }
        if not template.endswith(".html"):
            template = f"ledgers/{template}.html"
        return render(self.request, template, context, status=status)


class ListView(LedgerView):
    """The list; a typed search is posted and comes back as a sealed token, never in the URL."""

    def get(self, request, slug):
        listing = Listing(self.ledger, request.user, request.GET)
        if request.htmx:
            return self.show("_rows", listing.context())
        return self.show("list", listing.context() | self.around(request.user))

    def around(self, user) -> dict:
        """What stands around the rows."""
        return {
            "list_acts": self.ledger.list_actions(user),
            "saved_searches": SavedSearch.objects.filter(user=user, ledger=self.ledger.slug),
        }

    def post(self, request, slug):
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("s", None)
        if text := typed_words(request.POST.get("q", "")):
            query["s"] = seal_token(text)
        return redirect(f"{self.ledger.url()}?{query.urlencode()}")


class PickView(LedgerView):
    """Candidates for a picker, as a fragment; for an empty box those dealt with last."""

    def post(self, request, slug):
        text = typed_words(request.POST.get("q", ""))
        rows = self.ledger.queryset(request.user)
        if text:
            found = self.ledger.found(rows, text).order_by(*self.ledger.order)[:8]
        else:
            found = dealt_with(self.ledger, request.user)
        options = [
            {"pk": r.pk, "label": self.ledger.label_of(r), "hint": self.ledger.hint_of(r)}
            for r in found
        ]
        return self.show("_options", {"options": options, "text": text})


class DetailView(LedgerView):
    """Everything about one record, with its history and the records that belong to it."""

    def get(self, request, slug, pk):
        try:
            record = self.record()
        except Http404:
            survivor = self.ledger.survivor_of(pk, request.user)
            if survivor is None:
                raise
            messages.info(request, "您要的记录已经合并，这是合并后保留的记录。")
            return redirect(self.ledger.url("detail", survivor))
        context = {
            "record": record,
            "record_title": self.ledger.label_of(record),
            "fields": detail_groups(self.ledger, record, request.user),
            # The log tells of columns that are concealed, so it goes with them.
            "history": [] if self.ledger.concealed(record)[0] else history_of(record),
            "related": related_lists(self.ledger, record, request.user),
            "remarks": remarked(record, request.user),
            "version": record.version,
            "acts": [
                *self.ledger.actions(record, request.user),
                *offered(self.ledger.slug, record, request.user),
            ],
            **self.ledger.page(record, request),
            "files": shown_files(self.ledger, record, may_edit=self.may_edit(record)),
        }
        return self.show(self.ledger.detail_template, context, record)


class DeleteView(LedgerView):
    """Move a record to the recycle bin, after asking."""

    edits = True

    def get(self, request, slug, pk):
        record = self.record()
        self.require_edit(record)
        context = {"record": record, "record_title": self.ledger.label_of(record)}
        return self.show("confirm_delete", context | {"version": record.version}, record)

    def post(self, request, slug, pk):
        record = self.record()
        self.require_edit(record)
        try:
            self.ledger.check_deletable(record)
        except Denied as denial:
            messages.error(request, str(denial))
            return redirect(self.ledger.url("detail", record))
        version = sent_version(request.POST.get("version", ""))
        try:
            with transaction.atomic():
                self.ledger.recycle(record, version=version, by=request.user)
                settle()
        except ValidationError as refusal:
            messages.error(request, f"不能删除：{refusal.messages[0]}")
            return redirect(self.ledger.url("detail", record))
        undoing.offer(request, "已移入回收站，可随时恢复。", self.ledger, [record], undoing.DELETED)
        return redirect(self.ledger.url())


class BinView(LedgerView):
    """Deleted records, and taking one back."""

    edits = True

    def get(self, request, slug):
        records = list(self.ledger.bin(request.user).order_by("-deleted_at")[:200])
        rows = body_rows(self.ledger, records)
        for row, record in zip(rows, records, strict=True):
            row |= {"pk": record.pk, "deleted_at": record.deleted_at, "by": record.deleted_by}
        context = {
            "headers": header_rows(self.ledger, {}, "", sortable=False),
            "rows": rows,
            "restore_url": self.ledger.url("bin"),
        }
        return self.show("bin", context)

    def post(self, request, slug):
        pk = sent_id(request.POST.get("pk", ""))
        record = get_object_or_404(self.ledger.bin(request.user), pk=pk)
        if kept_by := self.ledger.kept_by(record):
            messages.error(request, kept_by)
            return redirect(self.ledger.url("bin"))
        try:
            with transaction.atomic():
                self.ledger.restore(record, by=request.user)
                settle()
        except RuleBroken as refusal:
            messages.error(request, f"不能恢复：{refusal.messages[0]}")
            return redirect(self.ledger.url("bin"))
        except (ValidationError, IntegrityError):
            messages.error(request, "不能恢复：已有一条相同的记录在用。")
            return redirect(self.ledger.url("bin"))
        messages.success(request, "已恢复。")
        return redirect(self.ledger.url("detail", record))


list_view = by_ledger(repeatable(ListView.as_view()))
pick = by_ledger(repeatable(PickView.as_view()))
detail = by_ledger(DetailView.as_view())
delete = by_ledger(DeleteView.as_view())
bin_view = by_ledger(BinView.as_view())
