"""What outline D tells of hours, who served, certificates, stars and what was awarded."""

from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import clause, month_day, plain, within
from volunteers.enums.volunteers import AwardKind
from volunteers.models import VolunteerAward
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import codes, counted, divided


def stars(telling: Telling):
    """By level, the highest of each volunteer."""
    found = divided(telling, "stars", "level")
    if found:
        yield f"期末有星级志愿者{{volunteers.stars}}，其中{found}。"


def awards(telling: Telling):
    """Highlighted ones; the person is named only with their consent."""
    rows = VolunteerAward.objects.filter(highlight=True).exclude(kind=AwardKind.MODEL)
    for award in within(rows, telling).select_related("volunteer__resident"):
        who = plain(award.volunteer.called) if award.is_told_by_name else "1名志愿者"
        yield f"{month_day(award.occurred_on)}，{who}被{clause(award.grantor)}授予“{clause(award.name)}”。"


def others_waiting(telling: Telling):
    """Hours that are not counted yet are told apart, so that none is told twice."""
    if counted(telling, "hours_waiting"):
        yield "尚在确认和公示中的服务时长{volunteers.hours_waiting}，未计入上述时长。"


register(
    told(
        "people",
        20,
        "期内志愿者参与服务{volunteers.attendance}，参与服务的志愿者{volunteers.active}，"
        "志愿者活跃率{volunteers.active_rate}。",
        "attendance",
    ),
    told(
        "people",
        22,
        "经公示计入的服务时长{volunteers.hours}，人均服务时长{volunteers.hours_per_volunteer}。",
        "hours",
    ),
    Narrative(VOLUNTEERS, "people", 24, others_waiting),
    told("people", 26, "公示服务时长{volunteers.hours_postings}。", "hours_postings"),
    told(
        "people",
        46,
        "无偿出具志愿服务证明{volunteers.certificates}，证明服务时长"
        "{volunteers.certificate_hours}。",
        "certificates",
    ),
    FigureTable(
        VOLUNTEERS,
        "people",
        80,
        "各月志愿服务情况",
        codes("registered", "attendance", "active", "active_rate", "hours", "hours_per_volunteer"),
    ),
    FigureTable(
        VOLUNTEERS,
        "people",
        82,
        "各社区志愿服务情况",
        codes("registered", "active", "active_rate", "hours", "hours_per_volunteer"),
        by="unit",
        rank="volunteers.active_rate",
        compare=True,
    ),
    FigureTable(
        VOLUNTEERS,
        "people",
        84,
        "各队伍服务情况",
        codes("attendance", "active", "hours", "hours_per_volunteer"),
        by="team",
    ),
    Narrative(VOLUNTEERS, "stars", 10, stars),
    told("stars", 12, "期内晋升星级的志愿者{volunteers.promotions}。", "promotions"),
    told("stars", 14, "因弄虚作假撤销星级{volunteers.stars_revoked}。", "stars_revoked"),
    told("stars", 20, "志愿者受表彰{volunteers.awards}。", "awards"),
    Narrative(VOLUNTEERS, "stars", 22, awards),
    FigureTable(VOLUNTEERS, "stars", 80, "各星级志愿者", codes("stars", "promotions"), by="level"),
)
