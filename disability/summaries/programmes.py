"""What summaries tell of places and programmes: the four parts of outline B, in short in A and F."""

from django.db.models import Q

from disability.enums import Category
from disability.enums.programmes import ProgrammeKind
from disability.models import Incident, InterestGroup, Placement, Programme, ProgrammeSession
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from disability.summaries.telling import clauses
from portal.figures import engine
from portal.happenings import WHO, events, marked
from portal.numbers import trimmed
from portal.office.models import Facility
from portal.summaries import FigureTable, Narrative, Sentence, Telling, register
from portal.telling import Said, clause, plain, quoted

NAMED = 6  # places told by name; of more, those of the unit itself


def told(outline, part, order, text, *when):
    return Sentence(outline, part, order, text, tuple(f"disability.{code}" for code in when))


def some(telling: Telling, *codes: str) -> bool:
    """Whether one of the figures is not zero."""
    return any(
        engine.read(f"disability.{code}", telling.units, telling.period).value for code in codes
    )


def in_force(model, telling: Telling, **narrowed):
    rows = model.objects.in_force(telling.period.end).filter(unit__in=telling.units, **narrowed)
    return rows.order_by("unit__code", "starts_on", "pk")


def few(rows, telling: Telling) -> list:
    """The rows to be told by name: all, or the unit's own where they are too many."""
    found = list(rows)
    return (
        found if len(found) <= NAMED else [r for r in found if r.unit_id == telling.unit.pk][:NAMED]
    )


# --- places ---------------------------------------------------------------------------------------
def in_brackets(*words: str) -> str:
    said = "，".join(word for word in words if word)
    return f"（{said}）" if said else ""


def place_of(facility: Facility) -> str:
    """The name with address and area."""
    area = f"面积{trimmed(facility.area)}㎡" if facility.area else ""
    return f"{facility.name}{in_brackets(facility.address, area)}"


def ours(telling: Telling, state: Q):
    rows = Facility.objects.kept().filter(
        state, unit__in=telling.units, domains__contains=["disability"]
    )
    return few(rows.order_by("unit__code", "opened_on", "pk"), telling)


def places(telling: Telling):
    """Facilities by what they are on the last day; the area of a zone stands in its facility's."""
    end = telling.period.end
    if some(telling, "facilities"):
        used = ours(telling, Q(opened_on__lte=end) & (Q(closed_on=None) | Q(closed_on__gt=end)))
        names = f"：{'、'.join(map(place_of, map(Said, used)))}" if used else ""
        yield (
            "使用中的助残设施{disability.facilities}，面积合计{disability.facility_area}"
            + f"{names}。"
        )
    if some(telling, "facilities_built"):
        yield (
            "另有建成待用的助残设施{disability.facilities_built}，面积合计"
            "{disability.facilities_built_area}，启用后再计入使用中的面积。"
        )
        ready = Q(built_on__lte=end) & (Q(opened_on=None) | Q(opened_on__gt=end))
        for facility in map(Said, ours(telling, ready)):
            built = facility.built_on
            zones = "、".join(
                plain(zone.name) for zone in facility.zones.filter(deleted_at=None).order_by("pk")
            )
            inside = f"，内设{zones}" if zones else ""
            yield f"{place_of(facility)}于{built.year}年{built.month}月建成{inside}，即将启用。"


# --- programmes -----------------------------------------------------------------------------------
def programmes_of(kind: ProgrammeKind):
    """A sentence for each programme of the kind: since when, where, for whom."""

    def compose(telling: Telling):
        rows = in_force(Programme, telling, kind=kind).select_related("facility")
        for programme in few(rows, telling):
            yield described(Said(programme))

    return compose


def described(programme: Programme | Said) -> str:
    text = f"{programme.name}自{programme.starts_on.year}年{programme.starts_on.month}月开办"
    if programme.facility:
        text += f"，设在{located(programme)}"
    kinds = "、".join(Category(code).label for code in programme.categories)
    if programme.ages or kinds:
        people = f"{kinds}残疾人" if kinds else "残疾人"
        text += f"，面向{programme.ages}{'的' if programme.ages else ''}{people}"
    if programme.tasks:
        text += f"，开展{programme.tasks.rstrip('。')}"
    return f"{text}。"


def located(programme: Programme) -> str:
    """Its own zone within the facility where one bears its name, else the facility."""
    facility = programme.facility
    zone = facility.zones.filter(deleted_at=None, name=programme.name).first()
    if zone is not None and zone.area:
        area = f"面积{trimmed(zone.area)}㎡"
        return f"{facility.name}内{in_brackets(area)}"
    if facility.name == programme.name:
        area = f"，面积{trimmed(facility.area)}㎡" if facility.area else ""
        return f"{facility.address}{area}" if facility.address else f"{facility.name}{area}"
    return place_of(facility)


def groups(telling: Telling):
    """The interest groups by name, each name once."""
    names = list(dict.fromkeys(in_force(InterestGroup, telling).values_list("name", flat=True)))
    if names:
        names = [plain(name) for name in names]
        more = "等" if len(names) > 12 else ""
        members = "，组员{disability.group_members}" if some(telling, "group_members") else ""
        yield (
            f"组建{'、'.join(names[:12])}{more}，共有兴趣小组{{disability.interest_groups}}{members}。"
        )


