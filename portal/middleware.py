"""One request in order: user, transaction, isolation, scope, idempotency claim, view (DESIGN §4.4)."""

import hashlib
import json
import logging
import uuid
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error as DatabaseError
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from portal import replica
from portal.accounts.aging import must_change
from portal.corrections import FIELD, announce_reason, cleaned
from portal.errors import (
    PeriodClosed,
    ReferenceOutOfScope,
    StaleRecord,
    Unreadable,
    is_overload,
    translated,
)
from portal.isolation import read_one_moment, taken_meanwhile
from portal.marks import asks_sign_in, is_counted, is_repeatable, is_snapshot, writes_on_get
from portal.models import Submission
from portal.pdf.cut_off import PrintCutOff
from portal.public_tries import address_of
from portal.request_ids import present_or_new
from portal.scope import (
    NOBODY,
    Denied,
    OutOfScope,
    Scope,
    access_of,
    announce,
    current_scope,
    entered,
)
from portal.unmasking.children import ReasonNeeded

log = logging.getLogger("portal.request")

REQUEST_LIMITS = {"statement_timeout": "15s", "lock_timeout": "5s"}


METHODS = ("GET", "HEAD", "POST")


class KnownMethods:
    """Refuse what no page of ours sends; a function view would answer any method."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class NoStore:
    """Pages of a signed-in user are never kept by a browser or proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


def nobody() -> Scope:
    return replace(NOBODY, request=present_or_new())


class RequestScope:
    """Open the transaction, say who acts and where, and roll everything back on a 5xx.

    Reads are REPEATABLE READ and READ ONLY, so that all numbers of a page are of one moment and a
    GET cannot write; views marked ``writes_on_get`` (they log a sensitive read) may. A POST marked
    ``snapshot`` reads one moment too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        # Read before the transaction begins: isolation must be its first statement. Always of the
        # primary: rights change at once.
        scope = access_of(user).scope() if user.is_authenticated else nobody()
        if replica.may_answer(request):
            with replica.in_its_place():
                response = self._asked_of_replica(request, scope)
            if response is not None:
                return response
        response = self._within(request, scope)
        if request.method == "POST" and response.status_code < 500:
            replica.remember_write(request, response)
        return response

    def _asked_of_replica(self, request, scope):
        """None where it failed; the primary is asked instead, and pages that fail there too are its own."""
        request.replica_failed = None
        try:
            response = self._within(request, scope)
        except DatabaseError as error:
            request.replica_failed = error
        if request.replica_failed is None:
            return response
        replica.replica.failed(request.replica_failed)
        return None

    def _within(self, request, scope):
        nested = connection.in_atomic_block  # only under tests
        with entered(scope), transaction.atomic():
            if not nested and reads_one_moment(request):
                read_one_moment()
            announce(scope, REQUEST_LIMITS | {"app.address": address_of(request)})
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method in {"GET", "HEAD"} and not writes_on_get(view):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")

    def process_exception(self, request, exception):
        """Turn our own refusals into pages; the view's transaction is already rolled back."""
        if replica.is_in_place() and replica.is_its_fault(exception):
            request.replica_failed = exception
            return HttpResponse(status=503)
        if isinstance(exception, OperationalError) and is_overload(exception):
            log.warning("%s gave up waiting: %s", request.resolver_match.view_name, exception)
            text = "现在使用的人较多，这次操作没有完成，也没有改动任何记录；请稍后再试。"
            return message_page(request, "系统正忙", text, 503)
        if isinstance(exception, DatabaseError):
            exception = translated(exception)
        match exception:
            case Denied():
                log.info("denied %s %s", current_scope().actor, request.resolver_match.view_name)
                raise PermissionDenied(str(exception))
            case PeriodClosed():
                return ask_for_reason(request, exception)
            case ReasonNeeded():
                go = HttpResponseClientRedirect if request.htmx else redirect
                return go(exception.page)
            case PrintCutOff():
                title, text, status = "没有打印出来", str(exception), 422
            case StaleRecord():
                title, text, status = "记录已被别人修改", "请返回并刷新页面后再试。", 409
            case Unreadable():
                log.error("%s cannot be read: %s", request.resolver_match.view_name, exception)
                title, status = "有一项内容读不出来", 409
                text = (
                    "这里要用的一项内容已经损坏，或不是用现在的密钥保存的；没有改动任何记录。"
                    "请把本页告诉系统管理员。"
                )
            case OutOfScope() | ReferenceOutOfScope():
                title, text, status = "没有找到", "您要的内容不存在，或不在您的工作范围内。", 404
            case _:
                return None
        return message_page(request, title, text, status)


