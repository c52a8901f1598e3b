"""What the page of a form is told of drafts: where to keep one, and whether there is one to go on with."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from portal.drafts import services
from portal.drafts.services import KEPT, Place
from portal.ledgers.registry import ledgers
from portal.models import EntryDraft
from portal.scope import access_of

ASKED = "draft"  # the parameter that asks for the draft in the form


def moment(at) -> str:
    """今天 14:05, 昨天 14:05, 3月9日 14:05: local time."""
    local = timezone.localtime(at)
    days = (timezone.localdate() - local.date()).days
    named = {0: "今天", 1: "昨天"}.get(days, f"{local.month}月{local.day}日")
    return f"{named} {local:%H:%M}"


def draft_of(place: Place, user) -> EntryDraft | None:
    """The user's draft of this form, unless the form was sent after all."""
    return services.unsent(place.rows_of(user)).first()


@dataclass(frozen=True)
class Offer:
    """For templates. ``values`` is what was typed, where the page was asked to go on with it."""

    place: Place
    user: object
    draft: EntryDraft | None
    values: QueryDict | None
    path: str

    @property
    def resumed(self) -> bool:
        return self.values is not None

    @property
    def at(self) -> str:
        return moment(self.draft.saved_at) if self.draft else ""

    @property
    def key(self):
        """Of the form that was left: sent again, it is known."""
        return self.draft.key if self.resumed else None

    @property
    def save_url(self) -> str:
        return f"{self.place.ledger.url('draft')}?{self._query}"

    @property
    def drop_url(self) -> str:
        return f"{self.place.ledger.url('draft-drop')}?{self._query}"

    @property
    def resume_url(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        """Of the place, for the copy that waits in the browser while nothing can be sent."""
        return f"{self.place.ledger.slug}/{self.place.page}/{self.place.subject_id}"

    @property
    def _query(self) -> str:
        return f"page={self.place.page}&record={self.place.subject_id}"


def offer(request, place: Place) -> Offer:
    """Looks for a draft only where a form is opened; a form sent and rejected shows its own."""
    draft = draft_of(place, request.user) if request.method == "GET" else None
    asked = draft is not None and request.GET.get(ASKED) == "1"
    query = request.GET.copy()
    query[ASKED] = "1"
    return Offer(
        place,
        request.user,
        draft,
        services.opened(draft) if asked else None,
        f"{request.path}?{query.urlencode()}",
    )


def page_of(draft: EntryDraft, user) -> dict | None:
    """A draft as the list of drafts shows it; None where its form is no longer the user's."""
    ledger = ledgers.get(draft.ledger)
    if ledger is None or not access_of(user).may(ledger.edit_permission):
        return None
    record = None
    if draft.page == EntryDraft.Page.EDIT:
        record = ledger.queryset(user).filter(pk=draft.subject_id).first()
        if record is None:
            return None
    url = {
        EntryDraft.Page.ADD: lambda: ledger.url("add"),
        EntryDraft.Page.EDIT: lambda: ledger.url("edit", record),
        EntryDraft.Page.MANY: lambda: ledger.url("add-many"),
        EntryDraft.Page.BATCH: lambda: ledger.url("add-batch"),
    }[draft.page]()
    place = Place(ledger, draft.page, record)
    shown = Offer(place, user, draft, None, f"{url}?{ASKED}=1")
    label = f"：{ledger.label_of(record)}" if record is not None else ""
    return {
        "title": f"{draft.get_page_display()}{ledger.title}{label}",
        "at": shown.at,
        "kept_until": timezone.localtime(draft.saved_at + KEPT).date(),
        "url": shown.resume_url,
        "drop_url": f"{shown.drop_url}&back=list",
    }


def address_of(draft: EntryDraft) -> str:
    """Where a draft goes on, without asking whether it still may."""
    ledger = ledgers.get(draft.ledger)
    if ledger is None:
        return reverse("draft-list")
    if draft.page == EntryDraft.Page.EDIT:
        return f"{reverse('ledger-edit', args=[draft.ledger, draft.subject_id])}?{ASKED}=1"
    names = {"add": "add", "many": "add-many", "batch": "add-batch"}
    return f"{ledger.url(names[draft.page])}?{ASKED}=1"


def drafts_of(user):
    """The user's drafts in units that are still theirs, newest first, without those that were sent."""
    return services.unsent(EntryDraft.objects.filter(user=user)).order_by("-saved_at", "-pk")
