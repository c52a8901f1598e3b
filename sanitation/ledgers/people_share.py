"""The share of sanitation work in problems that people bring and in visits to their homes."""

from portal.ledgers import MORE, column, register
from residents.enums import ProblemKind, VisitMode, VisitPurpose
from residents.ledgers.about import person_columns, unit_column
from residents.ledgers.facts import VisitLedger
from residents.ledgers.helping import ProblemLedger
from residents.models import Problem, Visit
from sanitation.ledgers.sections import MARKET
from sanitation.ledgers.shared import OurShare
from sanitation.selectors.shares import CADRE_VISITS, HOT_SPOTS, TAGS


@register
class HotSpotLedger(OurShare, ProblemLedger):
    slug, title, section = "hot-spots", "环境卫生热点问题", MARKET
    description = "群众反映强烈的环境卫生问题，从反映到解决；与“问题事项”是同一份记录。"
    where = HOT_SPOTS
    preset = {"domains": TAGS, "kind": ProblemKind.ENVIRONMENT, "state": "open"}
    columns = (
        "occurred_on",
        column(Problem, "title", sort="", width=30),
        "source",
        column(Problem, "raiser", sort="", width=12, listed=False),
        column(Problem, "content", sort="", width=36, listed=False),
        column(Problem, "owner", sort="owner"),
        "due_on",
        "state",
        column(Problem, "handed_to", sort="", listed=False),
        "closed_on",
        column(Problem, "result", sort="", width=30, listed=False),
        column(Problem, "replied_on", listed=False),
        column(Problem, "domains", width=16, listed=False),
        column(Problem, "highlight", sort="", width=10, listed=False),
        unit_column(Problem),
    )
    form_layout = (
        "title",
        ("occurred_on", "source"),
        "content",
        ("owner", "due_on"),
        ("raiser", "state"),
        ("closed_on", "replied_on"),
        "result",
        "handed_to",
        "domains",
        "highlight",
    )
    form_folds = {"raiser": MORE}
    resolvers = {}
    filters = ("state", "source")
    search = ("title", "content", "raiser", "owner")
    search_hint = "问题、反映人或责任人"
    identity = ("title", "occurred_on")
    footer = (
        "sanitation.hot_spots_raised",
        "sanitation.hot_spots_solved",
        "sanitation.hot_spots_rate",
        "sanitation.hot_spots_pending",
    )

    def found(self, rows, text):
        return super(ProblemLedger, self).found(rows, text)


@register
class CadreVisitLedger(OurShare, VisitLedger):
    slug, title, section = "cadre-visits", "干部入户", MARKET
    description = (
        "村（社区）干部入户宣传环境卫生、垃圾分类，一户一次一条，由社区（村）登记，照片作为佐证传在记录上；"
        "与“走访”是同一份记录，入户走访排名按它计算。"
    )
    where = CADRE_VISITS
    preset = {
        "domains": TAGS,
        "mode": VisitMode.HOME,
        "purposes": [VisitPurpose.WASTE_SORTING],
    }
    columns = (
        "occurred_on",
        *person_columns(Visit),
        column(Visit, "visitor", sort="visitor"),
        column(Visit, "purposes", width=18),
        column(Visit, "content", sort="", width=40),
        column(Visit, "follow_up", sort="", width=20, listed=False),
        column(Visit, "domains", width=16, listed=False),
        column(Visit, "highlight", sort="", width=10, listed=False),
        unit_column(Visit),
    )
    form_layout = (
        ("resident", "occurred_on"),
        "visitor",
        "purposes",
        "content",
        *("follow_up", "domains", "highlight"),
    )
    sheet = None
    kept_for_next = ("occurred_on",)
    filters = ("purposes",)
    identity = ("resident", "occurred_on")
    related = ()
    footer = ("sanitation.cadre_visits", "sanitation.cadre_visited_households")

    @property
    def edit_permission(self):
        """Inspectors read them; who records them must know the residents."""
        return "residents.edit"
