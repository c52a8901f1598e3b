"""Ledgers of what a quarter's score is made of: once the quarter is frozen, its records stay as they are."""

from sanitation.services.quarters import refuse_frozen

OWN = {"version", "recorded_at", "recorded_by", "deleted_at", "deleted_by"}


class OfQuarter:
    """Refuses to add, change, delete and restore a record that is, or was, dated in a frozen quarter.

    ``later``: fields that may still be filled in then, because what they tell happens afterwards.
    """

    later: frozenset[str] = frozenset()

    def save(self, form, *, by):
        self.refuse_frozen(form.instance)
        return super().save(form, by=by)

    def recycle(self, record, *, version, by):
        refuse_frozen(record.unit_id, record.occurred_on)
        super().recycle(record, version=version, by=by)

    def restore(self, record, *, by):
        refuse_frozen(record.unit_id, record.occurred_on)
        super().restore(record, by=by)

    def refuse_frozen(self, record) -> None:
        """Of a record that is about to be stored."""
        before = None if record._state.adding else self.model.objects.get(pk=record.pk)
        if before is None or self._differs(before, record):
            refuse_frozen(record.unit_id, before and before.occurred_on, record.occurred_on)

    def _differs(self, before, record) -> bool:
        """Whether anything else than ``later`` was changed."""
        names = [
            f.attname for f in self.model._meta.concrete_fields if f.name not in self.later | OWN
        ]
        return any(getattr(before, name) != getattr(record, name) for name in names)
