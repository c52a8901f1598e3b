"""What summaries tell of places and programmes: the four parts of outline B, in short in A and F."""

from django.db.models import Q

from disability.enums import Category
from disability.enums.programmes import ProgrammeKind
from disability.models import InterestGroup, Placement, Programme, ProgrammeSession
from disability.summaries.community import month_day
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from portal.figures import engine
from portal.numbers import trimmed
from portal.office.models import Facility
from portal.summaries import FigureTable, Narrative, Sentence, Telling, register
from portal.telling import (
    Said,
    plain,
)

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
        text += f"，面向{programme.ages.replace(' ', '')}{'的' if programme.ages else ''}{people}"
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
    period = telling.period
    rows = ProgrammeSession.objects.kept().filter(
        unit__in=telling.units, occurred_on__range=(period.start, period.end), highlight=True
    )
    for session in map(Said, rows.select_related("programme").order_by("occurred_on", "pk")):
        content = f"，{session.content.rstrip('。')}" if session.content else ""
        yield f"{month_day(session.occurred_on)}，{session.programme.name}开展“{session.title}”{content}。"


def incidents(telling: Telling):
    """A quiet period is told as nought, as long as there was somebody to look after."""
    if some(telling, "incidents"):
        text = "期内发生安全事件{disability.incidents}"
        settled = not some(telling, "incidents_open")
        yield text + ("，已处置了结。" if settled else "，尚未了结{disability.incidents_open}。")
    elif some(telling, "enrolled", "enrolments", "exits"):
        yield "坚持专人看护和家属接送交接，入托人员安全事件{disability.incidents}，未发生安全事故。"


def placements(telling: Telling):
    """Placements marked 写入总结 that began in the period; names stay out of the text."""
    period = telling.period
    rows = Placement.objects.kept().filter(
        unit__in=telling.units, starts_on__range=(period.start, period.end), highlight=True
    )
    for row in map(Said, rows.select_related("provider").order_by("starts_on", "pk")):
        funding = f"，费用来源为{row.funding}" if row.funding else ""
        yield f"{month_day(row.starts_on)}，1名残疾人入住{row.place}（{row.get_kind_display()}）{funding}。"


CAME = "各托养和活动项目新入托{disability.enrolments}。"
LEFT = "各托养和活动项目离托{disability.exits}。"
RATE = "按点名记录，项目出勤率为{disability.attendance_rate}。"
HELD = "开展课程和文体、户外等项目活动{disability.sessions_held}。"
JOINED = "共有{disability.session_participants}参加项目活动。"
DOSES = "定时发药，应服药{disability.medication_due}，服药依从率为{disability.medication_rate}。"
FAMILIES = "与家属联系{disability.family_contacts}，涉及入托人员{disability.family_contacted}。"
PLACED = "住在或参加养护、托养机构的残疾人{disability.placements}。"
NEWLY_PLACED = "期内新安置{disability.placed_persons}。"
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
    told(STREET, "sunshine", 30, CAME, "enrolments"),
    told(STREET, "sunshine", 32, LEFT, "exits"),
    told(STREET, "sunshine", 40, RATE, "attendance_expected"),
    Narrative(STREET, "sunshine", 50, groups),
    told(STREET, "sunshine", 60, HELD, "sessions_held"),
    told(STREET, "sunshine", 65, JOINED, "session_participants"),
    Narrative(STREET, "sunshine", 70, sessions),
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
    Narrative(STREET, "nursing", 40, programmes_of(ProgrammeKind.NURSING)),
    told(STREET, "nursing", 50, PLACED, "placements"),
    told(STREET, "nursing", 52, NEWLY_PLACED, "placed_persons"),
    Narrative(STREET, "nursing", 60, placements),
    told(COMMUNITY, "rehabilitation", 710, ENROLLED, "enrolled"),
    told(COMMUNITY, "rehabilitation", 720, RATE, "attendance_expected"),
    told(COMMUNITY, "rehabilitation", 730, DOSES, "medication_due"),
    told(COMMUNITY, "rehabilitation", 740, FAMILIES, "family_contacts"),
    Narrative(COMMUNITY, "rehabilitation", 750, incidents),
    told(COMMUNITY, "rehabilitation", 760, PLACED, "placements"),
    told(COMMUNITY, "rehabilitation", 762, NEWLY_PLACED, "placed_persons"),
    Narrative(COMMUNITY, "culture", 610, groups),
    told(COMMUNITY, "culture", 620, HELD, "sessions_held"),
    told(COMMUNITY, "culture", 630, JOINED, "session_participants"),
    Narrative(COMMUNITY, "culture", 640, sessions),
    told(CENTRE, "services", 710, ENROLLED, "enrolled"),
    told(CENTRE, "services", 720, DOSES, "medication_due"),
)
