"""Demonstration sites of some communities: rating, money and labour, plants, building, a local rule."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.office.enums import RuleKind
from portal.office.models import Rule
from residents.enums import Relation
from residents.models import Membership
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
from sanitation.selectors.shares import TAGS

SINCE = date(YEAR, 3, 1)
NAMES = ("龙顾组", "金鼎小区", "柳树组", "桂花苑")
FEATURES = (
    "公共卫生区域按网格分到户，代表带着各户互相督促；每季度评比一次，红榜上墙，钱和工都公示。"
)
SPENDING = (
    (40, "购置花木、垃圾桶", "春华园艺店", 8600),
    (75, "组内道路硬化", "春华建筑队", 42000),
    (150, "路灯和公共竹园亮化", "清河电力安装公司", 23800),
)
PROJECTS = (
    ("组内道路硬化 600 米", FundSource.VILLAGERS, 60, 110, 42000),
    ("公共竹园绿化亮化", FundSource.DONATION, 120, 190, 31500),
    ("垃圾分类投放亭", FundSource.GRANT, 400, 440, 12800),
)
PLANTS = (
    ("桂花树", PlantKind.TREE, 12, "株", 2400),
    ("香樟", PlantKind.TREE, 8, "株", 1600),
    ("月季", PlantKind.FLOWER, 120, "盆", 960),
    ("红叶石楠", PlantKind.SHRUB, 60, "株", 900),
    ("麦冬草皮", PlantKind.SHRUB, 80, "㎡", 640),
)
WORK = ("清理水渠和塘边杂草", "平整道路、搬运砂石", "栽种花木", "粉刷墙面、清除小广告")
PACT = (
    "一、房前屋后当天扫净，柴草杂物码放整齐。二、垃圾分类投放，不倒入塘渠。"
    "三、公共区域按网格轮流保洁。四、每季度评比一次，结果上墙公布。五、集资和投工的账目全部公示。"
)


def build(world: World) -> None:
    random = Random(SEED + 112)  # noqa: S311  not a secret
    today = timezone.localdate()
    step = 3 if world.scale >= 0.5 else 6
    sites = [
        DemoSite(
            unit=community,
            community=community,
            name=name,
            grid=world.grids[community.pk][0],
            features=FEATURES,
            manager=world.staff(community),
            starts_on=SINCE,
            recorded_at=typed_at(SINCE),
        )
        for name, community in zip(NAMES, world.communities[::step], strict=False)
    ]
    load(DemoSite, sites)
    for site in sites:
        homes = _homes(site.community, max(4, world.many(24)))
        _rate(site, homes, random, today)
        _give(site, [name for _, name in homes], random)
    load(SiteProject, [row for site in sites for row in _projects(site)])
    load(Rule, [_pact(site) for site in sites])


def _homes(community, most) -> list[tuple]:
    """Households with the names of their heads; who are rated under a name have a home here."""
    rows = Membership.objects.filter(
        unit=community, relation=Relation.HEAD, ends_on=None, deleted_at=None
    )
    rows = rows.select_related("household", "resident").order_by("resident__pinyin", "pk")
    found = {}
    for row in rows:
        if row.household.unit_id == community.pk:
            found.setdefault(row.resident.name, row.household)
    return [(household, name) for name, household in list(found.items())[:most]]


def _common(site, day) -> dict:
    return {
        "unit": site.unit,
        "community": site.community,
        "occurred_on": day,
        "recorded_at": typed_at(day),
    }


def _rate(site, homes, random, today) -> None:
    """Every quarter up to now."""
    days = [date(year, month, 15) for year in (YEAR, YEAR + 1) for month in (3, 6, 9, 12)]
    rounds = [
        RatingRound(
            **_common(site, day),
            site=site,
            title=f"{day.year}年第{'一二三四'[day.month // 3 - 1]}季度评比",
            raters="环境卫生代表和各户代表",
        )
        for day in days
        if day < today
    ]
    load(RatingRound, rounds)
    ratings = []
    for round_ in rounds:
        for household, name in homes:
            score = random.randrange(72, 100)
            grade = HouseholdGrade.CLEANEST if score >= 92 else HouseholdGrade.CLEAN
            grade = HouseholdGrade.UNCLEAN if score < 76 else grade
            ratings.append(
                HouseholdRating(
                    **_common(site, round_.occurred_on),
                    round=round_,
                    household=household,
                    head=name,
                    score=score,
                    grade=grade,
                    note="柴草没有码放" if grade == HouseholdGrade.UNCLEAN else "",
                )
            )
    load(HouseholdRating, ratings)


def _give(site, names, random) -> None:
    first = SINCE + timedelta(days=20)
    funds = [
        _income(site, first + timedelta(days=n % 5), FundSource.VILLAGERS, name, random)
        for n, name in enumerate(names)
    ]
    funds.append(_fund(site, first, Direction.INCOME, "村集体", "示范点建设", 50000))
    funds[-1].source = FundSource.COLLECTIVE
    funds.append(_fund(site, first, Direction.INCOME, "春华商会", "竹园亮化", 26000))
    funds[-1].source = FundSource.DONATION
    for days, purpose, party, amount in SPENDING:
        day = first + timedelta(days=days)
        funds.append(_fund(site, day, Direction.SPENDING, party, purpose, amount))
    load(FundEntry, funds)
    labour, plants = [], []
    for n, name in enumerate(names):
        day = first + timedelta(days=7 * (n % 6) + 10)
        days = random.choice((1, 2, 3)) - (0.5 if n % 3 == 0 else 0)
        labour.append(
            LabourGift(
                **_common(site, day), site=site, person=name, days=days, work=WORK[n % len(WORK)]
            )
        )
    for n, (species, kind, quantity, measure, value) in enumerate(PLANTS):
        plants.append(
            PlantGift(
                **_common(site, first + timedelta(days=n)),
                site=site,
                species=species,
                kind=kind,
                quantity=quantity,
                measure=measure,
                donor=names[n % len(names)] if names else "",
                value=value,
            )
        )
    load(LabourGift, labour)
    load(PlantGift, plants)


def _fund(site, day, direction, party, purpose, amount) -> FundEntry:
    return FundEntry(
        **_common(site, day),
        site=site,
        direction=direction,
        party=party,
        purpose=purpose,
        amount=amount,
        posted_on=day + timedelta(days=12),
    )


def _income(site, day, source, name, random) -> FundEntry:
    amount = random.randrange(500, 3100, 100)
    row = _fund(site, day, Direction.INCOME, name, "村民集资", amount)
    row.source = source
    return row


def _projects(site):
    for name, source, begun, done, cost in PROJECTS:
        starts = SINCE + timedelta(days=begun)
        yield SiteProject(
            unit=site.unit,
            community=site.community,
            site=site,
            name=name,
            source=source,
            cost=cost,
            starts_on=starts,
            done_on=SINCE + timedelta(days=done),
            recorded_at=typed_at(starts),
        )


def _pact(site) -> Rule:
    return Rule(
        unit=site.unit,
        title=f"{site.name}环境卫生组规民约",
        kind=RuleKind.PACT,
        text=PACT,
        document="互助会代表会议通过",
        starts_on=SINCE + timedelta(days=14),
        recorded_at=typed_at(SINCE),
        domains=TAGS,
    )
