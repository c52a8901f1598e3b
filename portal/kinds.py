"""Code tables that an office keeps on pages of its own: kinds with a name, an order, and their retirement.

A kind in use is never deleted, be it used where nobody of this scope can look: it is retired, and what
has it stays as it is.
"""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.errors import settle
from portal.guided import GuidedForm, GuidedView
from portal.ledgers.fields import CleanCharField
from portal.marks import needs


class KindForm(GuidedForm):
    """Name and place of a kind, and whether it may still be chosen. Subclasses name the model and ask for
    more; ``taken`` is said where another kind has the name."""

    model: type[models.Model]
    taken = "已有这个名称的类别。"

    name = CleanCharField(label="名称", max_length=20)
    ordinal = forms.IntegerField(
        label="顺序", min_value=1, max_value=9999, help_text="数小的排在前面。"
    )
    is_retired = forms.BooleanField(
        label="停用", required=False, help_text="停用后不能再选，已有的不变。"
    )

    def __init__(self, *args, kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = f"请{'选择' if chosen else '填写'}{field.label}。"
        if kind is None:
            del self.fields["is_retired"]
        self.lay_out(("name", "ordinal"))

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = self.model.objects.filter(name=name)
        if self.kind is not None:
            same = same.exclude(pk=self.kind.pk)
        if same.exists():
            raise ValidationError(self.taken)
        return name


class KindTable(ABC):
    """One table and its pages: subclass, set the attributes, take the views from ``views()``.

    ``urls`` begins the names of its four addresses. ``lead`` stands above the list, ``explanation`` above
    the question of deletion, ``refusal`` is said where a kind is in use. ``columns`` are further columns
    of the list: (label, what of a kind is shown there).
    """

    model: type[models.Model]
    form_class: type[KindForm]
    title = ""
    noun = "类别"
    icon = "list"
    permission = ""
    urls = ""
    lead = ""
    unused = "未使用"
    empty = "新增后，登记时就能选到。"
    explanation = "只有从未用过的可以删除；用过的请在“修改”中停用。"
    refusal = "已在使用，不能删除，请改为停用。"
    columns: Sequence[tuple[str, Callable]] = ()

    @abstractmethod
    def with_use(self, kinds):
        """The kinds, each with whether anything in sight ``is_used`` of it."""

    def is_used(self, kind) -> bool:
        return self.with_use(self.model.objects.filter(pk=kind.pk)).get().is_used

    def initial(self) -> dict:
        """What a new kind begins with."""
        last = self.model.objects.aggregate(last=Max("ordinal"))["last"] or 0
        return {"ordinal": last + 10}

    def views(self) -> SimpleNamespace:
        """``list``, ``add``, ``edit`` and ``delete``, for who may keep the table."""
        may, pages = (
            needs(self.permission),
            {"add": KindAdd, "edit": KindEdit, "delete": KindDelete},
        )
        found = {name: may(page.as_view(table=self)) for name, page in pages.items()}
        return SimpleNamespace(list=may(self.show), **found)

    def show(self, request):
        kinds = self.with_use(self.model.objects.all())
        rows = [
            {"kind": kind, "cells": [(label, read(kind)) for label, read in self.columns]}
            for kind in kinds
        ]
        urls = {name: f"{self.urls}-{name}" for name in ("add", "edit", "delete")}
        return render(request, "kinds/list.html", {"table": self, "rows": rows, "urls": urls})


@transaction.atomic
def save_kind(model, kind, fields: dict):
    """Store a new or changed kind; a new one gets a code of its own."""
    if kind is None:
        kind = model(code=f"own-{secrets.token_hex(6)}")
    for name, value in fields.items():
        setattr(kind, name, value)
    kind.save()
    return kind


@transaction.atomic
def remove_kind(table: KindTable, kind) -> str:
    """Delete a kind that was never used; raises ValidationError otherwise.

    The foreign keys refuse what this scope cannot see.
    """
    name, refusal = str(kind), ValidationError(table.refusal)
    if table.is_used(kind):
        raise refusal
    try:
        with transaction.atomic():
            rows = table.model.objects.filter(pk=kind.pk)
            rows._raw_delete(table.model.objects.db)
            settle()
    except IntegrityError as error:
        raise refusal from error
    return name


class KindView(GuidedView):
    table: KindTable = None
    button = "保存"

    def context(self):
        return {
            "parent_url": reverse(f"{self.table.urls}-list"),
            "parent_title": self.table.title,
        }

    def kind(self):
        return get_object_or_404(self.table.model, pk=self.kwargs["pk"])

    def done(self, form, result):
        messages.success(self.request, self.told(result))
        return redirect(f"{self.table.urls}-list")


class KindAdd(KindView):
    @property
    def title(self):
        return f"新增{self.table.title}"

    def form(self, data=None):
        return self.table.form_class(data, initial=self.table.initial())

    def perform(self, form):
        return save_kind(self.table.model, None, form.cleaned_data)

    def told(self, kind):
        return f"已新增“{kind}”。"


class KindEdit(KindView):
    @property
    def title(self):
        return f"修改{self.table.title}"

    def form(self, data=None):
        kind = self.kind()
        names = self.table.form_class.base_fields.keys() - {"versions"}
        initial = {name: getattr(kind, name) for name in names}
        return self.table.form_class(data, kind=kind, initial=initial)

    def perform(self, form):
        return save_kind(self.table.model, form.kind, form.cleaned_data)

    def told(self, kind):
        return f"已保存“{kind}”。"


class KindDelete(KindView):
    """A kind that nobody ever had; one in use can only be retired."""

    button = "删除"

    @property
    def title(self):
        return f"删除“{self.kind()}”"

    def form(self, data=None):
        return GuidedForm(data)

    def context(self):
        return super().context() | {"explanation": self.table.explanation}

    def perform(self, form):
        return remove_kind(self.table, self.kind())

    def told(self, name):
        return f"已删除“{name}”。"
