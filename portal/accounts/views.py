"""Accounts: who may sign in. For the system administrator, who cannot grant roles."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from portal.accounts import second_factor, services
from portal.accounts.forms import AccountForm, NameForm
from portal.accounts.lasting import days_left, told_left
from portal.accounts.listing import SearchedList, named_like
from portal.accounts.locking import locks_of
from portal.accounts.permissions import (
    accounts_in_reach,
    check_manage,
    may_end_sessions,
    may_manage,
    not_over,
)
from portal.fields import open_token, seal_token
from portal.guided import GuidedForm, GuidedView
from portal.ledgers.columns import display
from portal.marks import needs, repeatable
from portal.models import RoleAssignment
from portal.scope import access_of

PASSWORD_SHOWN_FOR = 10 * 60  # seconds between making a single-use password and showing it


def account_or_404(request, pk):
    return get_object_or_404(accounts_in_reach(request.user), pk=pk)


class AccountList(SearchedList):
    """Accounts that have or had a role in reach, and those without any."""

    template_name = "accounts/account_list.html"
    headers = ("姓名", "用户名", "现任角色", "状态", "最近登录")
    states = {"": "全部", "active": "启用", "disabled": "停用"}

    def records(self, state):
        accounts = accounts_in_reach(self.request.user)
        if state:
            accounts = accounts.filter(is_active=state == "active")
        units = access_of(self.request.user).units("accounts.manage")
        roles = RoleAssignment.objects.filter(not_over(), unit__in=units).select_related("unit")
        return accounts.prefetch_related(
            Prefetch("assignments", queryset=roles, to_attr="roles_here")
        ).order_by("username")

    def found(self, records, text):
        return records.filter(named_like(text))

    def row(self, account):
        roles = [told_role(role) for role in account.roles_here]
        return {
            "url": reverse("account-detail", args=[account.pk]),
            "cells": [
                {"value": account.name},
                {"value": account.username},
                {"value": "；".join(roles)},
                state_of(account),
                {"value": display(account.last_login)},
            ],
        }


def told_role(role) -> str:
    left = days_left(role)
    more = [word for word in (role.manner, "" if left is None else told_left(left)) if word]
    return f"{role.unit} {role.get_role_display()}" + (f"（{'，'.join(more)}）" if more else "")


def state_of(account) -> dict:
    """The cell that says whether the account can be used."""
    if not account.is_active:
        return {"value": "已停用", "badge": "bad"}
    if account.disabled_from is not None:
        return {"value": f"{display(account.disabled_from)} 起停用", "badge": "warn"}
    if account.must_change_password:
        return {"value": "待改密码", "badge": "warn"}
    return {"value": "启用", "badge": "good"}


class AccountDetail(View):
    def get(self, request, pk):
        account = account_or_404(request, pk)
        units = access_of(request.user).units("accounts.manage")
        roles = account.assignments.select_related("unit__parent").order_by("-valid_from", "-pk")
        context = {
            "account": account,
            "state": state_of(account),
            "last_login": display(account.last_login),
            "roles": roles.filter(unit__in=units),
            "works_elsewhere": roles.filter(not_over()).exclude(unit__in=units).exists(),
            "locks": list(locks_of(account)),
            "unlocks": account.unlocks.select_related("by").order_by("-pk")[:3],
            "manageable": may_manage(account, by=request.user),
            "factor": second_factor.factor_of(account),
            "must_have_factor": second_factor.must_have(account),
            "may_end_sessions": may_end_sessions(account, by=request.user),
        }
        return render(request, "accounts/account_detail.html", context)


class IssuesPassword(GuidedView):
    """An act that ends with a single-use password on the next page, once."""

    def issue(self, account, password):
        # Sealed, so that the session table never holds it in clear.
        issued = self.request.session.get("issued", {})
        self.request.session["issued"] = issued | {str(account.pk): seal_token(password)}
        return redirect("account-password", pk=account.pk)


class AccountCreate(IssuesPassword):
    title, button = "新建账号", "建立账号"

    def form(self, data=None):
        return AccountForm(data)

    def perform(self, form):
        return services.create_account(
            username=form.cleaned_data["username"],
            name=form.cleaned_data["name"],
            by=self.request.user,
        )

    def context(self):
        return {"parent_url": reverse("account-list"), "parent_title": "账号"}

    def done(self, form, result):
        account, password = result
        messages.success(self.request, f"已建立账号 {account.username}。角色由安全管理员授予。")
        return self.issue(account, password)


class OneAccount:
    """The account of the URL: missing when out of reach, refused when above one's powers."""

    explanation = ""
    check = staticmethod(check_manage)

    def dispatch(self, request, *args, **kwargs):
        self.account = account_or_404(request, kwargs["pk"])
        self.check(self.account, by=request.user)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return GuidedForm(data, rows=[self.account])

    def context(self):
        return {
            "explanation": self.explanation.format(self.account),
            "above_url": reverse("account-list"),
            "above_title": "账号",
            "parent_url": reverse("account-detail", args=[self.account.pk]),
            "parent_title": self.account.name,
        }

    def done(self, form, result):
        messages.success(self.request, f"{self.title}（{self.account}）。")
        return redirect("account-detail", pk=self.account.pk)


class AccountRename(OneAccount, GuidedView):
    title, button = "修改姓名", "保存"

    def form(self, data=None):
        return NameForm(data, rows=[self.account], initial={"name": self.account.name})

    def perform(self, form):
        account = form.as_loaded(self.account)
        services.rename_account(account, name=form.cleaned_data["name"], by=self.request.user)


class AccountDisable(OneAccount, GuidedView):
    title, button = "停用账号", "停用"
    explanation = "停用后，{0} 马上不能再登录，正在进行的操作也会中断；其角色和登记过的记录不变，可以随时重新启用。"

    def perform(self, form):
        services.disable_account(form.as_loaded(self.account), by=self.request.user)


class AccountEnable(OneAccount, GuidedView):
    title, button = "启用账号", "启用"
    explanation = "启用后，{0} 可以用原来的密码登录，现有角色继续有效。"

    def perform(self, form):
        services.enable_account(form.as_loaded(self.account), by=self.request.user)


class AccountReset(OneAccount, IssuesPassword):
    title, button = "重置密码", "重置"
    explanation = (
        "将为 {0} 生成一个只显示一次的临时密码；原密码和所有设备上的登录马上失效，"
        "对方登录后必须先修改密码。"
    )

    def perform(self, form):
        return services.reset_password(form.as_loaded(self.account), by=self.request.user)

    def done(self, form, result):
        return self.issue(self.account, result)


class AccountPassword(View):
    """The single-use password, shown once to the administrator who made it."""

    def get(self, request, pk):
        account = account_or_404(request, pk)
        issued = request.session.get("issued", {})
        token = issued.pop(str(account.pk), "")
        if token:
            request.session["issued"] = issued
        context = {"account": account, "password": open_token(token, PASSWORD_SHOWN_FOR)}
        return render(request, "accounts/password.html", context)


_manage = needs("accounts.manage")
account_list = _manage(repeatable(AccountList.as_view()))
account_create = _manage(AccountCreate.as_view())
account_detail = _manage(AccountDetail.as_view())
account_rename = _manage(AccountRename.as_view())
account_disable = _manage(AccountDisable.as_view())
account_enable = _manage(AccountEnable.as_view())
account_reset = _manage(AccountReset.as_view())
account_password = _manage(AccountPassword.as_view())
