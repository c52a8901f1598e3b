"""核对重复问题: likely duplicates of a quarter, marked so that each problem counts once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from portal.errors import StaleRecord
from portal.ledgers.fields import sent_id
from portal.ledgers.presenting import page_of
from portal.ledgers.registry import ledger_for, ledgers
from portal.marks import needs
from portal.periods import Period
from portal.scope import access_of
from sanitation.ledgers.rectification_page import photos_of
from sanitation.models import Finding
from sanitation.selectors.duplicates import likely, marked
from sanitation.selectors.rectification import told_place, told_problem
from sanitation.services.duplicates import mark, unmark
from sanitation.workflow import EDIT

SHOWN, QUARTERS, PHOTOS = 30, 6, 3
CHANGED = "您打开页面之后，这些记录有了改动，请核对后再标记。"


def quarters(today) -> list[Period]:
    """This quarter and those before it, the newest first."""
    year, quarter, found = today.year, (today.month + 2) // 3, []
    for _ in range(QUARTERS):
        found.append(Period.parse(f"{year}Q{quarter}"))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def asked_quarter(key: str, offered: list[Period]) -> Period:
    return next((period for period in offered if period.key == key), offered[0])


class DuplicatesView(View):
    def get(self, request):
        offered = quarters(timezone.localdate())
        period = asked_quarter(request.GET.get("quarter", ""), offered)
        units = access_of(request.user).units(EDIT)
        groups = likely(units, period)
        context = {
            "title": "核对重复问题",
            "quarters": offered,
            "period": period,
            "groups": [self._group(group) for group in groups[:SHOWN]],
            "count": len(groups),
            "marked": [self._marked(row) for row in marked(units, period)],
            "orders": ledgers["rectification-orders"],
        }
        return render(request, "sanitation/duplicates.html", context)

    def _group(self, group) -> dict:
        counts = group.counts
        return {
            "community": group.community,
            "title": f"{counts.get_problem_display()} · {told_place(counts)}",
            "spared": group.spared,
            "rows": [self._row(row, counts) for row in group.findings],
        }

    def _row(self, row, counts) -> dict:
        ledger = ledger_for(Finding, "sanitation")
        return {
            "row": row,
            "told": told_problem(row),
            "counts": row.pk == counts.pk,
            "own": row.pk != counts.pk and row.inspection_id == counts.inspection_id,
            "url": page_of(row, "sanitation", self.request.user),
            "photos": photos_of(ledger, row)[:PHOTOS] if ledger else [],
        }

    def _marked(self, row) -> dict:
        return {
            "row": row,
            "told": told_problem(row),
            "other": row.same_as,
            "url": page_of(row, "sanitation", self.request.user),
        }

    def post(self, request):
        rows = Finding.objects.visible_to(request.user).select_related("inspection")
        try:
            with transaction.atomic():
                if "undo" in request.POST:
                    unmark(
                        get_object_or_404(rows, pk=sent_id(request.POST["undo"])), by=request.user
                    )
                    told = "已恢复为单独的问题。"
                else:
                    keys = {sent_id(value) for value in request.POST.getlist("finding")}
                    counts = mark(list(rows.filter(pk__in=keys)), by=request.user)
                    told = f"已标为同一问题，按 {counts.occurred_on} 的一条计（扣 {counts.points} 分）。"
        except ValidationError as error:
            messages.error(request, error.messages[0])
        except StaleRecord:
            messages.error(request, CHANGED)
        else:
            messages.success(request, told)
        key = asked_quarter(request.POST.get("quarter", ""), quarters(timezone.localdate())).key
        return redirect(f"{reverse('finding-duplicates')}?quarter={key}")


duplicates = needs(EDIT)(DuplicatesView.as_view())
