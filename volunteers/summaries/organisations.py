"""What outline D tells of the tree of organisations, its rules, its partners, and of the volunteers."""

from portal.office.models import Rule
from portal.office.summaries import agreements_in_force
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import in_force, listed, once, plain, titled
from volunteers.enums.organisations import OrgKind
from volunteers.models import VolunteerOrg
from volunteers.selectors.volunteers import orgs_on
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import codes, counted, divided, each_of

LEVELS = {
    "heads": "志愿服务总站",
    "stations": "志愿服务站",
    "teams": "志愿服务队",
    "groups": "志愿服务小组",
}


def standing(telling: Telling, *kinds: OrgKind):
    """The unit's own organisations of these levels at the period's end."""
    rows = VolunteerOrg.objects.filter(unit__in=telling.units, kind__in=kinds)
    return orgs_on(telling.period.end, rows).select_related("parent").order_by("founded_on", "pk")


def tree(telling: Telling):
    """How many of each level; the level above lies in another unit and is named, not counted."""
    levels = each_of(telling, LEVELS)
    if levels:
        yield f"建立多级志愿服务组织体系，现有志愿服务组织{{volunteers.orgs}}，其中{levels}。"


@once
def heads(telling: Telling):
    """By the post of who leads it; persons are not named."""
    for org in standing(telling, OrgKind.HEAD, OrgKind.STATION):
        above = f"隶属于{plain(org.parent.name)}" if org.parent else ""
        led = f"由{plain(org.head_post)}任站长" if org.head_post else ""
        said = "，".join(part for part in (above, led) if part)
        if said:
            yield f"{plain(org.name)}{said}。"


def rules(telling: Telling):
    """By their titles; how many there are is counted."""
    rows = in_force(Rule.objects.filter(domains__contains=["volunteers"]), telling)
    titles = [
        titled(title) for title in rows.order_by("starts_on", "pk").values_list("title", flat=True)
    ]
    if titles:
        yield f"制定并执行{listed(titles, 8)}，现行志愿服务制度{{volunteers.rules}}。"


@once
def agreements(telling: Telling):
    return agreements_in_force(telling, "volunteers")


def people(telling: Telling):
    """Registered at the end; who came and who went, where somebody did."""
    if not counted(telling, "registered"):
        return
    moved = each_of(telling, {"new": "期内新增", "left": "退出"})
    yield f"期末在册志愿者{{volunteers.registered}}{f'，{moved}' if moved else ''}。"


def origins(telling: Telling):
    found = divided(telling, "registered", "origin")
    if "、" in found:
        yield f"在册志愿者中，{found}。"


def skills(telling: Telling):
    found = divided(telling, "registered", "skills", 6)
    if found:
        yield f"服务技能主要有{found}。"


register(
    Narrative(VOLUNTEERS, "organisation", 10, tree),
    Narrative(VOLUNTEERS, "organisation", 12, heads),
    told("organisation", 14, "编入队伍的志愿者{volunteers.members}。", "members"),
    Narrative(VOLUNTEERS, "organisation", 20, rules),
    told("organisation", 30, "与{volunteers.partners}共建单位签有协议，整合社会资源。", "partners"),
    Narrative(VOLUNTEERS, "organisation", 32, agreements),
    FigureTable(VOLUNTEERS, "organisation", 80, "各组织成员情况", codes("memberships"), by="org"),
    Narrative(VOLUNTEERS, "people", 10, people),
    Narrative(VOLUNTEERS, "people", 12, origins),
    Narrative(VOLUNTEERS, "people", 14, skills),
    told(
        "people",
        16,
        "其中未满18周岁的{volunteers.registered_minors}。",
        "registered_minors",
    ),
    told(
        "people",
        40,
        "开展志愿者培训{volunteers.trained_times}，受训志愿者{volunteers.trained}。",
        "trained_times",
    ),
    told("people", 42, "培训累计{volunteers.training_hours}。", "training_hours"),
    told("people", 44, "有志愿者保险的{volunteers.insured}。", "insured"),
    FigureTable(VOLUNTEERS, "people", 82, "志愿者年龄情况", codes("registered"), by="age"),
)
