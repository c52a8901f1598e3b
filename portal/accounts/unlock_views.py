"""Lifting the pause of sign-in after failures. For the system administrator."""

from django.contrib import messages
from django.shortcuts import redirect

from portal.accounts import locking
from portal.accounts.views import OneAccount
from portal.guided import GuidedView
from portal.marks import needs


class AccountUnlock(OneAccount, GuidedView):
    title, button = "解除暂停登录", "解除"
    explanation = (
        "{0} 因为连续输错密码被暂停登录。请先向本人核实，再解除；谁在什么时候解除，会留下记录。"
    )

    def check(self, account, *, by):
        """Any account in reach, administrators' too: the service asks for the permission."""

    def perform(self, form):
        return locking.unlock(self.account, by=self.request.user)

    def done(self, form, result):
        text = f"已解除 {result} 处暂停，{self.account} 现在可以登录。"
        messages.success(self.request, text if result else "现在没有暂停登录，不必解除。")
        return redirect("account-detail", pk=self.account.pk)


account_unlock = needs("accounts.manage")(AccountUnlock.as_view())
