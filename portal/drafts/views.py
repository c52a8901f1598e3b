"""Drafts over the wire: kept while typing, dropped, listed; and what the browser needs to keep them."""

import base64
import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.crypto import secret_for
from portal.drafts import services
from portal.drafts.offering import draft_of, drafts_of, moment, page_of
from portal.drafts.services import Place
from portal.ledgers.fields import sent_id
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, polled, repeatable, signed_in
from portal.models import EntryDraft


class OfPlace(LedgerView):
    """Starts from the form that the address names: its ledger, and the record that it changes."""

    edits = True

    def place(self) -> Place:
        page = self.request.GET.get("page", "")
        if page not in EntryDraft.Page:
            raise Http404
        if page != EntryDraft.Page.EDIT:
            return Place(self.ledger, page)
        self.kwargs["pk"] = sent_id(self.request.GET.get("record", ""))
        record = self.record()
        self.require_edit(record)
        return Place(self.ledger, page, record)


class SaveView(OfPlace):
    """Answers {state}: kept, or sent where the form itself arrived meanwhile, older where a later draft
    is known (``at``, in milliseconds, of a copy that waited in the browser)."""

    def post(self, request, slug):
        place = self.place()
        try:
            key = uuid.UUID(request.POST.get("_key", ""))
        except ValueError:
            return JsonResponse({"reason": "页面不完整，草稿没有保存。"}, status=400)
        if services.was_sent(request.user, key):
            return JsonResponse({"state": "sent"})
        waited, known = sent_id(request.GET.get("at", "")), draft_of(place, request.user)
        if waited and known and known.saved_at.timestamp() * 1000 > waited:
            return JsonResponse({"state": "older"})
        try:
            draft = services.keep(place, services.typed_in(request.POST), key=key, by=request.user)
        except ValidationError as refusal:
            return JsonResponse({"reason": refusal.messages[0]}, status=413)
        return JsonResponse({"state": "kept", "at": moment(draft.saved_at)})


class DropView(OfPlace):
    """丢弃: the form empty again, or the list of drafts."""

    def post(self, request, slug):
        place = self.place()
        services.drop(place, by=request.user)
        if request.GET.get("back") == "list":
            return redirect("draft-list")
        names = {"many": "add-many", "batch": "add-batch"}
        return redirect(self.ledger.url(names.get(place.page, place.page), place.record))


@signed_in("only the user's own drafts")
def draft_list(request):
    shown = [page_of(draft, request.user) for draft in drafts_of(request.user)]
    return render(request, "drafts/list.html", {"drafts": [page for page in shown if page]})


@polled
@signed_in("tells the user's own browser who is signed in, and the key of copies that wait in it")
def session(request):
    """?browser=UUID, the random name that the browser gave itself. ``key`` opens and seals the copies of
    this user in that browser alone, null where it gave none since it keeps nothing; the browser holds it in
    memory and stores it nowhere, so without this user's sign-in the copies stay closed."""
    try:
        browser = uuid.UUID(named) if (named := request.GET.get("browser", "")) else None
    except ValueError:
        return JsonResponse({"reason": "页面不完整，请刷新。"}, status=400)
    key = browser and secret_for(f"draft copies of user {request.user.pk} in browser {browser}")
    return JsonResponse(
        {
            "user": str(request.user.pk),
            "csrf": get_token(request),
            "key": base64.b64encode(key).decode() if key else None,
            "at": timezone.now().timestamp() * 1000,
        }
    )


save = by_ledger(repeatable(SaveView.as_view()))
drop = by_ledger(DropView.as_view())
