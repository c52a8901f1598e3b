"""Signing in and out, and changing one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.urls import reverse_lazy

from portal.accounts import sessions
from portal.accounts.aging import is_expired, must_change
from portal.accounts.forms import NewPasswordForm, SignInForm
from portal.accounts.known_devices import remember
from portal.accounts.session_middleware import ENDED
from portal.accounts.session_words import words_of_end
from portal.demo_accounts import DEMO_PASSWORD, demo_accounts
from portal.marks import public, repeatable, signed_in
from portal.own_pages import LeadsOn


class SignIn(LeadsOn, auth.LoginView):
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        remember(self.request, response, form.get_user().username)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["ended"] = words_of_end(self.request.GET.get(ENDED, ""))
        if settings.DEMO:
            context |= {"demo_accounts": demo_accounts(), "demo_password": DEMO_PASSWORD}
        return context


class ChangePassword(auth.PasswordChangeView):
    form_class = NewPasswordForm
    success_url = reverse_lazy("password_change_done")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "must_change": must_change(user),
            "expired": is_expired(user) and not user.must_change_password,
        }

    def form_valid(self, form):
        if must_change(self.request.user):
            messages.success(self.request, "密码已设置，可以开始工作了。")
        answer = super().form_valid(form)
        sessions.end_others(self.request.user, self.request.session, sessions.NEW_PASSWORD)
        return answer


sign_in = public("the sign-in page")(repeatable(SignIn.as_view()))
sign_out = public("ends one's own session, also when it is over already")(
    repeatable(auth.LogoutView.as_view())
)
change_password = signed_in("one's own password", own_too=True)(ChangePassword.as_view())
password_changed = signed_in("says that one's own password changed", own_too=True)(
    auth.PasswordChangeDoneView.as_view()
)
