"""指标 of 民情走访: the agency's share of visits, what the checklist found, needs that went on as cases."""

from django.db.models import Exists, OuterRef, Q

from portal.figures import Category, Distinct, Total, register
from residents.enums import VisitMode, VisitPurpose
from residents.models import Visit
from servicecenter.figures.base import flow, ratio
from servicecenter.models import Case

FOLK = Q(domains__contains=["servicecenter"], purposes__contains=[VisitPurpose.FOLK])
NEEDED = FOLK & Q(folk__need__gt="")
MODE = {"mode": Category("方式", "mode", dict(VisitMode.choices))}


def with_case(period) -> Q:
    """A need of which a case was begun by the end of the period."""
    begun = Case.objects.kept().filter(visit=OuterRef("pk"), occurred_on__lte=period.end)
    return NEEDED & Q(Exists(begun))


def visits(code, label, measure, definition, keywords=(), **options):
    options = {"model": Visit, "where": FOLK, "categories": MODE} | options
    return flow(code, label, measure, definition, keywords, **options)


register(
    visits(
        "folk_visits",
        "民情走访",
        "人次",
        "日期在期内、计入为民服务、目的含民情走访的走访条数。",
        ("民情走访", "走访"),
    ),
    visits(
        "folk_households",
        "民情走访户数",
        "户",
        "期内民情走访走到的户，按走访那天居住（没有的按户籍）所在的户，一户多次只算一户；"
        "没有登记户的不计。",
        ("走访",),
        value=Distinct("folk__household"),
    ),
    visits(
        "folk_needs",
        "走访发现需求",
        "件",
        "日期在期内、写明发现的需求的民情走访条数，一次走访算一件。",
        ("发现需求",),
        where=NEEDED,
    ),
    visits(
        "folk_needs_in_cases",
        "走访需求已转办件",
        "件",
        "走访发现的需求中，截至期末已登记为办件的件数。",
        where=with_case,
    ),
    ratio(
        "folk_need_rate",
        "走访需求转办率",
        "走访需求已转办件 ÷ 走访发现需求。",
        of="folk_needs_in_cases",
        among="folk_needs",
        categories=MODE,
    ),
    visits(
        "checklist_asked",
        "走访清单应了解项数",
        "项",
        "日期在期内的民情走访当天清单（四知四清四掌握）的项数之和。",
        value=Total("folk__asked"),
    ),
    visits(
        "checklist_known",
        "走访清单已掌握项数",
        "项",
        "日期在期内的民情走访当天清单（四知四清四掌握）中已掌握的项数之和。",
        value=Total("folk__known"),
    ),
    ratio(
        "checklist_rate",
        "走访清单完成率",
        "走访清单已掌握项数 ÷ 走访清单应了解项数。",
        ("四知四清四掌握",),
        of="checklist_known",
        among="checklist_asked",
        categories=MODE,
    ),
)
