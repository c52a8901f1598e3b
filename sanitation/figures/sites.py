"""指标 of demonstration sites: rounds of rating, money and labour, plants, what was built, local rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, When

from portal.figures import Amount, Category, DistinctPairs, Total, register
from portal.figures.values import AmountOn
from portal.office.enums import RuleKind
from portal.office.models import Rule
from sanitation.enums.demonstration import Direction, FundSource, HouseholdGrade, PlantKind
from sanitation.figures.base import cumulative, flow, own_stock, ratio, stock
from sanitation.models import (
    DemoSite,
    FundEntry,
    HouseholdRating,
    LabourGift,
    PlantGift,
    RatingRound,
    SiteProject,
)
from sanitation.selectors.shares import OURS

PIECES = ("株", "棵", "盆", "丛")  # what may be added up


@dataclass(frozen=True)
class SiteCategory(Category):
    """By site, those of the asked communities."""

    label: str = "示范点"
    path: str = "site"
    choices: Mapping[str, str] = field(default_factory=dict)

    def labels(self, units):
        rows = DemoSite.objects.kept().filter(community__in=units)
        return {str(pk): name for pk, name in rows.order_by("pk").values_list("pk", "name")}


@dataclass(frozen=True)
class RoundCategory(Category):
    """By round of rating."""

    label: str = "评比"
    path: str = "round"
    choices: Mapping[str, str] = field(default_factory=dict)

    def labels(self, units):
        rows = RatingRound.objects.kept().filter(community__in=units).select_related("site")
        return {str(row.pk): f"{row.site} {row}" for row in rows.order_by("occurred_on", "pk")}


@dataclass(frozen=True)
class Workdays(Amount):
    """Sum of days of work, halves among them."""

    places = 1


def _signed(period):
    return Case(When(direction=Direction.SPENDING, then=-F("amount")), default=F("amount"))


SITE = {"site": SiteCategory()}
SOURCE = {"source": Category("资金来源", "source", dict(FundSource.choices))}
RATED = {
    "site": SiteCategory(path="round__site"),
    "round": RoundCategory(),
    "grade": Category("等次", "grade", dict(HouseholdGrade.choices)),
}
PLANTS = SITE | {"kind": Category("类别", "kind", dict(PlantKind.choices))}
INCOME, SPENDING = Q(direction=Direction.INCOME), Q(direction=Direction.SPENDING)
DONE = {"model": SiteProject, "date": "done_on", "categories": SITE | SOURCE}

register(
    stock(
        "demo_sites",
        "环境卫生示范点",
        "个",
        "期末那一天已设立、没有撤销的示范点数；撤销当天仍计入。",
        keywords=("示范点",),
        model=DemoSite,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    flow(
        "rating_rounds",
        "家庭卫生评比",
        "次",
        "评比日期在期内的示范点家庭卫生评比次数。",
        keywords=("评比",),
        model=RatingRound,
        categories=SITE,
    ),
    flow(
        "household_ratings",
        "卫生评比户次",
        "户次",
        "评比日期在期内的户评比结果数，一户评两次算两个。",
        model=HouseholdRating,
        categories=RATED,
    ),
    flow(
        "households_rated",
        "参评户",
        "户",
        "期内至少评过一次的户数；同一示范点同名的户主算一户。",
        keywords=("评比户",),
        model=HouseholdRating,
        value=DistinctPairs("round__site", second="head"),
        categories=RATED,
    ),
    flow(
        "ratings_cleanest",
        "评为最清洁户次",
        "户次",
        "评比日期在期内、等次为最清洁的户评比结果数。",
        model=HouseholdRating,
        where=Q(grade=HouseholdGrade.CLEANEST),
        categories=RATED,
    ),
    ratio(
        "ratings_cleanest_rate",
        "最清洁户比率",
        "评为最清洁户次除以卫生评比户次。",
        of="ratings_cleanest",
        among="household_ratings",
        categories={"site": RATED["site"], "round": RATED["round"]},
    ),
    flow(
        "funds_raised",
        "示范点筹资",
        "元",
        "收支日期在期内、登记为收入的示范点收支金额之和。",
        keywords=("筹资", "集资", "自筹"),
        model=FundEntry,
        where=INCOME,
        value=Amount("amount"),
        categories=SITE | SOURCE,
    ),
    flow(
        "funds_spent",
        "示范点支出",
        "元",
        "收支日期在期内、登记为支出的示范点收支金额之和。",
        model=FundEntry,
        where=SPENDING,
        value=Amount("amount"),
        categories=SITE,
    ),
    cumulative(
        "funds_balance",
        "示范点结余",
        "元",
        "截至期末累计的示范点收入减去累计支出。",
        keywords=("结余",),
        model=FundEntry,
        value=AmountOn("amount", expression=_signed),
        categories=SITE,
    ),
    flow(
        "fund_entries",
        "示范点收支笔数",
        "笔",
        "收支日期在期内的示范点收支记录数。",
        model=FundEntry,
        categories=SITE,
    ),
    flow(
        "fund_entries_posted",
        "已公示收支笔数",
        "笔",
        "收支日期在期内、已登记公示日期的示范点收支记录数。",
        model=FundEntry,
        where=Q(posted_on__isnull=False),
        categories=SITE,
    ),
    ratio(
        "funds_posted_rate",
        "示范点收支公示率",
        "已公示收支笔数除以示范点收支笔数。",
        of="fund_entries_posted",
        among="fund_entries",
        categories=SITE,
    ),
    flow(
        "labour_days",
        "投工投劳",
        "个工日",
        "投工日期在期内的投工投劳所登记的工日之和。",
        keywords=("投工", "义务工"),
        model=LabourGift,
        value=Workdays("days"),
        categories=SITE,
    ),
    flow(
        "labour_times",
        "投工人次",
        "人次",
        "投工日期在期内的投工投劳记录数。",
        model=LabourGift,
        categories=SITE,
    ),
    flow(
        "plants",
        "捐赠花木",
        "株",
        "捐赠日期在期内、以株、棵、盆、丛计的花木数量之和；按面积计的草皮不计。",
        keywords=("花木", "苗木"),
        model=PlantGift,
        where=Q(measure__in=PIECES),
        value=Total("quantity"),
        categories=PLANTS,
    ),
    flow(
        "plant_gifts",
        "花木捐赠",
        "笔",
        "捐赠日期在期内的花木捐赠记录数，按面积计的也算。",
        model=PlantGift,
        categories=PLANTS,
    ),
    flow(
        "plant_value",
        "捐赠花木折价",
        "元",
        "捐赠日期在期内的花木捐赠所登记的折价之和，没有折价的不计。",
        model=PlantGift,
        value=Amount("value"),
        categories=PLANTS,
    ),
    flow(
        "site_projects_done",
        "示范点完工项目",
        "个",
        "完工日期在期内的示范点建设项目数。",
        keywords=("建设项目",),
        **DONE,
    ),
    flow(
        "site_project_cost",
        "示范点完工项目造价",
        "元",
        "完工日期在期内的示范点建设项目所登记的造价之和，没有造价的不计。",
        value=Amount("cost"),
        **DONE,
    ),
    own_stock(
        "local_rules",
        "环境卫生组规民约",
        "项",
        "期末那一天已实施、没有废止、计入环境卫生的居民公约数；废止当天仍计入。",
        keywords=("组规民约", "村规民约"),
        model=Rule,
        where=OURS & Q(kind=RuleKind.PACT),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
)
