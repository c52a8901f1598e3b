"""The pages of today's work: all lists one behind the other, one list, its acts, and the day's paper."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from portal.ledgers import undoing
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import signed_in, writing_get
from portal.models import AccessLog
from portal.models.versioned import sent_version
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of
from portal.today import services
from portal.today.enums import Due, Group, Whose
from portal.today.home import toggles
from portal.today.lists import Wanted, Work, wanted_of
from portal.today.paper import day_paper
from portal.today.telling import told
from portal.worklists import Worklist, worklists

PAGE_SIZE = 30
TOO_LATE = "已经不能撤销：超过一小时，或之后又办了别的事。请打开记录修改。"
REASON = "lists only rows that the user's roles show; each list asks for its own permission"


# --- reading ----------------------------------------------------------------------------------------
@signed_in(REASON)
def everything(request):
    """The rows of all lists that fit the address, as many as the number says that led here."""
    work = Work(request.user, wanted_of(request.GET, request.user))
    return _page(request, work, "今日工作", None)


@signed_in(REASON)
def one_list(request, code):
    worklist = worklists.get(code)
    wanted = wanted_of(request.GET, request.user)
    if worklist is None or not access_of(request.user).may(worklist.permission):
        raise Http404
    work = Work(request.user, wanted, only=worklist)
    return _page(request, work, worklist.title, worklist)


def _page(request, work, title, worklist):
    wanted, path = work.wanted, request.path
    counts = work.shown(wanted.when)
    total = sum(counts.values())
    page = Paginator(range(total), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    first, until = (page.start_index() - 1, page.end_index()) if total else (0, 0)
    sections = told(work, work.sliced(counts, first, until, wanted.when))
    whens = [("", "全部"), *((when.value, when.label) for when in Due)]
    context = {
        "title": title,
        "worklist": worklist,
        "wanted": wanted,
        "page": page,
        "sections": sections,
        "counts": counts,
        "whens": [
            {
                "label": label,
                "url": path + wanted.query(when=when),
                "active": wanted.when == when,
                "count": work.total.at(when, work.horizon),
            }
            for when, label in whens
        ],
        "toggles": toggles(wanted, path, list(Whose)),
        "units": work.communities,
        "kept": wanted.said(unit=None),
        "narrowing": _narrowing(work),
        "done": just_done(request),
        "back": "list" if worklist else "all",
        "home_url": reverse("home"),
        "room_url": worklist.url() if worklist else "",
    }
    return render(request, "today/list.html", context)


def _narrowing(work) -> list[str]:
    """What the address narrows the rows to beyond the filters that the page shows."""
    wanted = work.wanted
    found = [Group(wanted.group).label] if wanted.group else []
    if wanted.when and wanted.when not in Due.values:
        day = next(day for day in work.horizon.days if day.isoformat() == wanted.when)
        found.append(f"{day.month}月{day.day}日到期")
    return found


@writing_get
@signed_in("prints only rows that the user's roles show")
def paper(request):
    """The user's own work sheet, so it needs no right to export; as it names people, it is logged."""
    work = Work(request.user, wanted_of(request.GET, request.user))
    title = f"今日工作单（{work.horizon.today}）"
    content, rows = day_paper(work)
    if rows:
        log_access(AccessLog.Action.PDF, by=request.user, subject="portal.today", rows=rows)
    return pdf_response(content, title, inline=True)


# --- acting -----------------------------------------------------------------------------------------
def _listed(request, code):
    """The list of the address, where its act is one of a click."""
    worklist = worklists.get(code)
    if worklist is None or worklist.act is None or not worklist.act.sets:
        raise Http404
    access_of(request.user).check(worklist.doing)
    return worklist


def _back(request, worklist, **more) -> str:
    """Where the button stood, with what that page was asked for; a page of ours, whatever was sent."""
    wanted = wanted_of(request.POST, request.user)
    match request.POST.get("back", ""):
        case "list":
            path = reverse("today-list", args=[worklist.code])
        case "all":
            path = reverse("today")
        case _:
            path, wanted = reverse("home"), Wanted(whose=wanted.whose)
    said = wanted.said() | more
    return path + (f"?{urlencode(said)}" if said else "")


@require_POST
@signed_in("each list asks for the permission to act on its rows")
def act(request, code, pk):
    """Do the list's act with a row of it; the page that follows offers to take it back."""
    worklist = _listed(request, code)
    rows = worklist.of(access_of(request.user))
    record = get_object_or_404(rows if rows is not None else worklist.rows(()), pk=pk)
    version = sent_version(request.POST.get("version", ""))
    try:
        record = services.take(worklist, record, version=version, by=request.user)
    except ValidationError as error:
        messages.error(request, f"{worklist.text(record)}：{''.join(error.messages)}")
        return redirect(_back(request, worklist))
    token = undoing.keep(request, code, [record], undoing.CLICKED)
    return redirect(_back(request, worklist, done=token))


@require_POST
@signed_in("each list asks for the permission to act on its rows")
def undo(request, code, pk):
    """Put back what this user's last click did; StaleRecord where the record was changed since."""
    worklist = _listed(request, code)
    version = sent_version(request.POST.get("version", ""))
    last = _last_click(request)
    if last is None or (last.worklist, last.record.pk, last.version) != (worklist, pk, version):
        messages.error(request, TOO_LATE)
        return redirect(_back(request, worklist))
    try:
        services.take_back(worklist, last.record, version=version, by=request.user)
    except ValidationError as error:
        messages.error(request, f"没有撤销：{''.join(error.messages)}")
        return redirect(_back(request, worklist))
    undoing.forget(request)
    messages.success(request, f"已撤销“{worklist.act.label}”：{worklist.text(last.record)}。")
    return redirect(_back(request, worklist))


@dataclass(frozen=True)
class Click:
    """What the user did last with one click; ``version`` is the one that it left the record with."""

    worklist: Worklist
    record: Model
    version: int
    token: str


def _last_click(request) -> Click | None:
    """As the session keeps it for an hour, where the ledger still shows the user the record."""
    kept = undoing.last_click(request)
    worklist = worklists.get(kept["slug"]) if kept else None
    if worklist is None or worklist.act is None or not worklist.act.sets:
        return None
    [[pk, version]] = kept["rows"]
    record = ledgers[worklist.ledger].queryset(request.user).filter(pk=pk).first()
    return record and Click(worklist, record, version, kept["token"])


def just_done(request) -> dict | None:
    """The user's last click, on the page that it led to, as long as nobody changed the record since."""
    last = _last_click(request) if request.GET.get("done") else None
    if last is None or request.GET["done"] != last.token or last.record.version != last.version:
        return None
    try:
        services.check_may(last.worklist, last.record, request.user)
    except Denied:
        return None
    return {
        "label": last.worklist.act.label,
        "text": last.worklist.text(last.record),
        "url": last.worklist.url_of(last.record),
        "code": last.worklist.code,
        "pk": last.record.pk,
        "version": last.version,
    }
