"""我的志愿服务: what volunteers see and do by their own link, on a phone (ADR 23).

Each view is given the volunteer and shows only what ``selectors.mine`` finds from them.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.marks import by_link, repeatable
from portal.public_pages import not_found
from volunteers.selectors import mine
from volunteers.selectors.hours import told_hours
from volunteers.services import mine as acts
from volunteers.views.public import page
from volunteers.views.public_link import ask, own

ON_A_PAGE = 30
DONE = {
    "signed": "报名成功，请按时到。",
    "waiting": "名额已满，您在候补名单上；有人取消时会自动补上，请留意本页。",
    "withdrawn": "已取消报名。",
    "asked": "更正申请已提交，处理结果会显示在这条记录下面。",
    "requested": "证明申请已提交，出具后请到志愿服务站领取，不收费。",
    "public": "已登记您同意公开姓名。",
    "private": "已撤回，公示中不再显示您的全名。",
}


def for_volunteer(reason: str, find=own):
    """``by_link``, and the view is given the volunteer as its second argument."""

    def decorate(view):
        @wraps(view)
        def shown(request, **kwargs):
            me = mine.volunteer_of(request.holder)
            return ask(request) if me is None else view(request, me, **kwargs)

        return by_link(reason, find)(shown)

    return decorate


def shown(request, name, me, context=None, status=200):
    told = DONE.get(request.GET.get("done", ""), "")
    return page(request, name, {"me": me, "told": told, **(context or {})}, status)


def done(word: str, name: str, **kwargs):
    """Back to a page, which says what was done."""
    return redirect(f"{reverse(name, kwargs=kwargs)}?{urlencode({'done': word})}")


@for_volunteer("a volunteer's own shifts and hours")
def start(request, me):
    return front(request, me)


def front(request, me, refused=()):
    """The first page of a volunteer; ``refused`` says why what was asked there is not done."""
    standing = mine.standing_of(me)
    context = {
        "coming": mine.coming(me),
        "offered": mine.offered(me)[:3],
        "standing": standing,
        "counted": told_hours(standing.counted),
        "on_the_way": told_hours(standing.on_the_way),
        "lacking": told_hours(standing.lacking),
        "is_minor": me.is_minor_on(timezone.localdate()),
        "refused": refused,
    }
    return shown(request, "me", me, context)


@for_volunteer("shifts of the volunteer's own unit that are open to all")
def shifts(request, me):
    pages = Paginator(mine.offered(me), ON_A_PAGE)
    return shown(request, "shifts", me, {"page": pages.get_page(request.GET.get("page"))})


@repeatable
@for_volunteer("a volunteer signs up for an open shift of their own unit, or withdraws")
def shift(request, me, pk):
    found = mine.shift_for(me, pk)
    if found is None:
        return not_found(request)
    context = {"shift": found, "activity": found.activity, "free": found.capacity - found.signed}
    if request.method == "POST":
        try:
            return _sign_up_or_withdraw(request, me, found)
        except ValidationError as error:
            context["refused"] = error.messages
    row = mine.sign_up_for(me, found)
    context |= {"row": row, "place": mine.place_of(row) if row else 0}
    return shown(request, "shift", me, context)


def _sign_up_or_withdraw(request, me, found):
    if request.POST.get("act") == "withdraw":
        acts.withdraw(me, found)
        return done("withdrawn", "public-me")
    row = acts.sign_up(me, found)
    return done("waiting" if mine.place_of(row) else "signed", "public-my-shift", pk=found.pk)
