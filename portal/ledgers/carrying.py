"""What a new record begins with: what the user's last one of the ledger said, or all of a like one.

Nothing of it stands in an address or in the browser: the server reads it from the records (ADR 40).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils import timezone

from portal.fields import EncryptedTextField
from portal.ledgers.columns import choice_label, display
from portal.ledgers.registry import ledger_for

ROUND = timedelta(days=7)  # what lies further back is another round of work
SETTLED = ("unit", "place", "method")  # carried by every ledger that asks for them


@dataclass(frozen=True)
class Beginning:
    """``values`` are initial values by form field; ``record`` is where they come from."""

    record: models.Model
    values: dict
    whole: bool = False  # all of a like record, not only what is carried

    @property
    def at(self):
        return timezone.localtime(self.record.recorded_at)

    @property
    def told(self) -> list[str]:
        """The carried fields in words, for the line above the form."""
        found = []
        for name in self.values:
            field = self.record._meta.get_field(name)
            text = display(choice_label(field, getattr(self.record, name)))
            found.append(f"{field.verbose_name}“{text}”" if len(text) <= 12 else field.verbose_name)
        return found


def carried_fields(ledger) -> tuple[str, ...]:
    """Those that the ledger declares; else the ones that a round keeps, who did it, and SETTLED.

    Never a day: the last record's day, taken over unseen, would date today's work wrongly. Never a
    state either: each record begins its own way."""
    declared = ledger.carries
    if declared is None:
        declared = (*ledger.kept_for_next, ledger.own_name, *SETTLED)
    known = {"unit", *ledger.model_fields}
    return tuple(
        name
        for name in dict.fromkeys(declared)
        if name in known and _may_be_taken(ledger, ledger.model._meta.get_field(name))
    )


def _may_be_taken(ledger, field) -> bool:
    if isinstance(field, models.DateField | EncryptedTextField | models.FileField):
        return False
    return not (ledger.workflow and field.name == ledger.workflow.field)


def last_of(ledger, user):
    """The user's last kept record of the ledger in ROUND, as far as they still see it."""
    since = timezone.now() - ROUND
    rows = ledger.queryset(user).filter(recorded_by=user, recorded_at__gte=since)
    return rows.order_by("-recorded_at", "-pk").first()


def carried(ledger, user) -> Beginning | None:
    """What a new record takes over from the user's last one, nothing concealed; None where there is
    nothing."""
    names = carried_fields(ledger)
    record = last_of(ledger, user) if names else None
    if record is None:
        return None
    concealed, _ = ledger.concealed(record)
    values = _values(ledger, record, [name for name in names if name not in concealed], user)
    if values.get(ledger.own_name) == user.name:
        del values[ledger.own_name]  # begins so anyway
    return Beginning(record, values) if values else None


def like(ledger, record, user) -> Beginning:
    """All that a further record may say as this one does: no number that tells one from another, no
    sealed value, no file, nothing concealed; its own day is today, other days are left open."""
    concealed, _ = ledger.concealed(record)
    names = [
        name
        for name in ledger.model_fields
        if name not in concealed and _is_shared(ledger, ledger.model._meta.get_field(name))
    ]
    values = _values(ledger, record, names, user)
    for name in {ledger.date, ledger.today} & {*ledger.model_fields}:
        values[name] = timezone.localdate()
    return Beginning(record, values, whole=True)


def _is_shared(ledger, field) -> bool:
    if not _may_be_taken(ledger, field) or field.unique or field.name in ledger.numbered_by:
        return False
    constraints = (c for c in ledger.model._meta.constraints if hasattr(c, "fields"))
    return all({*c.fields} - {"unit"} != {field.name} for c in constraints)


def _values(ledger, record, names, user) -> dict:
    found = {}
    for name in names:
        field = record._meta.get_field(name)
        value = getattr(record, field.attname)
        if value in (None, "", []) or not _is_there(ledger, field, value, user):
            continue
        found[name] = list(value) if isinstance(value, list) else value
    return found


def _is_there(ledger, field, key, user) -> bool:
    """Whether the record that a field names may still be picked."""
    if not isinstance(field, models.ForeignKey):
        return True
    target = ledger_for(field.related_model, ledger.domain)
    return target is None or target.queryset(user).filter(pk=key).exists()
