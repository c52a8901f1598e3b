"""Two records side by side: what differs, and which value a merged record may take."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.fields import EncryptedTextField
from portal.ledgers.columns import choice_label, display
from portal.ledgers.presenting import masked
from residents.models import Resident

# Fields that only make sense together are chosen together.
TOGETHER = {
    "id_number": ("id_kind", "id_number", "no_id_reason"),
}
FOLLOWS_THE_SPELL = frozenset({"residency", "grid"})  # of the spell that stays (ADR 13)


@dataclass(frozen=True)
class Line:
    """One field of both records; ``texts`` are as listed, numbers masked."""

    name: str
    label: str
    texts: tuple[str, str]
    differs: bool

    @property
    def names(self) -> tuple[str, ...]:
        """All columns that go along with a choice of this one."""
        return TOGETHER.get(self.name, (self.name,))


def lines(first: Resident, second: Resident) -> list[Line]:
    """Every editable field in the order of the model."""
    return [
        Line(
            field.name,
            str(field.verbose_name),
            (_text(field, first), _text(field, second)),
            getattr(first, field.attname) != getattr(second, field.attname),
        )
        for field in Resident._meta.concrete_fields
        if field.editable and not field.primary_key
    ]


def choices(first: Resident, second: Resident) -> Iterator[Line]:
    """The lines that need a choice: they differ, or a field that goes along with them does."""
    every = lines(first, second)
    differing = {line.name for line in every if line.differs}
    led = {name: leader for leader, names in TOGETHER.items() for name in names}
    for line in every:
        if line.name in FOLLOWS_THE_SPELL:
            continue
        if led.get(line.name, line.name) == line.name and differing & set(line.names):
            yield line


def _text(field, resident: Resident) -> str:
    value = getattr(resident, field.name)
    if isinstance(field, EncryptedTextField):
        return masked(field, value)
    return display(choice_label(field, value))
