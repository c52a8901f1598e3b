"""What outline G tells of enforcement in the market town: actions, results by kind, re-checks."""

from portal.figures import figures
from portal.happenings import WHO, events, marked
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import bodies, clause, listed, plain, quoted, within
from sanitation.enums.enforcement import WITH_AREA, TargetKind
from sanitation.models import EnforcementAction
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import clauses, codes, counted, divided

SEPARATOR = "、"


def where_and_with_whom(telling: Telling):
    """The roads and the bodies of all actions, each once."""
    rows = within(EnforcementAction.objects.all(), telling)
    told_of = list(rows.values_list("roads", "units"))
    roads = [part for road, _ in told_of for part in plain(road).split(SEPARATOR) if part]
    units = bodies(units for _, units in told_of)
    if roads:
        yield f"重点整治{listed(roads, 8)}等路段。"
    if units:
        yield f"{listed(units, 8)}参加整治。"


def actions(telling: Telling):
    """Actions that are marked for it, in the order of days; who led them is not named."""

    def words(row):
        where = f"在{row.roads}" if row.roads else ""
        people = f"，出动{row.people}人" if row.people else ""
        note = f"，{clause(row.note)}" if row.note else ""
        return f"{WHO}{where}开展{quoted(row.title)}{people}{note}"

    return events(telling, marked(EnforcementAction.objects.all(), telling), words)


def by_kind(telling: Telling):
    """Each kind in its own measure, with its area and how large one is on average."""
    parts = []
    for kind in TargetKind:
        code = f"enforced_{kind.value}"
        if not counted(telling, code):
            continue
        text = f"{figures[f'sanitation.{code}'].label.removeprefix('整治')}{{sanitation.{code}}}"
        if kind in WITH_AREA and counted(telling, f"{code}_area"):
            text += f"，面积{{sanitation.{code}_area}}，平均{{sanitation.{code}_average}}"
        parts.append(text)
    if parts:
        yield f"共整治{'；'.join(parts)}。"


def by_handling(telling: Telling):
    found = divided(telling, "enforcement_items", "handling")
    if found:
        yield f"按处理方式分，整治事项{{sanitation.enforcement_items}}中，{found}。"


register(
    clauses(
        "market",
        110,
        ("开展集镇整治行动{sanitation.enforcement_actions}", "enforcement_actions"),
        ("其中专项行动{sanitation.enforcement_operations}", "enforcement_operations"),
        ("出动人员{sanitation.enforcement_people}", "enforcement_people"),
        ("车辆{sanitation.enforcement_vehicles}", "enforcement_vehicles"),
    ),
    Narrative(SANITATION, "market", 120, where_and_with_whom),
    Narrative(SANITATION, "market", 130, actions),
    Narrative(SANITATION, "market", 140, by_kind),
    Narrative(SANITATION, "market", 150, by_handling),
    told(
        "market",
        160,
        "责令整改{sanitation.enforcement_ordered}，已复查{sanitation.enforcement_rechecked}，"
        "复查率{sanitation.enforcement_recheck_rate}。",
        "enforcement_ordered",
    ),
    FigureTable(
        SANITATION,
        "market",
        180,
        "各类整治对象",
        codes("enforcement_items", "enforcement_area"),
        by="kind",
    ),
)