class Corrections:
    """Why a record of a closed period is changed, where a page asked for it.

    Heard from a signed-in user on a page that asks for sign-in; elsewhere (residents' pages, signing in,
    personal links) the field means nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not (request.user.is_authenticated and asks_sign_in(view)):
            return None
        if FIELD not in request.POST:
            return None
        try:
            announce_reason(cleaned(request.POST[FIELD]))
        except ValidationError as error:
            return ask_for_reason(request, None, "".join(error.messages))
        return None


def ask_for_reason(request, closed: PeriodClosed | None, problem: str = ""):
    """The fields that were sent, to be sent again with a reason; passwords are never shown again."""
    context = {
        "closed": closed or "这段时间的记录已经上报并关账。",
        "problem": problem,
        "reason": request.POST.get(FIELD, ""),
        "files": bool(request.FILES),
        "action": request.get_full_path(),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in {"csrfmiddlewaretoken", "_key", FIELD} and "password" not in name.lower()
            for value in values
        ],
    }
    return render(request, "closing/refused.html", context, status=409)


def message_page(request, title, text, status, remedy_url=None, remedy=None):
    context = {
        "title": title,
        "text": text,
        "status": status,
        "remedy_url": remedy_url or reverse("home"),
        "remedy": remedy or "回到首页",
    }
    return render(request, "portal/message.html", context, status=status)


def reads_one_moment(request) -> bool:
    """Reads that are not ``counted``, and the POSTs marked ``snapshot``; asked before Django itself
    resolves the view."""
    reads = request.method in {"GET", "HEAD"}
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return reads
    return not is_counted(view) if reads else is_snapshot(view)


class FirstPassword:
    """An account whose password is for single use, or too old, may only change it or sign out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if request.second_factor_due or not (user.is_authenticated and must_change(user)):
            return None  # an unproven session has one page only, which may be that of the code
        allowed = {"password_change", "logout"}
        return None if request.resolver_match.url_name in allowed else redirect("password_change")


class SubmitOnce:
    """Each POST carries a key; the first wins, its repeats are sent where the first one went.

    A POST that does not redirect (a rejected form) gives its key back, so it can be corrected and
    sent again. The same key with another body is refused with 409.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.submission = None
        response = self.get_response(request)
        claim = request.submission
        if claim is not None and response.status_code < 500:
            if response.status_code in {302, 303}:
                claim.location = response["Location"]
                claim.save(update_fields=["location"])
            else:
                claim.delete()
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not request.user.is_authenticated or is_repeatable(view):
            return None
        try:
            key = uuid.UUID(request.POST.get("_key", ""))
        except ValueError:
            return message_page(
                request, "这次提交不完整", "页面可能打开太久，请返回刷新后重新提交。", 400
            )
        body_hash = hash_of_body(request)
        try:
            with transaction.atomic():
                claim, created = claim_submission(request.user, key, body_hash)
        except OperationalError as error:
            # The twin still works, or it committed after the moment of a ``snapshot`` view.
            if not taken_meanwhile(error):
                raise
            text = "同一张表单的第一次提交正在办理或已经办好，请稍后到列表中查看结果。"
            return message_page(request, "这张表单已经提交过", text, 409)
        if created:
            request.submission = claim
            return None
        if claim.body_hash != body_hash:
            return message_page(
                request,
                "这张表单已经提交过",
                "同一张表单不能改了内容再次提交；请打开新的表单登记。",
                409,
            )
        return redirect(claim.location)


def claim_submission(user, key, body_hash):
    """(claim, whether it is ours); a concurrent twin waits here until the first one commits."""
    claim = Submission(user=user, key=key, body_hash=body_hash)
    Submission.objects.bulk_create([claim], ignore_conflicts=True)
    found = Submission.objects.get(user=user, key=key)
    return found, found.location == "" and found.body_hash == body_hash


def hash_of_body(request) -> str:
    """Over the path, the fields and the files' contents; the CSRF token differs between two tabs."""
    fields = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "_key"}
    )
    digest = hashlib.sha256(json.dumps([request.path, fields], ensure_ascii=False).encode())
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest.update(name.encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()
