"""What outline G tells of clean-ups, hot spots, contests, study tours and cadres' visits."""

from portal.figures import engine
from portal.happenings import WHO, events, marked
from portal.punctuation import joined
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import clause, listed, plain, quoted, within
from residents.models import Activity, Problem
from sanitation.enums.places import PointKind
from sanitation.selectors.shares import CLEANUPS, CONTESTS, HOT_SPOTS, PUBLICITY, STUDY_TOURS
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import clauses, codes, counted


def places(telling: Telling):
    """Where was cleaned, in the order of the list."""
    found = engine.by_category(
        "sanitation.cleanups_detailed", "scopes", telling.units, telling.period
    )
    names = [label for kind, label in PointKind.choices if found[kind].value]
    if names:
        yield f"清理范围包括{joined(names)}。"


def marked_cleanups(telling: Telling):
    return events(
        telling, marked(Activity.objects.filter(CLEANUPS), telling), event_of, until="ends_on"
    )


def event_of(row) -> str:
    """What it was and who came; nobody is named."""
    counts = ((row.parties, "家单位"), (row.participants, "人次"))
    came = "、".join(f"{number}{what}" for number, what in counts if number)
    came = f"，{came}参加" if came else ""
    where = f"在{row.place}" if row.place else ""
    about = (
        f"，{clause(row.content)}" if row.content and clause(row.content) not in row.title else ""
    )
    return f"{WHO}{where}开展{quoted(row.title)}{came}{about}"


def solved(telling: Telling):
    """Hot spots that are marked for it and were solved by the end: what it was, what was done."""

    def words(row):
        return f"{WHO}群众反映的{quoted(clause(row.title))}得到解决：{clause(row.result)}"

    rows = Problem.objects.filter(HOT_SPOTS, state="solved", closed_on__lte=telling.period.end)
    return events(telling, marked(rows, telling), words)


def contests(telling: Telling):
    return events(
        telling, within(Activity.objects.filter(CONTESTS), telling), event_of, until="ends_on"
    )


def publicity(telling: Telling):
    return events(
        telling, marked(Activity.objects.filter(PUBLICITY), telling), event_of, until="ends_on"
    )


def tours(telling: Telling):
    rows = within(Activity.objects.filter(STUDY_TOURS), telling)
    places = [
        plain(part) for place in rows.values_list("place", flat=True) for part in place.split("、")
    ]
    if counted(telling, "study_tours"):
        where = f"到{listed([place for place in places if place], 8)}" if any(places) else ""
        yield (
            f"组织{where}学习考察{{sanitation.study_tours}}、"
            "{sanitation.study_tour_participants}。"
        )


register(
    clauses(
        "campaigns",
        110,
        ("开展集中清理{sanitation.cleanups}", "cleanups"),
        ("参加{sanitation.cleanup_participants}", "cleanup_participants"),
        ("参加单位{sanitation.cleanup_parties}", "cleanup_parties"),
        ("出动车辆{sanitation.cleanup_vehicles}", "cleanup_vehicles"),
        ("清理垃圾{sanitation.cleanup_tonnes}", "cleanup_tonnes"),
        ("清理死角{sanitation.cleanup_spots}", "cleanup_spots"),
    ),
    Narrative(SANITATION, "campaigns", 120, places),
    Narrative(SANITATION, "campaigns", 130, marked_cleanups),
    told(
        "campaigns",
        140,
        "群众反映的环境卫生热点问题{sanitation.hot_spots_raised}，解决"
        "{sanitation.hot_spots_solved}，解决率{sanitation.hot_spots_rate}。",
        "hot_spots_raised",
    ),
    Narrative(SANITATION, "campaigns", 150, solved),
    FigureTable(
        SANITATION,
        "campaigns",
        180,
        "集中清理情况",
        codes("cleanups", "cleanup_participants", "cleanup_vehicles", "cleanup_tonnes"),
    ),
    told(
        "publicity",
        10,
        "举办竞赛{sanitation.contests}，参加单位{sanitation.contest_parties}、"
        "{sanitation.contest_participants}。",
        "contests",
    ),
    Narrative(SANITATION, "publicity", 20, contests),
    told(
        "publicity",
        30,
        "开展环境卫生宣传活动{sanitation.publicity_events}，参加"
        "{sanitation.publicity_participants}。",
        "publicity_events",
    ),
    told("publicity", 35, "参加宣传的单位{sanitation.publicity_parties}。", "publicity_parties"),
    Narrative(SANITATION, "publicity", 40, publicity),
    Narrative(SANITATION, "publicity", 50, tours),
    told(
        "publicity",
        60,
        "村（社区）干部入户宣传{sanitation.cadre_visits}，走到"
        "{sanitation.cadre_visited_households}。",
        "cadre_visits",
    ),
)
