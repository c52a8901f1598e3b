"""Stars: who reached which level by counted minutes, and how far it is to the next one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from portal.models import Unit
from portal.models.units import UnitKind
from volunteers.enums.hours import Star
from volunteers.models import StarAward, Volunteer
from volunteers.selectors.hours import counted_minutes, minutes_of, rule_on, rules_of, thresholds


@dataclass(frozen=True)
class Promotion:
    """A volunteer whose counted minutes reach a higher star than the one given so far."""

    volunteer: Volunteer
    minutes: int
    level: Star
    present: Star | None


def standing(day: date):
    """The awards that stand on the day."""
    return StarAward.objects.kept().filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), occurred_on__lte=day
    )


def present_star(volunteer: Volunteer, day: date | None = None) -> Star | None:
    """The highest star given by the day and not revoked; a rule that rises takes none away."""
    awards = standing(day or timezone.localdate()).filter(volunteer=volunteer)
    level = awards.order_by("-level").values_list("level", flat=True).first()
    return Star(level) if level else None


def reached(minutes: int, levels: dict[int, int]) -> int:
    """The highest level that the minutes reach; 0 for none."""
    return max((level for level, needed in levels.items() if minutes >= needed), default=0)


def next_star(volunteer: Volunteer, day: date | None = None) -> tuple[Star, int] | None:
    """The star above both the present one and what the minutes reach, and the minutes still lacking; None
    for who has the highest."""
    day = day or timezone.localdate()
    levels = thresholds(rule_on(volunteer.unit, day))
    minutes = counted_minutes(volunteer, day)
    above = max(present_star(volunteer, day) or 0, reached(minutes, levels)) + 1
    return (Star(above), levels[above] - minutes) if above in levels else None


def revoked_at(volunteers) -> dict[int, set[int]]:
    """Volunteer → levels that were once revoked: those are given again by hand alone."""
    found: dict[int, set[int]] = {}
    rows = StarAward.objects.kept().filter(volunteer__in=volunteers, revoked_on__isnull=False)
    for volunteer, level in rows.values_list("volunteer", "level"):
        found.setdefault(volunteer, set()).add(level)
    return found


def promotions(unit, day: date) -> list[Promotion]:
    """Volunteers of the unit on the day who reached a star that they were not given yet, the highest
    first. A level that was revoked for fraud is not offered again."""
    return _promotions([unit], day)


def _promotions(units, day: date) -> list[Promotion]:
    people = Volunteer.objects.kept().filter(
        Q(left_on__isnull=True) | Q(left_on__gt=day), unit__in=units, joined_on__lte=day
    )
    rules = rules_of(units)
    levels = {unit.pk: thresholds(rules(unit, day)) for unit in units}
    least = min((each[1] for each in levels.values()), default=0)
    minutes = {
        pk: total for pk, total in minutes_of(people.values("pk"), day).items() if total >= least
    }
    given: dict[int, int] = {}
    awards = standing(day).filter(volunteer__in=minutes.keys())
    for volunteer, level in awards.values_list("volunteer", "level"):
        given[volunteer] = max(level, given.get(volunteer, 0))
    barred = revoked_at(minutes.keys())
    found = []
    for person in people.filter(pk__in=minutes.keys()).select_related("resident", "unit"):
        level = reached(minutes[person.pk], levels[person.unit_id])
        present = given.get(person.pk, 0)
        if level > present and level not in barred.get(person.pk, ()):
            star = Star(present) if present else None
            found.append(Promotion(person, minutes[person.pk], Star(level), star))
    return sorted(found, key=lambda each: (-each.level, -each.minutes, each.volunteer.pk))


def with_promotions(units, day: date) -> set[int]:
    """Those of the units that have somebody to promote."""
    chosen = Unit.objects.filter(pk__in=units).exclude(kind=UnitKind.GRID)
    found = _promotions(list(chosen.select_related("parent__parent")), day)
    return {each.volunteer.unit_id for each in found}
