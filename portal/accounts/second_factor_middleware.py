"""Keeps everything closed to a session that has not been proven by its second factor."""

from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from portal.accounts import second_factor
from portal.accounts.session_middleware import came_from, is_navigation
from portal.marks import asks_sign_in

CODE, SET_UP, PASSWORD = "login-code", "second-factor-set-up", "password_change"
REASONS = {
    CODE: "请先填写动态码，完成登录。",
    SET_UP: "您的角色须先设置双因素登录。",
    PASSWORD: "请先修改临时密码。",
}


class SecondFactorFirst:
    """Before the scope of the request is found: an unproven session has none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        request.second_factor_due = user.is_authenticated and second_factor.is_due(
            request.session, user
        )
        if request.second_factor_due:
            second_factor.withhold(user)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not (request.second_factor_due and asks_sign_in(view)):
            return None
        only = next_page(request.user)
        if request.resolver_match.url_name == only:
            return None
        return lead_to(request, only)


def next_page(user) -> str:
    """The one page that opens: the code, or what comes before there is one."""
    if second_factor.factor_of(user) is not None:
        return CODE
    return PASSWORD if user.must_change_password else SET_UP


def lead_to(request, name: str):
    url = reverse(name)
    if name == CODE:
        url += f"?{urlencode({'next': came_from(request)})}"
    if request.htmx:
        return HttpResponseClientRedirect(url)
    if request.method in {"GET", "POST"} and is_navigation(request):
        return redirect(url)
    return JsonResponse({"reason": REASONS[name]}, status=403)
