"""Whom forms about many people offer to tick: the registered disabled of the units one records for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from disability.enums import COMPONENTS, Category
from disability.models import DisabilityFile
from portal.ledgers.forms import recording_units
from portal.scope import access_of
from residents.people_ticks import Candidate

SINGLE = [(c.value, c.label) for c in Category if c is not Category.MULTIPLE]


@dataclass(frozen=True)
class Way:
    """A further way to narrow the list: ``keys`` gives residents' keys, asked when it is shown;
    whom it leaves out has ``otherwise``."""

    label: str
    choices: Sequence[tuple[str, str]]
    keys: Callable[[], Mapping[int, Sequence[str]]]
    otherwise: Sequence[str] = ()


def registered_people(user, *ways: Way) -> dict:
    """Options of a TickedPeopleField: everybody alive with an open file, found by category, by unit
    where the user records for several, and by these further ways."""
    units = list(recording_units(user, "disability.edit")[:200])
    narrowed_by = [("残疾类别", SINGLE), *((way.label, way.choices) for way in ways)]
    if len(units) > 1:
        narrowed_by.append(("单位", [(str(unit.pk), unit.name) for unit in units]))

    def offered() -> list[Candidate]:
        components, found = dict(COMPONENTS), {way.label: way.keys() for way in ways}
        people = []
        for file in open_files(user):
            told = [components[code] for code in file.components]
            if len(units) > 1:
                told.append(file.unit.name)
            keys = [{code[0] for code in file.components}]
            keys += [found[way.label].get(file.resident_id, way.otherwise) for way in ways]
            keys.append(str(file.unit_id))
            people.append(Candidate.of(file.resident, " · ".join(told), *keys))
        return people

    return {"offered": offered, "narrowed_by": narrowed_by}


def open_files(user):
    """Files in force today of the living, in units where the user may record."""
    today = timezone.localdate()
    return (
        DisabilityFile.objects.kept()
        .filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=today),
            unit__in=access_of(user).units("disability.edit"),
            opened_on__lte=today,
            resident__died_on__isnull=True,
            resident__deleted_at__isnull=True,
        )
        .select_related("resident", "unit")
        .order_by("resident__pinyin", "resident_id")
    )
