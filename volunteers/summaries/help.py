"""What outline D tells of those served: how many, of which category, with what, and what they said."""

from portal.happenings import TO, WHO, events, marked
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import bodies, clause, listed
from volunteers.enums.help import RecognitionKind
from volunteers.models import Recognition
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import codes, divided, each_of

NAMED = {
    "served_lonely_elders": "孤寡老人",
    "served_disabled": "残疾人",
    "served_extreme_poverty": "特困户",
}


def named(telling: Telling):
    """Those whom volunteers serve first; a disabled lonely elder stands in both."""
    found = each_of(telling, NAMED)
    if found:
        yield f"其中，服务{found}。"


def services(telling: Telling):
    found = divided(telling, "served_households", "service", least=2)
    if found:
        yield f"服务内容包括{found}。"


def recognised(telling: Telling):
    found = each_of(
        telling, {"thank_you_letters": "感谢信", "banners": "锦旗", "praises": "口头和媒体表扬"}
    )
    if found:
        yield f"收到{found}。"


HOW = {
    RecognitionKind.LETTER: "送来感谢信",
    RecognitionKind.BANNER: "赠送锦旗",
    RecognitionKind.PRAISE: "口头表扬",
    RecognitionKind.MEDIA: "刊播表扬",
}


def praised(telling: Telling):
    """Told in its own words; the giver only where it is a body, which a medium always is."""

    def words(row):
        is_medium = row.kind == RecognitionKind.MEDIA
        giver = row.giver if is_medium else listed(bodies([row.giver])) or "居民"
        said = f"{giver}{HOW[row.kind]}{WHO}" if is_medium else f"{giver}{TO}{HOW[row.kind]}"
        return f"{said}：{clause(row.content)}"

    return events(telling, marked(Recognition.objects.all(), telling), words)


register(
    told(
        "served",
        10,
        "开展帮扶服务{volunteers.served_households}、{volunteers.served_people}，惠及居民"
        "{volunteers.served_persons}、{volunteers.served_homes}。",
        "served_households",
    ),
    Narrative(VOLUNTEERS, "served", 12, named),
    Narrative(VOLUNTEERS, "served", 14, services),
    told(
        "served",
        20,
        "服务对象评价{volunteers.served_rated}，服务对象满意率{volunteers.served_satisfaction}。",
        "served_rated",
    ),
    told(
        "served",
        30,
        "受理居民服务需求{volunteers.help_requests}，已安排并服务{volunteers.help_done}，"
        "需求满足率{volunteers.help_rate}。",
        "help_requests",
    ),
    FigureTable(
        VOLUNTEERS,
        "served",
        80,
        "各类服务对象",
        codes("served_households", "served_people", "served_persons"),
        by="care",
    ),
    FigureTable(
        VOLUNTEERS,
        "served",
        82,
        "各项服务内容",
        codes("served_households", "served_people"),
        by="service",
    ),
    Narrative(VOLUNTEERS, "stars", 40, recognised),
    Narrative(VOLUNTEERS, "stars", 42, praised),
)
