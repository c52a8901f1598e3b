"""The pages of today's work: all lists one behind the other, one list, its acts, and the day's paper."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from portal.marks import signed_in
from portal.models.versioned import sent_version
from portal.pdf.response import pdf_response
from portal.scope import access_of
from portal.today import services
from portal.today.enums import Due, Group, Whose
from portal.today.home import toggles
from portal.today.lists import Wanted, Work, wanted_of
from portal.today.paper import day_paper
from portal.today.telling import told
from portal.worklists import worklists

PAGE_SIZE = 30
DONE = re.compile(r"([a-z0-9_.]{1,60}):([0-9]{1,18}):([0-9]{1,9})")
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


@signed_in("prints only rows that the user's roles show")
def paper(request):
    work = Work(request.user, wanted_of(request.GET, request.user))
    title = f"今日工作单（{work.horizon.today}）"
    return pdf_response(day_paper(work), title, inline=True)


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
    return redirect(_back(request, worklist, done=f"{code}:{pk}:{record.version}"))


@require_POST
@signed_in("each list asks for the permission to act on its rows")
def undo(request, code, pk):
    """Put back what the act did; StaleRecord where the record was changed since."""
    worklist = _listed(request, code)
    units = access_of(request.user).units(worklist.doing)
    model = worklist.rows(frozenset()).model
    record = get_object_or_404(model.objects.kept(), pk=pk, **{f"{worklist.place}__in": units})
    version = sent_version(request.POST.get("version", ""))
    services.take_back(worklist, record, version=version, by=request.user)
    messages.success(request, f"已撤销“{worklist.act.label}”：{worklist.text(record)}。")
    return redirect(_back(request, worklist))


def just_done(request) -> dict | None:
    """What the address says was done with one click, as long as nobody changed the record since."""
    said = DONE.fullmatch(request.GET.get("done", ""))
    worklist = worklists.get(said[1]) if said else None
    if worklist is None or worklist.act is None or not worklist.act.sets:
        return None
    units = access_of(request.user).units(worklist.doing)
    model = worklist.rows(frozenset()).model
    rows = model.objects.kept().filter(pk=said[2], version=said[3])
    record = rows.filter(**{f"{worklist.place}__in": units}).first()
    if record is None:
        return None
    return {
        "label": worklist.act.label,
        "text": worklist.text(record),
        "url": worklist.url_of(record),
        "code": worklist.code,
        "pk": record.pk,
        "version": record.version,
    }
