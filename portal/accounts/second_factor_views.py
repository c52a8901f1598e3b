"""双因素登录: the code after the password; setting up a phone, giving it up, new recovery codes."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from portal.accounts import recovery, second_factor
from portal.accounts.permissions import check_end_sessions
from portal.accounts.second_factor_forms import CodeForm, ConfirmForm, SetUpForm
from portal.accounts.views import OneAccount
from portal.fields import open_token, seal_token
from portal.guided import GuidedView
from portal.ledgers.columns import display
from portal.marks import needs, signed_in
from portal.own_pages import LeadsOn
from portal.pdf.qr import qr_uri

SECRET, CODES = "second-factor-secret", "recovery-codes"  # sealed, in the session
SECRET_KEPT, CODES_KEPT = 30 * 60, 10 * 60  # seconds

_own = signed_in("one's own second factor", own_too=True)


class Login(LeadsOn, FormView):
    """After the password."""

    template_name = "registration/code.html"
    form_class = CodeForm

    def dispatch(self, request, *args, **kwargs):
        if not request.second_factor_due:
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_default_redirect_url(self):
        return reverse("home")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url()}

    def form_valid(self, form):
        second_factor.prove(self.request.session)
        left = recovery.left(self.request.user)
        if form.by_recovery_code:
            messages.warning(
                self.request,
                f"这次用了一个恢复码，还剩 {left} 个。手机如果丢了，请在“双因素登录”里停用后重新设置。",
            )
        return super().form_valid(form)


class SetUp(FormView):
    template_name = "accounts/second_factor_set_up.html"
    form_class = SetUpForm

    def dispatch(self, request, *args, **kwargs):
        if second_factor.factor_of(request.user) is not None:
            return redirect("second-factor")
        return super().dispatch(request, *args, **kwargs)

    def secret(self) -> str:
        """The one that the page showed; a new one where that is too old."""
        kept = open_token(self.request.session.get(SECRET, ""), SECRET_KEPT)
        if kept is None:
            kept = second_factor.new_secret()
            self.request.session[SECRET] = seal_token(kept)
        return kept

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "request": self.request,
            "secret": self.secret(),
        }

    def get_context_data(self, **kwargs):
        secret = self.secret()
        return super().get_context_data(**kwargs) | {
            "qr": qr_uri(second_factor.address_of_secret(secret, self.request.user)),
            "secret": second_factor.in_groups(secret),
            "due": self.request.second_factor_due,
            "exempt": second_factor.is_exempt(self.request.user),
        }

    def form_valid(self, form):
        self.request.session.pop(SECRET, None)
        return show_codes(self.request, form.codes)


def show_codes(request, codes: list[str]):
    """On the next page, once; sealed, so that the table of sessions never holds them in clear."""
    request.session[CODES] = seal_token(" ".join(codes))
    return redirect("recovery-codes")


@_own
@require_safe
def second_factor_page(request):
    factor = second_factor.factor_of(request.user)
    context = {
        "factor": factor,
        "since": display(factor.made_at) if factor else "",
        "left": recovery.left(request.user),
        "required": second_factor.must_have(request.user),
        "exempt": second_factor.is_exempt(request.user),
    }
    return render(request, "accounts/second_factor.html", context)


@_own
@require_safe
def recovery_codes(request):
    token = request.session.pop(CODES, "")
    codes = (open_token(token, CODES_KEPT) or "").split()
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


class OwnAct(GuidedView):
    """An act on one's own second factor, proven by a code."""

    def dispatch(self, request, *args, **kwargs):
        if second_factor.factor_of(request.user) is None:
            return redirect("second-factor")
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return ConfirmForm(data, user=self.request.user)

    def context(self):
        return {
            "explanation": self.explanation,
            "parent_url": reverse("second-factor"),
            "parent_title": "双因素登录",
        }


class NewCodes(OwnAct):
    title, button = "重新生成恢复码", "生成"
    explanation = "生成后，原来没有用过的恢复码全部作废。"

    def perform(self, form):
        return recovery.renew(self.request.user)

    def done(self, form, result):
        return show_codes(self.request, result)


class TakeAway(OwnAct):
    title, button = "停用或更换手机", "停用"
    explanation = (
        "停用后，原来的手机和恢复码都不能再用，其他设备上的登录马上退出。"
        "您的角色如须双因素登录，接下来就在新手机上重新设置。"
    )

    def perform(self, form):
        second_factor.take_away(self.request.user, self.request.session)

    def done(self, form, result):
        messages.success(self.request, "双因素登录已停用。")
        return redirect("second-factor")


class AccountFactorReset(OneAccount, GuidedView):
    title, button = "重置双因素登录", "重置"
    explanation = (
        "用于 {0} 手机丢失、恢复码也不在的情形，请先当面核实是本人。重置后原来的手机和恢复码作废，"
        "所有设备上的登录马上退出；密码不变，角色要求双因素登录的，下次登录须重新设置。"
    )
    check = staticmethod(check_end_sessions)

    def perform(self, form):
        second_factor.reset(form.as_loaded(self.account), by=self.request.user)


login_code = _own(Login.as_view())
set_up = _own(SetUp.as_view())
new_codes = _own(NewCodes.as_view())
take_away = _own(TakeAway.as_view())
account_factor_reset = needs("accounts.manage")(AccountFactorReset.as_view())
