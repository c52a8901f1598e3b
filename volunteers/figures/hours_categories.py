"""How figures of service divide: by the activity's type and team, and by the star its volunteer has."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from portal.figures import Category
from portal.figures.categories import DerivedCategory
from volunteers.enums.hours import HoursState, Star
from volunteers.enums.placements import PLACEMENT
from volunteers.models import ServiceRecord, StarAward, VolunteerActivityType, VolunteerOrg

NONE = "none"


@dataclass(frozen=True)
class OfActivity(Category, ABC):
    """By what the activity of a record names; a day of a placement has no activity and so none."""

    choices: dict = field(default_factory=dict)
    nobody: str = field(default="", kw_only=True)

    @abstractmethod
    def named(self, units) -> dict[str, str]:
        """What may be named, by key."""

    def labels(self, units):
        return {**self.named(units), NONE: self.nobody}

    def narrowed(self, rows, value, period):
        if value == NONE:
            return rows.filter(**{f"{self.path}__isnull": True})
        return rows.filter(**{self.path: value})

    def spread(self, rows, period):
        known = Cast(F(self.path), models.CharField())
        name = f"_{self.path}"
        return rows.annotate(**{name: Coalesce(known, Value(NONE))}), name


@dataclass(frozen=True)
class ByType(OfActivity):
    """The types stand in a table of their own, which the office keeps."""

    def named(self, units):
        return dict(VolunteerActivityType.objects.values_list("code", "name"))


@dataclass(frozen=True)
class ByTeam(OfActivity):
    """The organisation that held the activity: a volunteer may belong to several teams, and served for
    that one on that day."""

    def named(self, units):
        held = ServiceRecord.objects.kept().filter(unit__in=units, activity__org__isnull=False)
        orgs = VolunteerOrg.objects.filter(pk__in=held.values("activity__org"))
        return {str(org.pk): org.name for org in orgs}


def standing(period, path: str = "") -> Q:
    """Awards that were given by the period's end and not revoked by then."""
    later = Q(**{f"{path}revoked_on__isnull": True}) | Q(**{f"{path}revoked_on__gt": period.end})
    return later & Q(**{f"{path}occurred_on__lte": period.end})


def star_of(period, volunteer: str = "volunteer"):
    """The level of the volunteer at ``volunteer`` at the period's end; 0 without one."""
    awards = StarAward.objects.filter(
        standing(period), deleted_at__isnull=True, volunteer=OuterRef(volunteer)
    )
    return Coalesce(Subquery(awards.order_by("-level").values("level")[:1]), Value(0))


SERVICE = {
    "type": ByType("活动类型", "activity__type__code", nobody=PLACEMENT),
    "team": ByTeam("服务队伍", "activity__org", nobody="没有写明队伍"),
    "star": DerivedCategory(
        "星级", "star_level", {"0": "未评星级"} | {str(k): v for k, v in Star.choices},
        expression=star_of,
    ),
}  # fmt: skip
STATE = {"state": Category("状态", "state", dict(HoursState.choices))}
