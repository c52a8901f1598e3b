"""Whom, or what, a user dealt with last: offered by a picker while its box is empty."""

from portal.ledgers.registry import ledger_for, ledgers
from portal.scope import access_of

SHOWN = 8


def dealt_with(target, user, most: int = SHOWN) -> list:
    """The records of a ledger that the user recorded, or named in a record, last; newest first, only
    those that the user sees. Read from the records themselves: nothing more is kept about anybody."""
    parts = [
        rows.order_by("-recorded_at").values_list(path, "recorded_at")[: most * 2]
        for rows, path in _sources(target, user)
    ]
    if not parts:
        return []
    first, *others = parts
    rows = first.union(*others, all=True).order_by("-recorded_at")[: most * 6] if others else first
    keys = list(dict.fromkeys(key for key, _ in rows))
    found = {record.pk: record for record in target.queryset(user).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found][:most]


def _sources(target, user):
    """(records of this user, path of the key of what they name)."""
    access = access_of(user)
    for model in dict.fromkeys(ledger.model for ledger in ledgers):
        ledger = ledger_for(model)
        if not access.may(ledger.view_permission):
            continue
        own = model.objects.kept().filter(recorded_by=user)
        if model is target.model:
            yield own, "pk"
        for field in model._meta.concrete_fields:
            if field.related_model is target.model and model is not target.model:
                yield own.filter(**{f"{field.name}__isnull": False}), field.attname
