"""The auditor's pages: the change log searched, one entry, signs of something unusual. Looking leaves a trace."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.audit.chain import present_head
from portal.audit.forms import SearchForm
from portal.audit.notes import Kind, note
from portal.audit.reading import MOST_COUNTED, Asked, Entries, names_of
from portal.audit.signs import SIGNS, seen
from portal.exports.lists import File
from portal.exports.paper import Paper, rows_of
from portal.exports.views import download
from portal.exports.xlsx import XLSX, write
from portal.ledgers.columns import Column
from portal.ledgers.services import log_access
from portal.marks import needs, repeatable, writing_get
from portal.middleware import message_page
from portal.models import AccessLog, AuditCheck
from portal.scope import access_of

PAGE_SIZE = 30
SIGN_DAYS = 30
EVER = (date(2000, 1, 1), date(9000, 1, 1))
READ = "audit.read"
HEADERS = ("时间", "操作人", "操作", "记录", "摘要", "来源地址")


def _units(request):
    return access_of(request.user).units(READ)


@require_safe
@writing_get
@needs(READ)
def audit_list(request):
    form = SearchForm(request.GET, user=request.user)
    page, names = None, {}
    if form.is_valid():
        page = Paginator(Entries(form.asked, _units(request)), PAGE_SIZE).get_page(
            request.GET.get("page", "1")
        )
        page.object_list = list(page.object_list)
        names = names_of({name for each in page for name in (each.actor, each.about) if name})
        note(Kind.AUDIT_SEARCHED, user=request.user, detail=form.told(), rows=len(page))
    context = {
        "form": form,
        "page": page,
        "rows": [row_of(each, names) for each in page or ()],
        "headers": [{"label": label} for label in HEADERS],
        "capped": page is not None and page.paginator.count >= MOST_COUNTED,
        "most": MOST_COUNTED,
        "head": present_head(),
        "check": AuditCheck.objects.order_by("-pk").first(),
    }
    return render(request, "audit/list.html", context)


def row_of(entry, names: dict[str, str]) -> dict:
    about = names.get(entry.about, "") if entry.about != entry.actor else ""
    values = (
        f"{entry.when:%Y-%m-%d %H:%M:%S}",
        names[entry.actor],
        entry.act,
        f"{entry.kind} {entry.row} 号",
        "，".join(filter(None, (about, entry.summary()))),
        entry.address,
    )
    cells = [{"label": label, "value": value} for label, value in zip(HEADERS, values, strict=True)]
    return {"url": reverse("audit-entry", args=[entry.pk]), "cells": cells}


@require_safe
@writing_get
@needs(READ)
def audit_entry(request, pk):
    found = Entries(Asked(*EVER, entry=pk), _units(request))[0:1]
    if not found:
        raise Http404
    [entry] = found
    note(Kind.AUDIT_SEARCHED, user=request.user, detail=f"日志第 {pk} 号", rows=1)
    names = names_of({name for name in (entry.actor, entry.about) if name})
    context = {
        "entry": entry,
        "actor": names[entry.actor],
        "about": names.get(entry.about, ""),
    }
    return render(request, "audit/entry.html", context)


@require_safe
@writing_get
@needs(READ)
def audit_signs(request):
    units = _units(request)
    note(Kind.AUDIT_SEARCHED, user=request.user, detail="异常迹象")
    signs = [{"sign": sign, "seen": seen(sign, units, SIGN_DAYS)} for sign in SIGNS]
    context = {
        "signs": signs,
        "found": [each for each in signs if each["seen"]],
        "others": [each["sign"] for each in signs if not each["seen"]],
        "days": SIGN_DAYS,
    }
    return render(request, "audit/signs.html", context)


@require_POST
@repeatable
@needs(READ)
def audit_export(request):
    """The entries of the search, up to MOST_COUNTED, as a workbook."""
    form = SearchForm(request.POST, user=request.user)
    if not form.is_valid():
        text = "查询条件有误，请返回核对日期后再导出。"
        return message_page(request, "没有导出", text, 400)
    entries = Entries(form.asked, _units(request))[0:MOST_COUNTED]
    names = names_of({each.actor for each in entries})
    columns = [
        Column("编号", lambda each: each.pk, numeric=True),
        Column("时间", lambda each: f"{each.when:%Y-%m-%d %H:%M:%S}", width=20),
        Column("操作人", lambda each: names[each.actor], width=24),
        Column("操作", lambda each: each.act),
        Column("记录种类", lambda each: each.kind, width=20),
        Column("记录编号", lambda each: each.row, numeric=True),
        Column("内容", contents, width=60),
        Column("更正理由", lambda each: each.reason),
        Column("来源地址", lambda each: each.address),
        Column("请求编号", lambda each: each.request, width=34),
    ]
    remark = f"{form.told()}；导出人 {request.user.name}，{timezone.localtime():%Y-%m-%d %H:%M}"
    paper = Paper("操作日志", columns, remarks=[remark])
    content, rows = write(paper, rows_of(columns, entries))
    log_access(
        AccessLog.Action.EXPORT,
        by=request.user,
        subject="audit.log",
        purpose=form.told(),
        rows=rows,
    )
    return download(File(content, XLSX, "xlsx", rows), "操作日志")


def contents(entry) -> str:
    if entry.op == "update":
        return "；".join(f"{label}：{old} → {new}" for label, old, new in entry.changes())
    return entry.summary() or "；".join(
        f"{label}：{old or new}" for label, old, new in entry.changes()
    )
