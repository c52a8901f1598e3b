"""指标 of those who carry cases: agents, the grids that they serve, windows."""

from django.db.models import F, Q

from portal.figures import Category, Distinct, register
from portal.figures.categories import GridCategory
from portal.models import Unit
from portal.models.units import UnitKind
from servicecenter.enums.agents import AgentKind
from servicecenter.figures.base import ratio, stock
from servicecenter.models import Agent, AgentGrid, HallWindow

SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}


def of_an_agent_in_office(period) -> Q:
    """Of a grid that counts on the day, too: a share can then never be more than all."""
    end = period.end
    agent = Q(agent__ends_on__isnull=True) | Q(agent__ends_on__gte=end)
    grid = Q(grid__valid_to__isnull=True) | Q(grid__valid_to__gte=end)
    begun = Q(grid__valid_from__isnull=True) | Q(grid__valid_from__lte=end)
    return agent & grid & begun & Q(agent__deleted_at__isnull=True, grid__parent=F("unit"))


register(
    stock(
        "agents",
        "代办员人数",
        "人",
        "期末那一天在任的代办员，按姓名去重。",
        keywords=("代办员",),
        model=Agent,
        where=Q(kind=AgentKind.AGENT),
        value=Distinct("name"),
        **SPELL,
    ),
    stock(
        "handlers",
        "承办人人数",
        "人",
        "期末那一天在任的承办人，按姓名去重。",
        keywords=("承办人",),
        model=Agent,
        where=Q(kind=AgentKind.HANDLER),
        value=Distinct("name"),
        **SPELL,
    ),
    stock(
        "grids_covered",
        "有代办员的网格",
        "个",
        "期末那一天有在任代办员负责的网格，一个网格有几位代办员算一个。",
        model=AgentGrid,
        where=of_an_agent_in_office,
        value=Distinct("grid"),
        categories={"grid": GridCategory()},
        **SPELL,
    ),
    stock(
        "grids",
        "网格总数",
        "个",
        "期末那一天在用的网格个数。",
        model=Unit,
        where=Q(kind=UnitKind.GRID),
        unit="parent",
        starts="valid_from",
        ends="valid_to",
        ends_inclusive=True,
    ),
    ratio(
        "grid_coverage",
        "代办网格覆盖率",
        "期末有代办员的网格除以网格总数。",
        keywords=("网格覆盖",),
        of="grids_covered",
        among="grids",
    ),
    stock(
        "windows",
        "服务窗口数",
        "个",
        "期末那一天在用的大厅窗口个数。",
        keywords=("窗口",),
        model=HallWindow,
        categories={"hall": Category("大厅", "hall__unit__kind", dict(UnitKind.choices))},
        **SPELL,
    ),
)
