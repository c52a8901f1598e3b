"""Demonstration sites and what belongs to them; call inside ``acting``."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.office.enums import RuleKind
from portal.office.models import Rule
from sanitation.enums.demonstration import Direction, FundSource, HouseholdGrade, PlantKind
from sanitation.models import (
    DemoSite,
    FundEntry,
    HouseholdRating,
    LabourGift,
    PlantGift,
    RatingRound,
    SiteProject,
)

SINCE, DAY = date(2025, 3, 1), date(2025, 6, 15)
TODAY, ONE_DAY = timezone.localdate(), timedelta(days=1)


def site(unit, community=None, name="龙顾组", **fields) -> DemoSite:
    return DemoSite.objects.create(
        unit=unit,
        community=community or unit,
        name=name,
        **{"starts_on": SINCE, "manager": "李梅"} | fields,
    )


def round_of(site_, title="第二季度评比", **fields) -> RatingRound:
    return RatingRound.objects.create(
        unit=site_.unit, site=site_, title=title, **{"occurred_on": DAY} | fields
    )


def rating(round_, head="黄大发", grade=HouseholdGrade.CLEANEST, **fields) -> HouseholdRating:
    return HouseholdRating.objects.create(
        unit=round_.unit,
        round=round_,
        head=head,
        grade=grade,
        occurred_on=round_.occurred_on,
        **fields,
    )


def income(site_, amount="500", **fields) -> FundEntry:
    defaults = {"direction": Direction.INCOME, "source": FundSource.VILLAGERS, "party": "黄大发"}
    return _entry(site_, amount, defaults | fields)


def spending(site_, amount="300", **fields) -> FundEntry:
    return _entry(site_, amount, {"direction": Direction.SPENDING, "party": "园艺店"} | fields)


def _entry(site_, amount, fields) -> FundEntry:
    return FundEntry.objects.create(
        unit=site_.unit,
        site=site_,
        amount=Decimal(amount),
        **{"occurred_on": DAY, "purpose": "示范点建设", "posted_on": DAY + 5 * ONE_DAY} | fields,
    )


def labour(site_, person="黄大发", days="1.5", **fields) -> LabourGift:
    return LabourGift.objects.create(
        unit=site_.unit,
        site=site_,
        person=person,
        days=Decimal(days),
        **{"occurred_on": DAY, "work": "栽种花木"} | fields,
    )


def plants(site_, species="桂花树", quantity=12, **fields) -> PlantGift:
    return PlantGift.objects.create(
        unit=site_.unit,
        site=site_,
        species=species,
        quantity=quantity,
        **{"occurred_on": DAY, "kind": PlantKind.TREE, "donor": "黄大发"} | fields,
    )


def project(site_, name="组内道路硬化", **fields) -> SiteProject:
    whole = {"starts_on": SINCE, "done_on": DAY, "cost": Decimal("42000"), "source": "villagers"}
    return SiteProject.objects.create(unit=site_.unit, site=site_, name=name, **whole | fields)


def pact(unit, title="龙顾组环境卫生组规民约", **fields) -> Rule:
    return Rule.objects.create(
        unit=unit,
        title=title,
        kind=RuleKind.PACT,
        domains=["sanitation"],
        **{"starts_on": SINCE, "text": "房前屋后当天扫净。"} | fields,
    )


def one_of_each(unit, household=None) -> dict:
    """A record of every ledger of demonstration sites, kept by the community itself."""
    place = site(unit, features="分片包干")
    round_ = round_of(place, raters="各户代表")
    return {
        "demo-sites": place,
        "rating-rounds": round_,
        "household-ratings": rating(round_, household=household, score=Decimal("96.5")),
        "fund-entries": income(place),
        "labour-gifts": labour(place),
        "plant-gifts": plants(place, value=Decimal(2400)),
        "site-projects": project(place),
        "local-rules": pact(unit),
    }


def _overspent(unit) -> DemoSite:
    place = site(unit)
    income(place, "100")
    spending(place, "100.01")
    return place


BROKEN = {
    "site_overspent": _overspent,
    "income_unposted": lambda unit: income(site(unit), posted_on=None),
    "spending_unposted": lambda unit: spending(site(unit), posted_on=None),
    "spending_party": lambda unit: spending(site(unit), party=""),
    "site_manager": lambda unit: site(unit, manager=""),
    "site_unrated": lambda unit: site(unit, starts_on=TODAY - 184 * ONE_DAY),
    "round_without_results": lambda unit: round_of(site(unit)),
    "project_cost": lambda unit: project(site(unit), cost=None),
    "project_unfinished": lambda unit: project(
        site(unit), starts_on=TODAY - 367 * ONE_DAY, done_on=None
    ),
}
