"""The unit tree and its changes, for the system administrator."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from portal.accounts.permissions import not_over
from portal.guided import GuidedView
from portal.history import history_of
from portal.ledgers.columns import display
from portal.marks import needs
from portal.models import RoleAssignment, Unit, UnitChange
from portal.models.units import UnitKind
from portal.scope import access_of
from portal.units import forms, services
from portal.units.outlines import DRAWN
from portal.units.services import REARRANGED

DEPTH = {UnitKind.DISTRICT: 0, UnitKind.STREET: 1, UnitKind.COMMUNITY: 2, UnitKind.GRID: 3}


def units_in_reach(user):
    return Unit.objects.filter(pk__in=access_of(user).units("units.manage"))


def state_of(unit) -> dict:
    """The cell that says whether the unit is in force today."""
    today = timezone.localdate()
    if unit.valid_to is not None and unit.valid_to < today:
        return {"value": "已停用", "badge": "neutral"}
    if unit.valid_from is not None and unit.valid_from > today:
        return {"value": "尚未启用", "badge": "info"}
    return {"value": "在用", "badge": "good"}


def in_tree_order(units) -> list[Unit]:
    """Each unit after its parent, siblings by code; units whose parent is not given come first."""
    children = {}
    present = {unit.pk for unit in units}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)
    ordered, waiting = [], children.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += children.get(unit.pk, [])[::-1]
    return ordered


class UnitList(View):
    """Districts, streets and communities in reach; ``?ended=1`` shows the ended ones too."""

    def get(self, request):
        shows_ended = request.GET.get("ended") == "1"
        open_children = Count("children", filter=Q(children__valid_to__isnull=True))
        units = units_in_reach(request.user).exclude(kind=UnitKind.GRID)
        if not shows_ended:
            units = units.filter(valid_to__isnull=True)
        units = in_tree_order(units.annotate(open_children=open_children).order_by("code"))
        rows = [
            {
                "unit": unit,
                "depth": DEPTH[UnitKind(unit.kind)],
                "state": state_of(unit),
                "grids": unit.open_children if unit.kind == UnitKind.COMMUNITY else None,
            }
            for unit in units
        ]
        return render(request, "units/unit_list.html", {"rows": rows, "shows_ended": shows_ended})


class UnitDetail(View):
    """One unit: what it is, what it became, what is below it, whose roles wait for a decision."""

    def get(self, request, pk):
        unit = get_object_or_404(units_in_reach(request.user).select_related("parent"), pk=pk)
        children = unit.children.order_by("code")
        roles = RoleAssignment.objects.filter(not_over(), unit=unit).select_related("user")
        is_open = unit.valid_to is None
        context = {
            "unit": unit,
            "state": state_of(unit),
            "valid_from": display(unit.valid_from),
            "valid_to": display(unit.valid_to),
            "children": [{"unit": child, "state": state_of(child)} for child in children],
            "changes": _changes(unit),
            "history": history_of(unit),
            "pending_roles": [] if is_open else roles.order_by("user__username"),
            "is_open": is_open,
            "can_rearrange": is_open and unit.kind in REARRANGED,
            "can_add_below": is_open and unit.kind != UnitKind.GRID,
            "has_plan": unit.kind in DRAWN,
        }
        return render(request, "units/unit_detail.html", context)


def _changes(unit):
    found = UnitChange.objects.filter(Q(unit=unit) | Q(successor=unit))
    found = found.select_related("unit", "successor", "recorded_by").order_by(
        "-effective_on", "-pk"
    )
    return [
        {
            "on": display(change.effective_on),
            "text": _told(change),
            "note": change.note,
            "who": change.recorded_by,
        }
        for change in found
    ]


def _told(change) -> str:
    match change.kind:
        case UnitChange.Kind.RENAME:
            return f"“{change.old_name}”更名为“{change.new_name}”"
        case UnitChange.Kind.MERGE:
            return f"“{change.old_name}”并入“{change.new_name}”"
        case _:
            return f"“{change.old_name}”拆分，“{change.new_name}”承接"


class UnitGuide(GuidedView):
    confirms = True

    def dispatch(self, request, *args, **kwargs):
        self.unit = None
        if "pk" in kwargs:
            self.unit = get_object_or_404(
                units_in_reach(request.user).select_related("parent"), pk=kwargs["pk"]
            )
        return super().dispatch(request, *args, **kwargs)

    def context(self):
        if self.unit is None:
            return {"parent_url": reverse("unit-list"), "parent_title": "单位"}
        return {
            "above_url": reverse("unit-list"),
            "above_title": "单位",
            "parent_url": reverse("unit-detail", args=[self.unit.pk]),
            "parent_title": self.unit.name,
        }

    def done(self, form, result):
        messages.success(self.request, f"{self.title}（{self.unit or result}）。")
        return redirect("unit-detail", pk=(result or self.unit).pk)


class UnitCreate(UnitGuide):
    """A new unit; ``?parent=5`` chooses the one above beforehand."""

    title, button = "新设单位", "设立"

    def form(self, data=None):
        parent = self.request.GET.get("parent", "")
        initial = {"parent": parent} if parent.isdecimal() else {}
        return forms.CreateForm(data, by=self.request.user, initial=initial)

    def perform(self, form):
        given = {key: form.cleaned_data[key] for key in form.fields}
        return services.create_unit(**given, by=self.request.user)


class UnitRename(UnitGuide):
    title, button = "单位更名", "更名"

    def form(self, data=None):
        return forms.RenameForm(data, unit=self.unit)

    def perform(self, form):
        given = {key: form.cleaned_data[key] for key in ("name", "on", "note")}
        services.rename_unit(form.as_loaded(self.unit), **given, by=self.request.user)


class UnitCorrect(UnitGuide):
    title, button = "更正录入错误", "保存"
    confirms = False

    def form(self, data=None):
        return forms.CorrectForm(data, unit=self.unit)

    def perform(self, form):
        given = {key: form.cleaned_data[key] for key in ("code", "name", "valid_from")}
        services.correct_unit(form.as_loaded(self.unit), **given, by=self.request.user)

    def context(self):
        explanation = "只用来改正当初录错的内容，不算更名；名称后来真的变了，请用“更名”。"
        return super().context() | {"explanation": explanation}


class UnitEnd(UnitGuide):
    title, button = "停用单位", "停用"

    def form(self, data=None):
        return forms.EndForm(data, unit=self.unit)

    def perform(self, form):
        unit = form.as_loaded(self.unit)
        services.end_unit(unit, on=form.cleaned_data["on"], by=self.request.user)


class UnitMerge(UnitGuide):
    title, button = "并入其他单位", "并入"

    def form(self, data=None):
        return forms.MergeForm(data, unit=self.unit)

    def perform(self, form):
        given = form.cleaned_data
        into = given["into"] or services.create_unit(
            code=given["code"],
            name=given["name"],
            parent=self.unit.parent,
            valid_from=given["on"],
            by=self.request.user,
        )
        services.merge_units(
            form.ending, into=into, on=given["on"], note=given["note"], by=self.request.user
        )
        return into


class UnitSplit(UnitGuide):
    title, button = "拆分单位", "拆分"

    def form(self, data=None):
        return forms.SplitForm(data, unit=self.unit)

    def perform(self, form):
        on, units = form.cleaned_data["on"], dict(form.kept_units)
        for key, (code, name) in form.new_units.items():
            with form.naming(key):
                units[key] = services.create_unit(
                    code=code,
                    name=name,
                    parent=self.unit.parent,
                    valid_from=on,
                    by=self.request.user,
                )
        services.split_unit(
            form.as_loaded(self.unit),
            into=list(units.values()),
            on=on,
            note=form.cleaned_data["note"],
            grids=form.grid_targets(units),
            by=self.request.user,
        )

    def context(self):
        explanation = (
            "整个单位撤销、分给几个单位时用。原单位继续存在、只划出一部分的，请新设单位，"
            "再把迁入的居民转过去。"
        )
        return super().context() | {"explanation": explanation}


_manage = needs("units.manage")
unit_list = _manage(UnitList.as_view())
unit_create = _manage(UnitCreate.as_view())
unit_detail = _manage(UnitDetail.as_view())
unit_rename = _manage(UnitRename.as_view())
unit_correct = _manage(UnitCorrect.as_view())
unit_end = _manage(UnitEnd.as_view())
unit_merge = _manage(UnitMerge.as_view())
unit_split = _manage(UnitSplit.as_view())
