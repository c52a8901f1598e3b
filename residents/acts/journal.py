"""The journal of one act: writes rows and remembers each before and after, so that it can be undone."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import settle
from portal.guided import chinese_day
from portal.scope import access_of
from residents.enums import ActKind, Bond, Relation
from residents.events import undo_event
from residents.models import Household, HouseholdAct, LifeEvent, Membership

ONE_DAY = timedelta(days=1)
UNCHECKED = {"recorded_by", "deleted_by"}


_written_at: ContextVar[datetime | None] = ContextVar("written_at", default=None)


@contextmanager
def written(at: datetime):
    """Acts within this block were typed at that time: for records that come from elsewhere."""
    token = _written_at.set(at)
    try:
        yield
    finally:
        _written_at.reset(token)


def written_at() -> datetime:
    return _written_at.get() or timezone.now()


class Journal:
    """Everything that one act writes goes through here; ``store()`` writes the act itself."""

    def __init__(self, kind: ActKind, household: Household, *, on, by, note="", other=None):
        self.act = HouseholdAct(
            unit_id=household.unit_id,
            kind=kind,
            household=household,
            other=other,
            occurred_on=on,
            note=note,
            recorded_by=by,
            recorded_at=written_at(),
        )
        self.on, self.by = on, by
        self.entries: list[tuple] = []

    def tell(self, sentence: str) -> None:
        self.act.told.append(sentence)

    @property
    def since(self) -> str:
        return f"自{chinese_day(self.on)}起"

    def create(self, row):
        row.recorded_by, row.recorded_at = self.by, self.act.recorded_at
        try:
            row.full_clean(exclude=UNCHECKED)
        except ValidationError as error:
            raise ValidationError([f"{row}：{text}" for text in error.messages]) from error
        row.save()
        self.entries.append((row, None, {}))
        return row

    def change(self, row, **values) -> None:
        """Save these columns of the row, unless they say what they said."""
        before = {name: getattr(row, name) for name in values}
        if before == values:
            return
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        self.entries.append((row, before, values))

    def happened(self, event: LifeEvent) -> None:
        """A life event that belongs to the act; undone by its own service."""
        self.entries.append((event, None, {}))

    # --- memberships --------------------------------------------------------------------------------
    def close(self, row: Membership) -> None:
        """The day before is the last; who came on this very day was never there."""
        if row.starts_on >= self.on:
            self.change(row, deleted_at=written_at(), deleted_by_id=self.by.pk)
        else:
            self.change(row, ends_on=self.on - ONE_DAY)

    def open(self, home: Household, resident, relation: str, bond: Bond) -> Membership:
        self.tell(
            f"{resident}{self.since}是户“{home.number}”的成员，"
            f"与户主关系：{Relation(relation).label}，{bond.label}。"
        )
        row = Membership(
            unit=home.unit,
            household=home,
            resident=resident,
            relation=relation,
            starts_on=self.on,
            **bond.columns,
        )
        return self.create(row)

    def store(self, **fields) -> HouseholdAct:
        """Write the act; raises RuleBroken where a household is left without a head."""
        settle()
        for name, value in fields.items():
            setattr(self.act, name, value)
        self.act.touched = [entry_of(*entry) for entry in self.entries]
        self.act.save()
        return self.act


def entry_of(row, before, after) -> dict:
    row_now = type(row).objects.only("pk", "version").get(pk=row.pk)
    return {
        "model": row._meta.label_lower,
        "id": row.pk,
        "version": row_now.version,
        "name": f"{row._meta.verbose_name} {row}",
        "before": before,
        "after": after,
    }


# --- and back -------------------------------------------------------------------------------------
def is_undone(act: HouseholdAct) -> bool:
    return HouseholdAct.objects.filter(undoes=act).exists()


def changed_since(act: HouseholdAct) -> list[str]:
    """Names of the touched rows that somebody changed since; the rows stay locked."""
    changed = []
    for entry in act.touched:
        model = apps.get_model(entry["model"])
        row = model.objects.select_for_update(of=("self",)).filter(pk=entry["id"]).first()
        if row is None or row.version != entry["version"]:
            changed.append(entry["name"])
    return list(dict.fromkeys(changed))


@transaction.atomic
def undo(act: HouseholdAct, *, by) -> HouseholdAct:
    """Restore exactly what was there before the act, and log that.

    Raises ValidationError naming the rows that somebody changed since, Denied without permission.
    """
    access_of(by).check("residents.edit", act.unit_id)
    if act.kind == ActKind.UNDO:
        raise ValidationError("撤销不能再撤销，请重新办理。")
    Household.objects.select_for_update(of=("self",)).get(pk=act.household_id)
    if is_undone(act):
        raise ValidationError("这次变动已经撤销过。")
    if changed := changed_since(act):
        raise ValidationError(f"这些记录之后又有改动，不能撤销：{'；'.join(changed)}。")
    loaded = {}
    for entry in act.touched:
        key = entry["model"], entry["id"]
        if key not in loaded:
            loaded[key] = apps.get_model(entry["model"]).objects.get(pk=entry["id"])
    rows = [(entry, loaded[entry["model"], entry["id"]]) for entry in reversed(act.touched)]
    journal = Journal(ActKind.UNDO, act.household, on=act.occurred_on, by=by, other=act.other)
    for entry, row in rows:
        if entry["before"] is None and not isinstance(row, LifeEvent):
            _take_away(row, journal)
    for entry, row in rows:
        if entry["before"] is not None:
            journal.change(row, **_values(row, entry["before"]))
    for _, row in rows:
        if isinstance(row, LifeEvent):
            undo_event(row, version=row.version, by=by)
    journal.tell(
        f"撤销{chinese_day(act.occurred_on)}的“{act.get_kind_display()}”，恢复办理以前的情况。"
    )
    return journal.store(undoes=act)


def _take_away(row, journal: Journal) -> None:
    if isinstance(row, Household) and row.memberships.filter(deleted_at__isnull=True).exists():
        raise ValidationError(f"户“{row.number}”之后又有别的成员，不能撤销。")
    journal.change(row, deleted_at=written_at(), deleted_by_id=journal.by.pk)


def _values(row, kept: dict) -> dict:
    """Values as they were before, read back from JSON."""
    found = {}
    for name, value in kept.items():
        field = next(f for f in row._meta.concrete_fields if name in (f.name, f.attname))
        found[name] = field.to_python(value)
    return found
