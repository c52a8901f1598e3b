"""Lists of accounts and of roles: a typed search comes back as a sealed token, never in the URL."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.generic import View

from portal.fields import open_token, seal_token
from portal.text import typed_words

PAGE_SIZE = 30
TOKEN_AGE = 12 * 60 * 60


class SearchedList(View):
    """Subclasses give ``records(state)``, ``found(records, text)``, ``headers`` and ``row``."""

    template_name = ""
    headers: tuple[str, ...] = ()
    states: dict[str, str] = {}

    def get(self, request):
        state, text = self.asked(request)
        page = Paginator(self.listed(state, text), PAGE_SIZE).get_page(request.GET.get("page", "1"))
        context = {
            "headers": [{"label": label} for label in self.headers],
            "rows": [self.labelled(self.row(record)) for record in page.object_list],
            "page": page,
            "search": text,
            "states": [
                {
                    "key": key,
                    "label": label,
                    "url": "?" + urlencode(self.kept() | {"state": key}),
                    "active": key == state,
                }
                for key, label in self.states.items()
            ],
            **self.context(),
        }
        return render(request, self.template_name, context)

    def asked(self, request) -> tuple[str, str]:
        """The state and the words that the address names."""
        text = open_token(request.GET.get("s", ""), TOKEN_AGE) or ""
        state = request.GET.get("state", "")
        return state if state in self.states else next(iter(self.states)), text

    def listed(self, state: str, text: str):
        records = self.records(state)
        return self.found(records, text) if text else records

    def post(self, request):
        text = typed_words(request.POST.get("q", ""), 50)
        query = self.kept()
        if request.GET.get("state") in self.states:
            query["state"] = request.GET["state"]
        if text:
            query["s"] = seal_token(text)
        return redirect(f"{request.path}?{urlencode(query)}" if query else request.path)

    def labelled(self, row):
        """The row with each cell's column name, which the phone layout shows before it."""
        cells = [
            {"label": label, **cell} for label, cell in zip(self.headers, row["cells"], strict=True)
        ]
        return {**row, "cells": cells}

    def kept(self) -> dict[str, str]:
        """Further conditions, which go on in every link."""
        return {}

    def context(self) -> dict:
        return {}


def named_like(text: str, prefix: str = "") -> Q:
    """Accounts by a part of the name or of the user name."""
    return Q(**{f"{prefix}name__icontains": text}) | Q(**{f"{prefix}username__icontains": text})
