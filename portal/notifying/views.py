"""消息: the list behind the bell, marking, opening, and the settings. Everybody sees their own alone."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from portal.marks import signed_in
from portal.notifying import reading
from portal.notifying.kinds import groups, kinds
from portal.own_pages import is_own_page

PAGE_SIZE = 30
_own = signed_in("one's own messages alone", own_too=True)


@_own
def notification_list(request):
    known = groups()
    group = request.GET.get("group", "")
    group = group if group in known else ""
    unread = request.GET.get("unread") == "1"
    rows = reading.shown(request.user, group=group, unread=unread).select_related("unit")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    for row in page.object_list:
        row.about = kinds.get(row.kind)
    counts = reading.unread_by_group(request.user)
    context = {
        "page": page,
        "group": group,
        "unread": unread,
        "total_unread": sum(counts.values()),
        "groups": [
            {
                "title": title,
                "unread": counts.get(title, 0),
                "url": _url(group=title, unread=unread),
                "chosen": title == group,
            }
            for title in known
        ],
        "all_url": _url(unread=unread),
        "unread_url": _url(group=group, unread=True),
        "read_too_url": _url(group=group),
    }
    return render(request, "notifying/list.html", context)


def _url(group="", unread=False) -> str:
    query = {"group": group, "unread": "1" if unread else ""}
    kept = {key: value for key, value in query.items() if value}
    return "?" + urlencode(kept) if kept else reverse("notification-list")


def _back(request):
    """Where the button stood, if that is a page of ours."""
    back = request.POST.get("next", "")
    return redirect(back if is_own_page(back) else reverse("notification-list"))


def _one(request, pk):
    return get_object_or_404(reading.shown(request.user), pk=pk)


@_own
@require_POST
def notification_open(request, pk):
    """Mark it and go to its page; a GET would have to write."""
    found = _one(request, pk)
    reading.mark_read(reading.shown(request.user).filter(pk=pk))
    return redirect(found.url)


@_own
@require_POST
def notification_read(request, pk):
    _one(request, pk)
    reading.mark_read(reading.shown(request.user).filter(pk=pk))
    return _back(request)


@_own
@require_POST
def notification_read_all(request):
    """All that the page lists: of one group where one is chosen."""
    group = request.POST.get("group", "")
    if group and group not in groups():
        raise Http404
    count = reading.mark_read(reading.shown(request.user, group=group))
    messages.success(request, f"{count} 条消息标为已读。")
    return _back(request)


class SettingsForm(forms.Form):
    wanted = forms.MultipleChoiceField(
        label="要看的消息", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.code, kind.label) for kind in kinds]


@_own
def notification_settings(request):
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            reading.choose_kinds(request.user, set(form.cleaned_data["wanted"]))
            messages.success(request, "已保存。")
            return redirect("notification-list")
    muted = reading.muted_by(request.user)
    context = {
        "groups": [
            {"title": title, "kinds": [(kind, kind.code not in muted) for kind in found]}
            for title, found in groups().items()
        ]
    }
    return render(request, "notifying/settings.html", context)
