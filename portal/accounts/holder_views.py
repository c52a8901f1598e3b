"""权限一览: who holds what, for the security administrator and the auditor; the same as a workbook."""

from django.utils import timezone
from django.views.generic import View

from portal.accounts import holders
from portal.accounts.listing import SearchedList, named_like
from portal.exports.lists import File
from portal.exports.paper import Paper, printed_on, rows_of
from portal.exports.views import download
from portal.exports.xlsx import XLSX, write
from portal.ledgers.services import log_access
from portal.marks import needs_one_of, repeatable
from portal.models import AccessLog

TITLE = "权限一览"
BADGES = {"有效": "good", "尚未开始": "info"}


class HolderList(SearchedList):
    template_name = "accounts/holder_list.html"
    headers = tuple(column.label for column in holders.COLUMNS)
    states = holders.STATES

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = holders.HolderFilter(request.GET, user=request.user)

    def records(self, state):
        roles = holders.of_state(holders.held_in_reach(self.request.user), state)
        return (
            roles.filter(self.filter.conditions())
            .select_related("user", "unit__parent", "granted_by")
            .order_by("user__username", "unit__code", "pk")
        )

    def found(self, records, text):
        return records.filter(named_like(text, "user__"))

    def row(self, role):
        cells = [{"value": column.text(role)} for column in holders.COLUMNS]
        lasts, account = cells[holders.STATUS], cells[holders.ACCOUNT]
        lasts["badge"] = BADGES.get(lasts["value"], "warn")
        account["badge"] = "good" if role.user.is_active else "bad"
        return {"cells": cells}

    def kept(self):
        return self.filter.kept

    def context(self):
        return {"form": self.filter, "query": self.request.GET.urlencode()}


class HolderExport(View):
    """What the list shows, all pages of it."""

    def post(self, request):
        shown = HolderList()
        shown.setup(request)
        state, text = shown.asked(request)
        told = [holders.STATES[state], *shown.filter.told(), *(["按姓名查找"] if text else [])]
        now = printed_on(timezone.localtime())
        paper = Paper(
            TITLE,
            holders.COLUMNS,
            remarks=[f"{'，'.join(told)}；导出人 {request.user.name}，{now}"],
        )
        content, rows = write(paper, rows_of(holders.COLUMNS, shown.listed(state, text)))
        log_access(
            AccessLog.Action.EXPORT,
            by=request.user,
            subject="portal.roleassignment",
            purpose="，".join(told),
            rows=rows,
        )
        return download(File(content, XLSX, "xlsx", rows), TITLE)


_reads = needs_one_of(holders.GIVES, holders.READS)
holder_list = _reads(repeatable(HolderList.as_view()))
holder_export = _reads(repeatable(HolderExport.as_view()))
