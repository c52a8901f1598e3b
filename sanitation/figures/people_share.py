"""指标 of hot spots and of cadres' visits: shares of residents' problems and visits."""

from django.db.models import F, Q

from portal.figures import Category, Distinct, register
from residents.enums import ProblemSource, VisitPurpose
from residents.models import Problem, Visit
from residents.service_figures import solved_by_end, unsettled_at_end
from sanitation.figures.base import own_flow, ratio
from sanitation.selectors.shares import CADRE_VISITS, HOT_SPOTS

SOURCE = {"source": Category("来源", "source", dict(ProblemSource.choices))}
PURPOSE = {"purposes": Category("目的", "purposes", dict(VisitPurpose.choices), array=True)}
# The membership by which the resident lived in a household on the day of the visit: there is one at most.
LIVED = "resident__memberships"
AT_HOME = Q(
    Q(**{f"{LIVED}__ends_on__isnull": True}) | Q(**{f"{LIVED}__ends_on__gte": F("occurred_on")}),
    **{
        f"{LIVED}__living": True,
        f"{LIVED}__deleted_at__isnull": True,
        f"{LIVED}__starts_on__lte": F("occurred_on"),
    },
)


def hot_spots(code, label, definition, keywords=(), **options):
    options = {"model": Problem, "where": HOT_SPOTS, "categories": SOURCE} | options
    return own_flow(code, label, "件", definition, keywords, **options)


register(
    hot_spots(
        "hot_spots_raised",
        "环境卫生热点问题数",
        "发现日期在期内、计入环境卫生、类别为环境卫生的问题事项件数。",
        ("热点问题", "热点难点"),
    ),
    hot_spots(
        "hot_spots_solved",
        "环境卫生热点已解决",
        "发现日期在期内、截至期末已解决的环境卫生热点问题件数；无法解决的不算。",
        ("解决热点", "解决"),
        where=lambda period: HOT_SPOTS & solved_by_end(period),
    ),
    hot_spots(
        "hot_spots_pending",
        "环境卫生热点未办结",
        "发现日期在期内、截至期末尚未办结的环境卫生热点问题件数，已上报的也算。",
        where=lambda period: HOT_SPOTS & unsettled_at_end(period),
    ),
    ratio(
        "hot_spots_rate",
        "环境卫生热点解决率",
        "环境卫生热点已解决 ÷ 环境卫生热点问题数。",
        ("热点解决率",),
        of="hot_spots_solved",
        among="hot_spots_raised",
        categories=SOURCE,
    ),
    own_flow(
        "cadre_visits",
        "环卫干部入户次数",
        "户次",
        "走访日期在期内、计入环境卫生、方式为入户的走访条数，一户一次算一次。",
        ("干部入户", "入户宣传"),
        model=Visit,
        where=CADRE_VISITS,
        categories=PURPOSE,
    ),
    own_flow(
        "cadre_visited_households",
        "环卫干部走访户数",
        "户",
        "期内环卫干部入户走到的户，按居民走访那天居住的户计算，一户多次只算一户；没有登记户的不计。",
        ("走访户数", "入户户数"),
        model=Visit,
        where=CADRE_VISITS & AT_HOME,
        value=Distinct(f"{LIVED}__household"),
        categories=PURPOSE,
    ),
)
