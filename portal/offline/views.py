"""移动登记: the start page of the phone, the pages of entries, and what the phone asks by itself."""

import logging
import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import View

from portal.attachments.services import NO_ROOM
from portal.marks import public, repeatable, signed_in
from portal.offline.declare import Kind, Slip, kinds_of, offline
from portal.offline.forms import EntryForm
from portal.offline.manifest import manifest
from portal.offline.passes import pass_of
from portal.offline.services import NotValid, receive
from portal.offline.shell import page, worker_text
from portal.scope import Denied, access_of

log = logging.getLogger(__name__)

OTHER_USER = "这条记录是另一个账号登记的，须由本人登录后发送。"
NO_RIGHT = "您的账号现在不能登记“{}”，请联系管理员。"


def kind_asked(code: str) -> Kind:
    kind = offline.get(code)
    if kind is None:
        raise Http404(code)
    return kind


# --- what people see ----------------------------------------------------------------------------
@signed_in("what one may enter by phone, by one's own permissions")
def start(request):
    kinds = kinds_of(access_of(request.user))
    if not kinds:
        raise Denied("您的账号没有可以在手机上登记的内容。")
    context = {"kinds": kinds, "also": [kind.url for kind in kinds]}
    return render(request, "offline/start.html", context)


class EntryView(View):
    """The page of one kind; POST stores one entry by a plain form, under the key that it carries."""

    @cached_property
    def kind(self) -> Kind:
        kind = kind_asked(self.kwargs["kind"])
        if kind.slips is None:
            raise Http404(kind.code)
        access_of(self.request.user).check(kind.permission)
        return kind

    def get(self, request, kind):
        return self.show(self.kind.slips(request.user))

    def post(self, request, kind):
        form, status = None, 400
        try:
            receive(self.kind, request.POST, request.FILES, by=request.user)
        except NotValid as refusal:
            form = refusal.form
        except OSError:
            log.exception("no photo can be written below MEDIA_ROOT")
            form, status = self.kind.form(request.POST, request.FILES, user=request.user), 507
            form.is_valid()
            form.add_error(None, NO_ROOM)
        else:
            messages.success(request, f"已登记：{self.kind.title}。")
            return redirect(request.path)
        if isinstance(form, EntryForm):  # of a broken page, or a key that somebody used
            for text in texts_of(form):
                messages.error(request, text)
            return self.show(self.kind.slips(request.user), status=status)
        hidden = [
            (name, request.POST[name])
            for name in form.data
            if name in getattr(form, "hidden_names", ())
        ]
        return self.show([Slip(self.kind.title, form, hidden)], status=status)

    def show(self, slips, status=200):
        context = {
            "kind": self.kind,
            "slips": [(slip, EntryForm()) for slip in slips],
            "today": timezone.localdate(),
            "answer": status != 200,
        }
        return render(self.request, "offline/entry.html", context, status=status)


# --- what the phone asks by itself --------------------------------------------------------------
def texts_of(form) -> list[str]:
    return list(dict.fromkeys(text for errors in form.errors.values() for text in errors))


def store(request, kind):
    """POST {key, user, typed_at, the form's fields, photos} → {stored, …}, {other, reason}, or {reason,
    errors}; repeated with its key, the same answer. The key makes it safe to repeat."""
    if request.method != "POST":
        raise Http404(kind)
    found = kind_asked(kind)
    if request.POST.get("user") != str(request.user.pk):
        return JsonResponse({"other": True, "reason": OTHER_USER}, status=409)
    if not access_of(request.user).may(found.permission):
        return JsonResponse({"reason": NO_RIGHT.format(found.title)}, status=403)
    try:
        entry = receive(found, request.POST, request.FILES, by=request.user)
    except NotValid as refusal:
        errors = refusal.form.errors.get_json_data()
        told = {name: [each["message"] for each in found] for name, found in errors.items()}
        return JsonResponse(
            {"reason": "；".join(texts_of(refusal.form)), "errors": told}, status=400
        )
    except OSError:
        log.exception("no photo can be written below MEDIA_ROOT")
        return JsonResponse({"reason": NO_ROOM, "again": True}, status=507)
    return JsonResponse({"stored": entry.subject_id} | found.told(entry, request))


def grant(request):
    """GET ?device=UUID → the pass of this phone (portal/offline/passes.py)."""
    try:
        device = uuid.UUID(request.GET.get("device", ""))
    except ValueError:
        return JsonResponse({"reason": "页面不完整，请刷新。"}, status=400)
    return JsonResponse(pass_of(request, device))


def service_worker(request):
    answer = HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    return answer


def web_manifest(request):
    return JsonResponse(manifest(), content_type="application/manifest+json")


def shell(request):
    """The page that stands in for any other while there is no network; it holds no data at all."""
    return HttpResponse(page())


entry = signed_in("asks for the permission of its kind")(EntryView.as_view())
store = repeatable(signed_in("asks for the permission of its kind; each key is stored once")(store))
grant = signed_in("one's own account, and a key for what one's own phone keeps")(never_cache(grant))
service_worker = public("a program without data")(never_cache(service_worker))
web_manifest = public("name and icons of the portal")(web_manifest)
shell = public("a page without data, the same for everybody")(never_cache(shell))
