"""Roles: what an account may do, and where. For the security administrator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from portal.accounts import services
from portal.accounts.forms import EndRoleForm, GrantForm, ProlongForm
from portal.accounts.lasting import days_left, told_left
from portal.accounts.listing import SearchedList, named_like
from portal.accounts.permissions import assignments_in_reach, not_over
from portal.accounts.placement import LEVELS
from portal.guided import GuidedView
from portal.ledgers.columns import display
from portal.marks import needs, repeatable, signed_in
from portal.models.units import UnitKind
from portal.roles import DUTIES, PERMISSIONS, Role
from portal.scope import Denied


class RoleList(SearchedList):
    """Dated roles in reach. Those whose unit has ended wait for a decision."""

    template_name = "accounts/role_list.html"
    headers = ("姓名", "用户名", "角色", "单位", "自", "至", "状态", "事由", "办理")
    states = {
        "": "现任和将任",
        "temporary": "临时和代理",
        "stranded": "单位已停用，待处理",
        "past": "已结束",
        "all": "全部",
    }

    def records(self, state):
        today = timezone.localdate()
        roles = assignments_in_reach(self.request.user)
        match state:
            case "":
                roles = roles.filter(not_over())
            case "temporary":
                roles = roles.filter(not_over(), valid_to__isnull=False)
            case "stranded":
                roles = roles.filter(not_over(), unit__valid_to__lt=today)
            case "past":
                roles = roles.exclude(not_over())
        return roles.select_related("user", "unit__parent", "stands_for").order_by(
            "user__username", "pk"
        )

    def found(self, records, text):
        return records.filter(named_like(text, "user__"))

    def row(self, role):
        return {
            "cells": [
                {"value": role.user.name},
                {"value": role.user.username},
                {"value": role.get_role_display()},
                {"value": f"{role.unit.parent} · {role.unit}" if role.unit.parent else role.unit},
                {"value": display(role.valid_from)},
                {"value": display(role.valid_to) or "长期"},
                state_of(role),
                {"value": why_of(role)},
                self.act_of(role),
            ],
        }

    def act_of(self, role):
        """What the administrator may do with it; nobody acts on a role of their own."""
        over = role.valid_to is not None and role.valid_to < timezone.localdate()
        if over or role.user_id == self.request.user.pk:
            return {"value": ""}
        if days_left(role) is not None:
            return {"value": "续期", "url": reverse("role-prolong", args=[role.pk])}
        return {"value": "收回", "url": reverse("role-end", args=[role.pk])}

    def context(self):
        stranded = self.records("stranded").count()
        return {"stranded": stranded, "stranded_url": "?state=stranded"}


def state_of(role) -> dict:
    """The cell that says whether the role is in force today."""
    today = timezone.localdate()
    if role.valid_to is not None and role.valid_to < today:
        return {"value": "已结束", "badge": "neutral"}
    if role.unit.valid_to is not None and role.unit.valid_to < today:
        return {"value": "单位已停用", "badge": "warn"}
    if role.valid_from > today:
        return {"value": "尚未开始", "badge": "info"}
    if (left := days_left(role)) is not None:
        return {"value": told_left(left), "badge": "warn"}
    return {"value": "有效", "badge": "good"}


def why_of(role) -> str:
    """For whom and why it is held, for lists."""
    stands = f"代理{role.stands_for.name}" if role.stands_for else role.manner
    return "：".join(filter(None, (stands, role.reason)))


class RoleGrant(GuidedView):
    """A new role; ``?user=5`` chooses the account beforehand."""

    title, button = "授予角色", "授予"

    def form(self, data=None):
        chosen = self.request.GET.get("user", "")
        initial = {"user": chosen} if chosen.isdecimal() else {}
        return GrantForm(data, by=self.request.user, initial=initial)

    def perform(self, form):
        given = {key: form.cleaned_data[key] for key in form.fields}
        return services.grant_role(**given, by=self.request.user)

    def done(self, form, assignment):
        messages.success(self.request, f"已授予：{assignment}。")
        return redirect("role-list")

    def context(self):
        return {"parent_url": reverse("role-list"), "parent_title": "角色"}


class OneRole(GuidedView):
    """The role of the URL, missing when out of reach."""

    def dispatch(self, request, *args, **kwargs):
        roles = assignments_in_reach(request.user).select_related("user", "unit")
        self.assignment = get_object_or_404(roles, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def context(self):
        return {"parent_url": reverse("role-list"), "parent_title": "角色"}


class RoleEnd(OneRole):
    title, button = "收回角色", "收回"

    def form(self, data=None):
        return EndRoleForm(data, rows=[self.assignment])

    def perform(self, form):
        services.end_role(
            form.as_loaded(self.assignment),
            last_day=form.cleaned_data["last_day"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"已收回：{self.assignment}。")
        return redirect("role-list")

    def context(self):
        return super().context() | {"explanation": f"将收回：{self.assignment}。"}


class RoleProlong(OneRole):
    """A temporary role is prolonged by a grant of its own, with the reason."""

    template_name = "accounts/role_prolong.html"
    title, button = "角色续期", "续期"

    def form(self, data=None):
        if self.assignment.valid_to is None:
            raise Denied("这个角色长期有效，不需要续期。")
        return ProlongForm(data)

    def perform(self, form):
        return services.prolong_role(
            self.assignment,
            valid_to=form.cleaned_data["valid_to"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"已续期：{result}，到 {result.valid_to}。")
        return redirect("role-list")

    def context(self):
        told = f"{self.assignment}，原定到 {display(self.assignment.valid_to)}。续期另成一条授权，原授权不改。"
        end = reverse("role-end", args=[self.assignment.pk])
        return super().context() | {"explanation": told, "end_url": end}


class RoleTable(View):
    """Every role: what it is for, at which level it is held, and each thing it may do."""

    def get(self, request):
        roles = [
            {
                "label": role.label,
                "sentence": DUTIES[role].sentence,
                "levels": "、".join(kind.label for kind in UnitKind if kind in LEVELS[role]),
                "permissions": [
                    text for name, text in PERMISSIONS.items() if name in DUTIES[role].permissions
                ],
            }
            for role in Role
        ]
        return render(request, "accounts/role_table.html", {"roles": roles})


_manage = needs("roles.manage")
role_list = _manage(repeatable(RoleList.as_view()))
role_grant = _manage(RoleGrant.as_view())
role_end = _manage(RoleEnd.as_view())
role_prolong = _manage(RoleProlong.as_view())
role_table = signed_in("the rules of the house; holds no unit's data")(RoleTable.as_view())
