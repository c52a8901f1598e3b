"""A full number for a stated purpose, one at a time; and the reason asked before a child's file."""

from django.http import Http404
from django.shortcuts import redirect

from portal.ledgers.presenting import masked
from portal.ledgers.services import log_access
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, repeatable
from portal.models import AccessLog
from portal.own_pages import is_own_page
from portal.scope import access_of
from portal.unmasking import limits
from portal.unmasking.children import OPEN_SECONDS, child_of, open_for_a_while
from portal.unmasking.forms import PurposeForm
from portal.unmasking.purposes import CHILD_PURPOSES

SHOWN_SECONDS = 60


class UnmaskView(LedgerView):
    """GET asks for the purpose and holds no number; POST logs the look and shows the number for a
    minute, or says when the next look is possible (429)."""

    permission = "identity.unmask"

    def get(self, request, slug, pk, field):
        record = self.checked(field)
        return self.answer(record, field, form=PurposeForm())

    def post(self, request, slug, pk, field):
        record, form = self.checked(field), PurposeForm(request.POST)
        if not form.is_valid():
            return self.answer(record, field, form=form)
        again_at = limits.opens_again(request.user)
        if again_at is not None:
            if not limits.told_already(request.user):
                self.log(AccessLog.Action.LIMIT, record, field, form)
            return self.answer(record, field, again_at=again_at, status=429)
        self.log(AccessLog.Action.UNMASK, record, field, form)
        return self.answer(
            record,
            field,
            value=getattr(record, field),
            instead=masked(record._meta.get_field(field), getattr(record, field)),
            told=form.told,
            looks=limits.looks_today(request.user),
            seconds=SHOWN_SECONDS,
        )

    def checked(self, field):
        if field not in self.ledger.unmaskable:
            raise Http404
        record = self.record()
        access_of(self.request.user).check(self.permission, record.unit_id)
        if field in self.ledger.concealed(record)[0]:
            raise Http404
        return record

    def log(self, action, record, field, form):
        log_access(
            action,
            by=self.request.user,
            subject=record._meta.label_lower,
            subject_id=record.pk,
            unit_id=record.unit_id,
            field=field,
            purpose=form.told,
        )

    def answer(self, record, field, status=200, **context):
        context |= {
            "record": record,
            "record_title": self.ledger.label_of(record),
            "field_label": record._meta.get_field(field).verbose_name,
        }
        return self.show("unmask", context, record, status)


class ReasonView(LedgerView):
    """Why a child's file is opened; it then stays open in this session for half an hour."""

    opens_children = True

    def get(self, request, slug, pk):
        record, _ = self.checked()
        return self.ask(record, PurposeForm(purposes=CHILD_PURPOSES))

    def post(self, request, slug, pk):
        record, child = self.checked()
        form = PurposeForm(request.POST, purposes=CHILD_PURPOSES)
        if not form.is_valid():
            return self.ask(record, form)
        log_access(
            AccessLog.Action.CHILD,
            by=request.user,
            subject=record._meta.label_lower,
            subject_id=record.pk,
            unit_id=record.unit_id if record.unit_id in access_of(request.user).all_units else None,
            purpose=form.told,
        )
        open_for_a_while(request, child)
        return redirect(self.onwards(record))

    def checked(self):
        record = self.record()
        child = child_of(record)
        if child is None:
            raise Http404
        return record, child

    def onwards(self, record) -> str:
        """The page that was asked for first, if it is one of ours."""
        asked = self.request.GET.get("to", "")
        return asked if is_own_page(asked) else self.ledger.url("detail", record)

    def ask(self, record, form):
        context = {
            "form": form,
            "record": record,
            "minutes": OPEN_SECONDS // 60,
        }
        return self.show("child", context, record)


unmask = by_ledger(repeatable(UnmaskView.as_view()))
reason = by_ledger(ReasonView.as_view())
