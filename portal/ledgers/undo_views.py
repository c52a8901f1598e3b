"""Taking back what the message after an act offered to: all of it, or nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect

from portal.errors import RuleBroken, StaleRecord, settle
from portal.ledgers import undoing
from portal.ledgers.fields import sent_id
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger
from portal.scope import Denied

TOO_LATE = "已经不能撤销：超过一小时，或之后又删除、登记了别的内容。删除的记录仍可到回收站恢复。"


class UndoView(LedgerView):
    edits = True

    def post(self, request, slug):
        kept = undoing.kept_for(request, slug, request.POST.get("token", ""))
        if kept is None:
            messages.error(request, TOO_LATE)
            return redirect(self.ledger.url())
        try:
            with transaction.atomic():
                if kept["act"] == undoing.DELETED:
                    told, address = self.restore(kept)
                else:
                    told, address = self.take_out(kept)
                settle()
        except StaleRecord:
            messages.error(request, "没有撤销：其中有记录已被修改，请逐条处理。")
            return redirect(self.ledger.url())
        except (Denied, RuleBroken) as refusal:
            messages.error(request, f"没有撤销：{' '.join(_words(refusal))}")
            return redirect(self.ledger.url())
        except (ValidationError, IntegrityError):
            messages.error(request, "没有撤销：已有一条相同的记录在用。")
            return redirect(self.ledger.url())
        undoing.forget(request)
        messages.success(request, told)
        return redirect(address)

    def restore(self, kept):
        """Raises Denied for a record that is no longer in the user's recycle bin."""
        found = []
        for pk, _ in kept["rows"]:
            record = self.ledger.bin(self.request.user).filter(pk=sent_id(pk)).first()
            if record is None:
                raise Denied("这条记录已经恢复，或已不在您的范围内。")
            self.ledger.restore(record, by=self.request.user)
            found.append(record)
        return "已撤销删除。", self.ledger.url("detail", found[0])

    def take_out(self, kept):
        """Each as it was entered: one that was changed since is work of its own."""
        rows = self.ledger.queryset(self.request.user)
        by_key = rows.in_bulk([pk for pk, _ in kept["rows"]])
        for pk, version in kept["rows"]:
            record = by_key.get(pk)
            if record is None or record.version != version:
                raise StaleRecord(f"{self.ledger.slug} {pk} was changed since it was entered")
            self.require_edit(record)
            self.ledger.check_deletable(record)
            self.ledger.recycle(record, version=version, by=self.request.user)
        count = len(kept["rows"])
        return f"已撤销这一批：{count} 条记录移入回收站，可随时恢复。", self.ledger.url()


def _words(refusal) -> list[str]:
    return getattr(refusal, "messages", None) or [str(refusal)]


undo = by_ledger(UndoView.as_view())
