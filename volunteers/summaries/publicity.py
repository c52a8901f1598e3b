"""What outline D tells of publicity by medium and level, and of model volunteers, named with consent."""

from portal.happenings import WHO, events, marked
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import clause, quoted, titled, within
from volunteers.enums.volunteers import AwardKind
from volunteers.models import PublicityItem, VolunteerAward
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import codes, counted, divided, each_of

MEDIA = codes("publicity_items", "publicity_external", "publicity_internal")


def reach(telling: Telling):
    if counted(telling, "publicity_items"):
        sides = {"publicity_external": "对外宣传", "publicity_internal": "对内宣传"}
        found = each_of(telling, sides)
        more = f"，其中{found}" if "、" in found else ""
        yield f"刊播志愿服务宣传稿件{{volunteers.publicity_items}}{more}。"


def media(telling: Telling):
    found = divided(telling, "publicity_items", "medium", least=2)
    if found:
        yield f"按媒体分，{found}。"


def published(telling: Telling):
    def words(item):
        where = item.outlet or item.get_medium_display()
        return f"{where}刊播{WHO}{titled(item.title)}"

    return events(telling, marked(PublicityItem.objects.all(), telling), words)


def models(telling: Telling):
    """Who agreed to it, by name and deeds; the others are counted alone."""

    def words(row):
        if not row.is_told_by_name:
            return ""
        deeds = f"：{clause(row.deeds)}" if row.deeds else ""
        return f"{WHO}{row.volunteer.called}被{clause(row.grantor)}评为{quoted(clause(row.name))}{deeds}"

    rows = within(VolunteerAward.objects.filter(kind=AwardKind.MODEL), telling)
    return events(telling, rows.select_related("volunteer__resident"), words)


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
    Narrative(VOLUNTEERS, "publicity", 20, published),
    told("publicity", 30, "评出志愿者先进典型{volunteers.models}。", "models"),
    Narrative(VOLUNTEERS, "publicity", 32, models),
    FigureTable(VOLUNTEERS, "publicity", 80, "各媒体志愿服务宣传", MEDIA, by="medium"),
    FigureTable(VOLUNTEERS, "publicity", 82, "各级媒体志愿服务宣传", MEDIA, by="rank"),
)
