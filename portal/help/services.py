"""The only writer of what users were shown."""

from django.utils import timezone

from portal.models import Shown

TOUR, NEWS = "tour", "news"


def put_away(key: str, *, by) -> None:
    """The user has seen this, or does not want to; again only moves the time on."""
    Shown.objects.update_or_create(user=by, key=key, defaults={"at": timezone.now()})
