"""Demonstration sites: how each stands, and its accounts as they are open to the villagers."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from portal.figures import engine, figures
from portal.figures.engine import Reading, counted_rows
from portal.periods import Period
from sanitation.models import DemoSite, FundEntry, HouseholdRating, RatingRound, Representative

LONG_AGO = date(1900, 1, 1)


def until(day: date) -> Period:
    return Period(LONG_AGO, day)


def read(site: DemoSite, code: str, period: Period, **category) -> Reading:
    """A figure of sanitation work for this site alone."""
    chosen = {"site": str(site.pk)} | category
    return engine.read(f"sanitation.{code}", [site.community_id], period, chosen)


@dataclass(frozen=True)
class Statement:
    """The money of one site: every entry of the period, and what was there before and is left."""

    site: DemoSite
    period: Period
    entries: tuple[FundEntry, ...]
    opening: Reading
    raised: Reading
    spent: Reading
    closing: Reading
    sources: tuple[tuple[str, Reading], ...]
    gifts: tuple[Reading, ...]

    @property
    def begins_at_nought(self) -> bool:
        return not self.opening.value


def statement(site: DemoSite, period: Period) -> Statement:
    rows = FundEntry.objects.kept().filter(site=site, occurred_on__range=(period.start, period.end))
    before = period.start - timedelta(days=1)
    labels = figures["sanitation.funds_raised"].categories["source"].choices
    sources = [
        (label, read(site, "funds_raised", period, source=key)) for key, label in labels.items()
    ]
    gifts = [read(site, code, period) for code in ("labour_days", "plants", "plant_value")]
    return Statement(
        site,
        period,
        tuple(rows.order_by("occurred_on", "pk")),
        read(site, "funds_balance", Period(before, before)),
        read(site, "funds_raised", period),
        read(site, "funds_spent", period),
        read(site, "funds_balance", Period(period.end, period.end)),
        tuple((label, reading) for label, reading in sources if reading.value),
        tuple(reading for reading in gifts if reading.value),
    )


STANDING = (
    "rating_rounds",
    "households_rated",
    "funds_raised",
    "funds_spent",
    "funds_balance",
    "labour_days",
    "plants",
    "site_projects_done",
)


def standing(site: DemoSite) -> list[Reading]:
    """All that the site has come to by today."""
    today = until(timezone.localdate())
    return [read(site, code, today) for code in STANDING]


def watchers(site: DemoSite):
    """The representatives who look after the homes of the site's grid today."""
    if site.grid_id is None:
        return Representative.objects.none()
    return Representative.objects.in_force(timezone.localdate()).filter(grid=site.grid_id)


def overspent(units):
    """Sites kept by these units that have spent more than ever came in."""
    today = Period(timezone.localdate(), timezone.localdate())
    balance = figures["sanitation.funds_balance"]
    rows = counted_rows(balance, today).filter(site=OuterRef("pk")).order_by().values("site")
    left = rows.annotate(left=balance.value.aggregate(today)).values("left")
    return (
        DemoSite.objects.kept().filter(unit__in=units).alias(left=Subquery(left)).filter(left__lt=0)
    )


def grades_of(round_: RatingRound) -> list[tuple[str, Reading]]:
    """How many homes got which grade in one round."""
    day = Period(round_.occurred_on, round_.occurred_on)
    choices = figures["sanitation.household_ratings"].categories["grade"].choices
    return [
        (
            label,
            engine.read(
                "sanitation.household_ratings",
                [round_.community_id],
                day,
                {"round": str(round_.pk), "grade": key},
            ),
        )
        for key, label in choices.items()
    ]


def homes_before(round_: RatingRound) -> list[HouseholdRating]:
    """The homes of the site's round before this one, in the order in which they were taken down,
    without those that this round has already."""
    rated = HouseholdRating.objects.kept()
    earlier = RatingRound.objects.kept().filter(
        site=round_.site_id, occurred_on__lt=round_.occurred_on
    )
    last = earlier.filter(pk__in=rated.values("round")).order_by("-occurred_on", "-pk").first()
    if last is None:
        return []
    here = rated.filter(round=round_).values_list("head", flat=True)
    return list(rated.filter(round=last).exclude(head__in=here).order_by("pk"))
