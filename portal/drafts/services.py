"""Keeping, opening and dropping drafts; nobody else writes EntryDraft."""

import json
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone

from portal.crypto import CannotOpen, decrypt_bytes, encrypt_bytes
from portal.models import EntryDraft, Submission
from portal.scope import Denied, access_of

KEPT = timedelta(days=30)
MOST_BYTES = 400_000
MOST_DRAFTS = 100  # of one user; the oldest go
# Of the form, not of what was typed.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "_key", "next", "more", "paste", "step"})


@dataclass(frozen=True)
class Place:
    """Which form of which ledger a draft is of; ``record`` is None for a new one."""

    ledger: object
    page: str
    record: object = None

    @property
    def subject_id(self) -> int:
        return self.record.pk if self.record is not None else 0

    def unit_for(self, user) -> int:
        """Whose draft it is. Raises Denied for an account without a role in force."""
        if self.record is not None:
            return self.record.unit_id
        home = access_of(user).home
        if home is None:
            raise Denied("您的账号现在没有岗位，草稿没有保存；请联系安全管理员。")
        return home.pk

    def rows_of(self, user):
        return EntryDraft.objects.filter(
            user=user, ledger=self.ledger.slug, page=self.page, subject_id=self.subject_id
        )


def typed_in(post) -> list[tuple[str, list[str]]]:
    """The fields of a posted form that a draft keeps: never a password, nothing of the form itself."""
    return [
        (name, values)
        for name, values in post.lists()
        if name not in OWN_FIELDS and "password" not in name.lower()
    ]


def context_at(user_id: int, ledger: str, page: str, subject_id: int) -> bytes:
    """Authenticated along: moved to another user or place, a draft does not open."""
    return f"draft:{user_id}:{ledger}:{page}:{subject_id}".encode()


def was_sent(user, key) -> bool:
    """Whether the form with this key was stored after all: its answer may have been lost."""
    return Submission.objects.filter(user=user, key=key).exclude(location="").exists()


def unsent(drafts):
    """Of these drafts those whose form was not stored after all."""
    return drafts.filter(~_sent())


def _sent() -> Exists:
    claims = Submission.objects.filter(user=OuterRef("user"), key=OuterRef("key"))
    return Exists(claims.exclude(location=""))


@transaction.atomic
def keep(place: Place, fields, *, key: uuid.UUID, by) -> EntryDraft:
    """Keep what was typed in place of what the draft said before. Raises ValidationError where it is
    too long to be typed by hand, Denied as ``unit_for``."""
    content = json.dumps(fields, ensure_ascii=False).encode()
    if len(content) > MOST_BYTES:
        raise ValidationError("内容太长，草稿没有保存；请先保存这张表单。")
    context = context_at(by.pk, place.ledger.slug, place.page, place.subject_id)
    draft, created = EntryDraft.objects.update_or_create(
        user=by,
        unit_id=place.unit_for(by),
        ledger=place.ledger.slug,
        page=place.page,
        subject_id=place.subject_id,
        defaults={
            "content": encrypt_bytes(content, context),
            "key": key,
            "saved_at": timezone.now(),
        },
    )
    if created:
        surplus = EntryDraft.objects.filter(user=by).order_by("-saved_at")[MOST_DRAFTS:]
        EntryDraft.objects.filter(pk__in=[old.pk for old in surplus]).delete()
    return draft


def opened(draft: EntryDraft) -> QueryDict | None:
    """What was typed, as a form would be sent; None where the seal does not open."""
    context = context_at(draft.user_id, draft.ledger, draft.page, draft.subject_id)
    try:
        fields = json.loads(decrypt_bytes(bytes(draft.content), context))
    except (CannotOpen, ValueError):
        return None
    data = QueryDict(mutable=True)
    for name, values in fields:
        data.setlist(name, values)
    return data


def drop(place: Place, *, by) -> None:
    """The form was stored, or the user wants no more of it."""
    place.rows_of(by).delete()


def drop_old(now) -> int:
    """What nobody went on with for KEPT, or was stored after all; in a scope of every unit."""
    count, _ = EntryDraft.objects.filter(Q(saved_at__lt=now - KEPT) | Q(_sent())).delete()
    return count
