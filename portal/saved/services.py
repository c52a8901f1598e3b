"""The only writers of saved searches, and the look that each takes on its day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from portal.ledgers.registry import ledgers
from portal.models import SavedLook, SavedSearch, User
from portal.notifying import notify
from portal.saved.looking import horizon, look, selection_of
from portal.scope import Access, Scope, access_of, scope

MOST = 50  # of one account
MONDAY = 0
Every = SavedSearch.Every


def next_day(every: str, today: date) -> date | None:
    """The day of the next look after ``today``."""
    if every == Every.NEVER:
        return None
    if every == Every.DAY:
        return today + timedelta(days=1)
    return today + timedelta(days=7 - (today.weekday() - MONDAY) % 7)


@transaction.atomic
def save_search(ledger, params: QueryDict, *, name: str, every: str, by) -> SavedSearch:
    """Keep what the list's address asks for. Raises Denied, ValidationError: at ``name`` where it is taken,
    and where the address says what the list does not understand."""
    access_of(by).check(ledger.view_permission)
    selection, whole = selection_of(ledger, by, params)
    if not whole:
        raise ValidationError("条件里有系统不认识或已过时的内容，请回到列表重新查找后再保存。")
    if SavedSearch.objects.filter(user=by).count() >= MOST:
        raise ValidationError(f"最多保存 {MOST} 个查询，请先删去不用的。")
    search = SavedSearch(
        user=by,
        ledger=ledger.slug,
        name=name,
        selection=selection.frozen(),
        described=selection.described()[:300],
        every=every,
        seen=horizon(),
        next_on=next_day(every, timezone.localdate()),
    )
    search.full_clean(exclude={"next_on"})
    search.save()
    return search


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, every: str) -> SavedSearch:
    """A new name, or told more or less often; what is new counts from now where nobody was told before.
    Raises StaleRecord, ValidationError."""
    if search.every == Every.NEVER and every != Every.NEVER:
        search.seen = horizon()
    search.name, search.every = name, every
    search.next_on, search.trouble = next_day(every, timezone.localdate()), ""
    search.full_clean(exclude={"next_on"})
    search.save()
    return search


@transaction.atomic
def drop_search(search: SavedSearch) -> None:
    search.delete()


def open_url(search: SavedSearch) -> str:
    return reverse("saved-search", args=[search.pk])


def due(today: date) -> list[tuple[int, int]]:
    """(search, account) of those whose day has come, of active accounts; in a job's scope."""
    rows = SavedSearch.objects.filter(next_on__lte=today, user__is_active=True)
    return list(rows.order_by("user", "pk").values_list("pk", "user"))


def look_for(pk: int, user_id: int, today: date) -> int | None:
    """Take one look in the scope that the account has today, tell it what is new, and set the next day: all
    in one transaction, so that a job that was killed begins again where it was. How many rows were told of;
    None where another worker was first."""
    user = User.objects.get(pk=user_id)
    own = Access(user).scope()
    with scope(Scope(own.units, own.above, f"job:saved-search:{user_id}")):
        rows = SavedSearch.objects.select_for_update(skip_locked=True)
        search = rows.filter(pk=pk, next_on__lte=today).first()
        if search is None:
            return None
        until = horizon()
        taken = look(search, user, until)
        if taken.trouble:
            _tell_trouble(search, user, taken.trouble)
        elif taken.found:
            _tell_found(search, user, taken.found, today)
        if not taken.trouble:
            search.seen = until
        search.trouble, search.next_on = taken.trouble, next_day(search.every, today)
        search.save()
        return len(taken.found)


def _tell_found(search, user, found, today) -> None:
    kept = SavedLook.objects.create(user=user, search=search, looked_on=today, found=list(found))
    notify(
        "saved.found",
        to=[user],
        url=reverse("saved-look", args=[search.pk, kept.pk]),
        once=f"saved:{search.pk}:{today}",
        name=search.name,
        count=len(found),
    )


def _tell_trouble(search, user, trouble) -> None:
    """Once, until it can be used again."""
    if search.trouble != trouble:
        notify("saved.broken", to=[user], url=open_url(search), name=search.name, why=trouble)


def of_ledger(user, ledger) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(user=user, ledger=ledger.slug))


def title_of(search: SavedSearch) -> str:
    ledger = ledgers.get(search.ledger)
    return ledger.title if ledger else search.ledger