def sessions(telling: Telling):
    """Sessions marked 写入总结, in the order of days."""

    def words(session):
        content = f"，{clause(session.content)}" if session.content else ""
        return f"{session.programme.name}开展{quoted(session.title)}{content}"

    rows = marked(ProgrammeSession.objects.all(), telling).select_related("programme")
    return events(telling, rows, words)


def incidents(telling: Telling):
    """A quiet period is told as nought, as long as there was somebody to look after."""
    if some(telling, "incidents"):
        text = "期内发生安全事件{disability.incidents}"
        settled = not some(telling, "incidents_open")
        yield text + ("，已处置了结。" if settled else "，尚未了结{disability.incidents_open}。")
    elif some(telling, "enrolled", "enrolments", "exits"):
        yield "期内入托人员安全事件{disability.incidents}，未发生安全事故。"


def placements(telling: Telling):
    """Placements marked 写入总结 that began in the period; names stay out of the text."""

    def words(row):
        funding = f"，费用来源为{row.funding}" if row.funding else ""
        return f"{WHO}1名残疾人入住{row.place}（{row.get_kind_display()}）{funding}"

    rows = marked(Placement.objects.all(), telling, "starts_on").select_related("provider")
    return events(telling, rows, words, "starts_on")


TOLD_KINDS = frozenset({"lost", "fall", "choking", "medicine", "fire", "conflict"})


def marked_incidents(telling: Telling):
    """What happened by its kind, where that is no diagnosis, and that it was settled."""

    def words(row):
        kind = row.get_kind_display() if row.kind in TOLD_KINDS else "安全"
        settled = "，已处置了结" if row.closed_on and row.closed_on <= telling.period.end else ""
        return f"{row.programme.name}发生{kind}事件{settled}"

    rows = marked(Incident.objects.all(), telling).select_related("programme")
    return events(telling, rows, words)


SESSIONS = (
    ("开展课程和文体、户外等项目活动{disability.sessions_held}", "sessions_held"),
    ("{disability.session_participants}参加", "session_participants"),
)
RATE = "按点名记录，项目出勤率为{disability.attendance_rate}。"
DOSES = "定时发药，应服药{disability.medication_due}，服药依从率为{disability.medication_rate}。"
FAMILIES = "与家属联系{disability.family_contacts}，涉及入托人员{disability.family_contacted}。"
PLACEMENTS = (
    ("住在或参加养护、托养机构的残疾人{disability.placements}", "placements"),
    ("期内新安置{disability.placed_persons}", "placed_persons"),
)
ENROLLED = "托养和活动项目{disability.programmes}，在托残疾人{disability.enrolled}。"

register(
    Narrative(STREET, "places", 40, places),
    Narrative(STREET, "sunshine", 10, programmes_of(ProgrammeKind.SUNSHINE)),
    told(
        STREET,
        "sunshine",
        20,
        "期末在阳光之家训练的残疾人{disability.enrolled_sunshine}。",
        "enrolled_sunshine",
    ),
    clauses(
        STREET,
        "sunshine",
        30,
        ("各托养和活动项目新入托{disability.enrolments}", "enrolments"),
        ("离托{disability.exits}", "exits"),
    ),
    told(STREET, "sunshine", 40, RATE, "attendance_expected"),
    Narrative(STREET, "sunshine", 50, groups),
    clauses(STREET, "sunshine", 60, *SESSIONS),
    Narrative(STREET, "sunshine", 70, sessions),
    FigureTable(
        STREET, "sunshine", 89, "兴趣小组组员情况", ("disability.group_members",), by="group"
    ),
    FigureTable(
        STREET,
        "sunshine",
        90,
        "托养和活动项目分月情况",
        tuple(
            f"disability.{code}"
            for code in (
                "enrolled",
                "attendance_days",
                "sessions_held",
                "medication_taken",
                "family_contacts",
                "incidents",
            )
        ),
        by="month",
    ),
    Narrative(STREET, "care", 10, programmes_of(ProgrammeKind.CARE)),
    told(
        STREET, "care", 20, "期末在温馨护理站的残疾人{disability.enrolled_care}。", "enrolled_care"
    ),
    told(STREET, "care", 30, DOSES, "medication_due"),
    told(STREET, "care", 40, FAMILIES, "family_contacts"),
    Narrative(STREET, "care", 50, incidents),
    Narrative(STREET, "care", 52, marked_incidents),
    Narrative(STREET, "nursing", 40, programmes_of(ProgrammeKind.NURSING)),
    clauses(STREET, "nursing", 50, *PLACEMENTS),
    Narrative(STREET, "nursing", 60, placements),
    told(COMMUNITY, "rehabilitation", 710, ENROLLED, "enrolled"),
    told(COMMUNITY, "rehabilitation", 720, RATE, "attendance_expected"),
    told(COMMUNITY, "rehabilitation", 730, DOSES, "medication_due"),
    told(COMMUNITY, "rehabilitation", 740, FAMILIES, "family_contacts"),
    Narrative(COMMUNITY, "rehabilitation", 750, incidents),
    clauses(COMMUNITY, "rehabilitation", 760, *PLACEMENTS),
    Narrative(COMMUNITY, "rehabilitation", 764, placements),
    Narrative(COMMUNITY, "rehabilitation", 752, marked_incidents),
    Narrative(COMMUNITY, "culture", 610, groups),
    clauses(COMMUNITY, "culture", 620, *SESSIONS),
    Narrative(COMMUNITY, "culture", 640, sessions),
    told(CENTRE, "services", 710, ENROLLED, "enrolled"),
    told(CENTRE, "services", 720, DOSES, "medication_due"),
)
