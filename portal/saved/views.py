"""Saved searches: keeping what a list shows, the list of them, opening one, what one look found."""

import json

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.errors import StaleRecord
from portal.exports.selection import Selection
from portal.fields import seal_token
from portal.guided import GuidedForm, GuidedView
from portal.ledgers.fields import CleanCharField
from portal.ledgers.listing import PAGE_SIZE, body_rows, header_rows
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, signed_in
from portal.models import SavedLook, SavedSearch
from portal.models.versioned import sent_version
from portal.saved import services
from portal.saved.looking import NO_RIGHT, trouble_of
from portal.scope import access_of

_own = signed_in("one's own saved searches, read with the rights of today")


class SearchForm(GuidedForm):
    name = CleanCharField(label="名称", min_length=2, max_length=40, help_text="如：独居老人走访。")
    every = forms.ChoiceField(
        label="有新的或改动的记录时提醒",
        choices=SavedSearch.Every.choices,
        initial=SavedSearch.Every.NEVER,
        widget=forms.RadioSelect,
        help_text="每天早上看一次；只告诉您有几条，点开就是那几条。",
    )

    def __init__(self, data=None, *, search: SavedSearch | None = None):
        initial = {"name": search.name, "every": search.every} if search else {}
        super().__init__(data, initial=initial, rows=[search] if search else ())


class SaveView(GuidedView, LedgerView):
    """From the list: its address says what is kept."""

    title, button = "保存这个查询", "保存"

    def form(self, data=None):
        self.selection = Selection(self.ledger, self.request.user, self.request.GET)
        return SearchForm(data)

    def get(self, request, slug):
        return GuidedView.get(self, request)

    def post(self, request, slug):
        return GuidedView.post(self, request)

    def perform(self, form):
        return services.save_search(
            self.ledger, self.request.GET, by=self.request.user, **_values(form)
        )

    def done(self, form, result):
        messages.success(self.request, f"已保存“{result}”，在台账列表上方和“我的关注”里。")
        return redirect(f"{self.ledger.url()}?{self.request.GET.urlencode()}")

    def context(self):
        return {
            "parent_url": f"{self.ledger.url()}?{self.request.GET.urlencode()}",
            "parent_title": self.ledger.title,
            "explanation": f"{self.ledger.title} · {self.selection.described()}。只有您自己看得到。",
        }


def _values(form) -> dict:
    return {name: form.cleaned_data[name] for name in ("name", "every")}


def _found(request, pk) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.filter(user=request.user), pk=pk)


@_own
def saved_list(request):
    rows = SavedSearch.objects.filter(user=request.user)
    latest = SavedLook.objects.filter(user=request.user).order_by("search_id", "-pk")
    looks = {look.search_id: look for look in latest.distinct("search_id")}
    context = {
        "rows": [
            {
                "search": row,
                "ledger": services.title_of(row),
                "last": looks.get(row.pk),
            }
            for row in rows
        ]
    }
    return render(request, "saved/list.html", context)


@_own
def saved_open(request, pk):
    """To the list with the saved filters; the words come sealed anew. Or why it cannot be used."""
    search = _found(request, pk)
    if trouble := trouble_of(search, request.user):
        return _trouble(request, search, trouble)
    kept = json.loads(search.selection)
    params = QueryDict(mutable=True)
    for name, values in kept["params"].items():
        params.setlist(name, values)
    if kept["search"]:
        params["s"] = seal_token(kept["search"])
    return redirect(f"{ledgers[search.ledger].url()}?{params.urlencode()}")


def _trouble(request, search, trouble):
    context = {"search": search, "ledger": services.title_of(search), "trouble": trouble}
    return render(request, "saved/trouble.html", context)


@_own
def saved_look(request, pk, look):
    """Exactly the records that were told of; those that the account sees no longer are counted."""
    search = _found(request, pk)
    kept = get_object_or_404(search.looks, pk=look)
    ledger = ledgers.get(search.ledger)
    if ledger is None or not access_of(request.user).may(ledger.view_permission):
        return _trouble(request, search, trouble_of(search, request.user) or NO_RIGHT)
    rows = ledger.queryset(request.user).filter(pk__in=kept.found).order_by(*ledger.order)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = {
        "search": search,
        "look": kept,
        "ledger": ledger,
        "count": len(kept.found),
        "lacking": len(kept.found) - page.paginator.count,
        "headers": header_rows(ledger, {}, "", sortable=False),
        "rows": body_rows(ledger, page.object_list),
        "page": page,
    }
    return render(request, "saved/look.html", context)


class ChangeView(GuidedView):
    title, button = "修改关注", "保存"

    def form(self, data=None):
        self.search = _found(self.request, self.kwargs["pk"])
        return SearchForm(data, search=self.search)

    def perform(self, form):
        return services.change_search(form.as_loaded(self.search), **_values(form))

    def done(self, form, result):
        messages.success(self.request, "已保存。")
        return redirect("saved-search-list")

    def context(self):
        return {"parent_url": reverse("saved-search-list"), "parent_title": "我的关注"}


@_own
@require_POST
def saved_drop(request, pk):
    search = _found(request, pk)
    if search.version != sent_version(request.POST.get("version", "")):
        raise StaleRecord(f"saved search {pk} was changed")
    services.drop_search(search)
    messages.success(request, f"已删去“{search}”。")
    return redirect("saved-search-list")


saved_add = by_ledger(SaveView.as_view())
saved_change = _own(ChangeView.as_view())
