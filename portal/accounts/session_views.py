"""我的登录: where one is signed in, and signing out elsewhere; and an administrator who ends all of an account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts import sessions
from portal.accounts.permissions import check_end_sessions
from portal.accounts.views import OneAccount
from portal.guided import GuidedView
from portal.ledgers.columns import display
from portal.marks import needs, signed_in
from portal.policies import policy

_own = signed_in("one's own sign-ins alone", own_too=True)


@_own
@require_safe
def session_list(request):
    rows = [
        {
            "pk": row.pk,
            "device": row.device,
            "address": row.address,
            "began": display(row.began_at),
            "seen": display(row.seen_at),
            "here": sessions.is_here(row, request.session),
        }
        for row in sessions.own_sessions(request.user)
    ]
    context = {
        "rows": sorted(rows, key=lambda row: not row["here"]),
        "idle_minutes": policy("idle_minutes"),
        "session_hours": policy("session_hours"),
        "most": 1 if policy("one_session") else policy("sessions_most"),
    }
    return render(request, "accounts/sessions.html", context)


@_own
@require_POST
def session_end(request, pk):
    row = get_object_or_404(sessions.own_sessions(request.user), pk=pk)
    if sessions.is_here(row, request.session):
        messages.info(request, "这是您正在使用的登录；要退出，请用右上角菜单里的“退出登录”。")
    else:
        sessions.end([row], request.user, sessions.OWN)
        messages.success(request, f"已退出 {row.device} 上的登录。")
    return redirect("session-list")


@_own
@require_POST
def session_end_others(request):
    count = sessions.end_others(request.user, request.session)
    messages.success(
        request, f"已退出其他 {count} 处登录。" if count else "没有其他登录，不用退出。"
    )
    return redirect("session-list")


class AccountSessionsEnd(OneAccount, GuidedView):
    title, button = "退出所有登录", "全部退出"
    explanation = (
        "{0} 在所有设备上的登录马上失效，对方的下一次操作会被带到登录页；密码不变，可以重新登录。"
    )
    check = staticmethod(check_end_sessions)

    def perform(self, form):
        sessions.end_all(form.as_loaded(self.account), by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"{self.account} 的所有登录都已退出。")
        return redirect(reverse("account-detail", args=[self.account.pk]))


account_sessions_end = needs("accounts.manage")(AccountSessionsEnd.as_view())
