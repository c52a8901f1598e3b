"""What outline G tells of demonstration sites: rating, money and labour, plants, building, local rules."""

from portal.office.enums import RuleKind
from portal.office.models import Rule
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import in_force, listed, month_day, plain, titled
from sanitation.models import DemoSite, SiteProject
from sanitation.selectors.shares import OURS
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import codes, counted, divided, each_of

PART = "sites"


def here(model, telling: Telling):
    """Of the communities of the summary, whoever keeps the row."""
    return model.objects.kept().filter(community__in=telling.units)


def sites(telling: Telling):
    if not counted(telling, "demo_sites"):
        return
    rows = here(DemoSite, telling).filter(starts_on__lte=telling.period.end)
    rows = rows.exclude(ends_on__lt=telling.period.end).order_by("community__code", "name")
    names = [
        plain(site.name)
        if site.community_id in telling.own or site.name.startswith(site.community.name)
        else f"{plain(site.community.name)}{plain(site.name)}"
        for site in rows
    ]
    yield f"建设环境卫生示范点{{sanitation.demo_sites}}：{listed(names, 6)}。"


def rules(telling: Telling):
    """By their titles and what they rest on."""
    rows = in_force(Rule.objects.filter(OURS, kind=RuleKind.PACT), telling)
    said = [
        f"{titled(row.title)}{f'（{plain(row.document)}）' if row.document else ''}"
        for row in rows.order_by("starts_on", "pk")
    ]
    if said:
        yield f"订立环境卫生组规民约{{sanitation.local_rules}}：{listed(said, 5)}。"


def money(telling: Telling):
    if counted(telling, "funds_raised"):
        sources = divided(telling, "funds_raised", "source")
        yield f"筹集资金{{sanitation.funds_raised}}{f'，其中{sources}' if '、' in sources else ''}。"
    spent = each_of(telling, {"funds_spent": "支出"})
    if spent:
        yield f"{spent}，期末结余{{sanitation.funds_balance}}，收支公示率{{sanitation.funds_posted_rate}}。"


def plants(telling: Telling):
    """How many gifts, and what they are worth as far as it was told."""
    told_of = {"plant_gifts": "村民捐赠花木", "plants": "共", "plant_value": "折价"}
    found = each_of(telling, told_of)
    if found:
        yield f"{found}。"


def projects(telling: Telling):
    """Those finished in the period, by name."""
    if not counted(telling, "site_projects_done"):
        return
    span = (telling.period.start, telling.period.end)
    rows = here(SiteProject, telling).filter(done_on__range=span).order_by("done_on", "pk")
    names = [f"{month_day(row.done_on)}建成{plain(row.name)}" for row in rows]
    cost = each_of(telling, {"site_project_cost": "造价"})
    yield f"完成建设项目{{sanitation.site_projects_done}}{f'，{cost}' if cost else ''}：{listed(names, 6)}。"


register(
    Narrative(SANITATION, PART, 10, sites),
    told(
        PART,
        20,
        "开展家庭卫生评比{sanitation.rating_rounds}，评比{sanitation.household_ratings}，"
        "参评户{sanitation.households_rated}，评为最清洁{sanitation.ratings_cleanest}。",
        "household_ratings",
    ),
    Narrative(SANITATION, PART, 30, rules),
    Narrative(SANITATION, PART, 40, money),
    told(
        PART,
        42,
        "村民投工投劳{sanitation.labour_days}，{sanitation.labour_times}参加。",
        "labour_days",
    ),
    Narrative(SANITATION, PART, 44, plants),
    Narrative(SANITATION, PART, 50, projects),
    FigureTable(
        SANITATION,
        PART,
        80,
        "各示范点情况",
        codes("rating_rounds", "household_ratings", "funds_raised", "funds_spent", "labour_days"),
        by="site",
    ),
)
