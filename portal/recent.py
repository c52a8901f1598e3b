"""What a user recorded last, across all ledgers, newest first."""

from collections import defaultdict

from django.db.models import CharField, Value
from django.utils import timezone

from portal.ledgers.registry import ledger_for, ledgers
from portal.scope import access_of

SHOWN = 8


def recent_records(user) -> list[dict]:
    """The user's newest records that they may still see, as text, address and time."""
    parts = [
        ledger.model.objects.kept()
        .filter(recorded_by=user)
        .order_by("-recorded_at")
        .annotate(slug=Value(ledger.slug, output_field=CharField()))
        .values_list("slug", "pk", "recorded_at")[:SHOWN]
        for ledger in _one_per_model()
        if access_of(user).may(ledger.view_permission)
    ]
    if not parts:
        return []
    first, *others = parts
    newest = list(first.union(*others, all=True).order_by("-recorded_at")[:SHOWN])
    wanted = defaultdict(list)
    for slug, pk, _ in newest:
        wanted[slug].append(pk)
    found = {
        (slug, record.pk): record
        for slug, pks in wanted.items()
        for record in ledgers[slug].queryset(user).filter(pk__in=pks)
    }
    return [
        {
            "ledger": ledgers[slug].title,
            "text": f"{ledgers[slug].title} · {ledgers[slug].label_of(found[slug, pk])}",
            "url": ledgers[slug].url("detail", found[slug, pk]),
            "when": f"{timezone.localtime(at):%m-%d %H:%M}",
        }
        for slug, pk, at in newest
        if (slug, pk) in found
    ]


def _one_per_model():
    return {ledger.model: ledger_for(ledger.model) for ledger in ledgers}.values()
