"""What outline D tells of publicity by medium and level, and of model volunteers, named with consent."""

from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import clause, month_day, plain, titled, within
from volunteers.enums.volunteers import AwardKind
from volunteers.models import PublicityItem, VolunteerAward
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import codes, divided, each_of

MEDIA = codes("publicity_items", "publicity_external", "publicity_internal")


def reach(telling: Telling):
    found = each_of(telling, {"publicity_external": "对外宣传", "publicity_internal": "对内宣传"})
    if found:
        yield f"刊播志愿服务宣传稿件{{volunteers.publicity_items}}，其中{found}。"


def media(telling: Telling):
    found = divided(telling, "publicity_items", "medium")
    if found:
        yield f"按媒体分，{found}。"


def marked(telling: Telling):
    for item in within(PublicityItem.objects.filter(highlight=True), telling):
        where = plain(item.outlet) or item.get_medium_display()
        yield f"{month_day(item.occurred_on)}，{where}刊播{titled(item.title)}。"


def models(telling: Telling):
    """Who agreed to it, by name and deeds; the others are counted alone."""
    rows = VolunteerAward.objects.filter(kind=AwardKind.MODEL)
    for row in within(rows, telling).select_related("volunteer__resident"):
        if not row.is_told_by_name:
            continue
        deeds = f"：{clause(row.deeds)}" if row.deeds else ""
        who, name = plain(row.volunteer.called), clause(row.name)
        yield f"{who}被{clause(row.grantor)}评为“{name}”{deeds}。"


register(
    Narrative(VOLUNTEERS, "publicity", 10, reach),
    Narrative(VOLUNTEERS, "publicity", 12, media),
    told(
        "publicity",
        14,
        "市级以上媒体刊播{volunteers.publicity_upper}。",
        "publicity_upper",
    ),
    told(
        "publicity",
        16,
        "宣传志愿服务项目{volunteers.publicity_of_projects}。",
        "publicity_of_projects",
    ),
    Narrative(VOLUNTEERS, "publicity", 20, marked),
    told("publicity", 30, "评出志愿者先进典型{volunteers.models}。", "models"),
    Narrative(VOLUNTEERS, "publicity", 32, models),
    FigureTable(VOLUNTEERS, "publicity", 80, "各媒体志愿服务宣传", MEDIA, by="medium"),
    FigureTable(VOLUNTEERS, "publicity", 82, "各级媒体志愿服务宣传", MEDIA, by="rank"),
)
