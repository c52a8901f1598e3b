"""The declaration of what a phone may enter without network; an app declares its own in ``offline.py``.

Only what is added and never changes a stored row, so that a late arrival contradicts nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.forms import Form
from django.urls import reverse

from portal.registry import Registry


@dataclass(frozen=True)
class Slip:
    """One form of the page: ``hidden`` are the fields that tell which one of several it is, and with
    ``some`` at least one of its choices must be ticked."""

    title: str
    form: Form
    hidden: Sequence[tuple[str, object]] = ()
    some: bool = False


def told_nothing(entry, request) -> dict:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    ``form(data, files, user=)`` is the form of one entry, or raises ValidationError where what it is about
    is gone; ``save(form, by=)`` calls the service with a valid one and gives the stored record; it raises
    Denied, ValidationError, OSError. ``slips(user)`` are the forms of the page; a kind with a page of its
    own names it as ``page`` instead, with its scripts. ``told(entry, request)`` goes along with the answer
    to the phone.
    """

    code: str
    title: str
    icon: str
    text: str
    permission: str
    form: Callable[..., Form]
    save: Callable[..., Model]
    slips: Callable[[object], Sequence[Slip]] | None = None
    nothing: str = ""  # said where there is no slip
    page: str = ""
    scripts: tuple[str, ...] = ()
    told: Callable[..., dict] = told_nothing
    place: int = 0

    @property
    def url(self) -> str:
        return reverse(self.page) if self.page else reverse("phone-entry", args=[self.code])


offline: Registry[Kind] = Registry("offline")


def register(*kinds: Kind) -> None:
    for kind in kinds:
        offline.add(kind.code, kind)


def kinds_of(access) -> list[Kind]:
    """What this account may enter."""
    found = [kind for kind in offline if access.may(kind.permission)]
    return sorted(found, key=lambda kind: kind.place)


def any_kind(access) -> bool:
    return any(access.may(kind.permission) for kind in offline)
