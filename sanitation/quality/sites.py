"""What is wrong or missing in the records of demonstration sites."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from sanitation.enums.demonstration import Direction
from sanitation.models import DemoSite, FundEntry, HouseholdRating, RatingRound, SiteProject
from sanitation.quality.base import rule
from sanitation.selectors.sites import overspent

HIGH, MIDDLE = Severity.HIGH, Severity.MIDDLE
POST_WITHIN, RATE_WITHIN, BUILD_WITHIN = timedelta(31), timedelta(183), timedelta(366)


def today():
    return timezone.localdate()


def present(units):
    return DemoSite.objects.in_force(today()).filter(unit__in=units)


def unposted(units, direction):
    before = today() - POST_WITHIN
    rows = kept(FundEntry, units).filter(posted_on=None, occurred_on__lt=before)
    return rows.filter(direction=direction)


def unrated(units):
    """Sites of half a year or longer without a round in the last half."""
    since = today() - RATE_WITHIN
    rounds = RatingRound.objects.kept().filter(site=OuterRef("pk"), occurred_on__gte=since)
    return present(units).filter(~Exists(rounds), starts_on__lt=since)


def without_results(units):
    rows = HouseholdRating.objects.kept().filter(round=OuterRef("pk"))
    return kept(RatingRound, units).filter(~Exists(rows))


def unfinished(units):
    before = today() - BUILD_WITHIN
    return kept(SiteProject, units).filter(done_on=None, starts_on__lt=before)


register(
    rule(
        "site_overspent", "示范点支出多于收入", "公示的结余成了负数：漏登了收入，或多登了支出。", "demo-sites",
        overspent, HIGH,
    ),
    rule(
        "income_unposted", "筹资一个月没有公示", "村民交的钱要向村民公示。", "fund-entries",
        lambda units: unposted(units, Direction.INCOME), MIDDLE, field="posted_on",
    ),
    rule(
        "spending_unposted", "支出一个月没有公示", "钱怎么花的要向村民公示。", "fund-entries",
        lambda units: unposted(units, Direction.SPENDING), MIDDLE, field="posted_on",
    ),
    rule(
        "spending_party", "支出没有收款人", "公示时说不清钱付给了谁。", "fund-entries",
        lambda units: kept(FundEntry, units).filter(direction=Direction.SPENDING, party=""),
        field="party",
    ),
    rule(
        "site_manager", "示范点没有负责人", "没有人管，示范就保持不住。", "demo-sites",
        lambda units: present(units).filter(manager=""), field="manager",
    ),
    rule(
        "site_unrated", "示范点半年没有评比", "评比停了，卫生容易反弹。", "demo-sites", unrated, MIDDLE,
    ),
    rule(
        "round_without_results", "评比没有各户结果", "评比次数算了，参评户却是零。", "rating-rounds",
        without_results, MIDDLE,
    ),
    rule(
        "project_cost", "完工项目没有造价", "总结里的造价会少。", "site-projects",
        lambda units: kept(SiteProject, units).filter(Q(done_on__isnull=False), cost=None),
        field="cost",
    ),
    rule(
        "project_unfinished", "建设项目一年没有完工", "忘了登记完工日期，或要查明原因。", "site-projects",
        unfinished, field="done_on",
    ),
)  # fmt: skip
