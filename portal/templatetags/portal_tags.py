"""Template tags of every page."""

import json
import uuid
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from portal.errors import UNREADABLE_FORM
from portal.ledgers.undoing import LABELS, MARK

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context, kept=None):
    """The hidden key that makes a POST safe to send twice; a rejected form keeps its own, and so does
    one that goes on from a draft (``kept``)."""
    request = context.get("request")
    try:
        key = request.POST.get("_key") if request is not None else None
        key = uuid.UUID(str(key or kept or ""))
    except (ValueError, *UNREADABLE_FORM):
        key = uuid.uuid4()
    return format_html('<input type="hidden" name="_key" value="{}">', key)


@register.filter
def undo_of(message) -> dict | None:
    """What takes back the act that a message tells of: its address, token and words."""
    mark, _, told = (message.extra_tags or "").partition(":")
    if mark != MARK:
        return None
    act, slug, token = told.split(":")
    return {"url": reverse("ledger-undo", args=[slug]), "token": token, "label": LABELS[act]}


@register.simple_tag
def number(shown):
    """A number that opens what it counts: ``text`` and ``url``. All numbers of dashboards are printed by
    this, in regions marked ``data-numbers``; a test follows every link and finds the same number there,
    at the element marked ``data-number-end``, and finds no digit beside them."""
    return format_html(
        '<a class="number" href="{}" data-number="{}">{}</a>', shown.url, shown.text, shown.text
    )


@register.simple_tag
def side_menu(nav):
    """The links of the side menu. Those of a role are the same on every page, and are half of most."""
    return _same_for_all("components/menu.html", "nav", nav)


@register.simple_tag
def quick_menu(quick_adds):
    """What may be begun from any page; the same on every page of a role."""
    return _same_for_all("components/quick_add.html", "quick_adds", quick_adds)


def _same_for_all(template: str, name: str, links) -> str:
    told = json.dumps(links, default=str)
    render = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return render(template, name, told)


@lru_cache(maxsize=512)
def _rendered(template: str, name: str, told: str) -> str:
    return render_to_string(template, {name: json.loads(told)})
