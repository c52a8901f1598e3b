"""What the outlines tell of services, sessions and agreements."""

from disability.enums.services import ServiceKind
from disability.models import RehabService, RehabSession
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET, told
from disability.summaries.telling import clauses
from portal.figures import engine
from portal.happenings import WHO, events, marked
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import clause, quoted


def by_kind(telling: Telling):
    """What was done, by how many; only what was done at all."""
    done = engine.by_category("disability.rehab_services", "kind", telling.units, telling.period)
    yield from _named(done, "按服务项目分，")


def beyond_by_kind(telling: Telling):
    """Which services went beyond the agreements; told by name, their number stands before."""
    beyond = engine.by_category(
        "disability.rehab_beyond_agreement", "kind", telling.units, telling.period
    )
    kinds = [kind.label for kind in ServiceKind if beyond[kind].value]
    if kinds:
        yield f"约定以外的服务包括{'、'.join(kinds)}。"


def _named(done, begin):
    named = [
        f"{kind.label}{{disability.services_of_{kind}}}" for kind in ServiceKind if done[kind].value
    ]
    if named:
        yield f"{begin}{'、'.join(named)}。"


def sessions(telling: Telling):
    """Each session marked 写入总结: by whom, where and what."""

    def words(session):
        by = f"由{session.provider}" if session.provider else ""
        where = session.facility.name if session.facility else session.place
        place = f"在{where}" if where else ""
        return f"{WHO}{by}{place}开展{quoted(session.title)}集体康复服务"

    rows = marked(RehabSession.objects.all(), telling).select_related("provider", "facility")
    return events(telling, rows, words)


def services(telling: Telling):
    """Each single service marked 写入总结; nobody is named."""

    def words(service):
        by = str(service.provider) if service.provider else "工作人员"
        items = f"（{clause(service.items)}）" if service.items else ""
        way, kind = service.get_mode_display(), service.get_kind_display()
        return f"{WHO}{by}为残疾人{way}提供{kind}服务{items}"

    rows = marked(RehabService.objects.filter(session__isnull=True), telling)
    return events(telling, rows.select_related("provider"), words)


SERVED = "提供康复服务{disability.rehab_services}，惠及残疾人{disability.rehab_service_persons}。"
HOME = (
    "其中上门服务{disability.rehab_services_home}，惠及{disability.rehab_services_home_persons}。"
)
SESSIONS = "组织集体康复服务{disability.group_sessions}，参加{disability.group_session_services}。"
COVERAGE = "康复服务覆盖率{disability.rehab_coverage}。"
SIGNED = "期末已与医疗卫生机构签订康复服务约定书的残疾人{disability.agreements_signed}。"
RATE = "持证残疾人康复签约率{disability.signing_rate}。"
BY_AGREEMENT = "签约机构提供服务{disability.agreement_services}。"
BEYOND = "在约定项目以外，另提供服务{disability.rehab_beyond_agreement}。"
MONTHS = (
    "disability.rehab_services",
    "disability.rehab_services_home",
    "disability.group_sessions",
    "disability.group_session_services",
    "disability.plans_made",
    "disability.plan_reviews",
)


def of_group(order, words, code):
    return told(CENTRE, "services", order, f"{words}{{disability.{code}}}。", code)


register(
    told(COMMUNITY, "rehabilitation", 40, SERVED, "rehab_services"),
    told(COMMUNITY, "rehabilitation", 42, HOME, "rehab_services_home"),
    told(COMMUNITY, "rehabilitation", 44, SESSIONS, "group_sessions"),
    Narrative(COMMUNITY, "rehabilitation", 45, by_kind),
    told(COMMUNITY, "rehabilitation", 46, SIGNED, "agreements_signed"),
    told(COMMUNITY, "rehabilitation", 48, BY_AGREEMENT, "agreement_services"),
    told(COMMUNITY, "rehabilitation", 50, COVERAGE, "rehab_served"),
    Narrative(COMMUNITY, "rehabilitation", 60, sessions),
    Narrative(COMMUNITY, "rehabilitation", 62, services),
    FigureTable(COMMUNITY, "rehabilitation", 90, "各月康复服务", MONTHS),
    told(STREET, "care", 60, SESSIONS, "group_sessions"),
    Narrative(STREET, "care", 62, sessions),
    told(STREET, "doorstep", 20, SIGNED, "agreements_signed"),
    told(STREET, "doorstep", 22, RATE, "agreements_signed"),
    told(STREET, "doorstep", 24, BY_AGREEMENT, "agreement_services"),
    told(STREET, "doorstep", 26, BEYOND, "rehab_beyond_agreement"),
    Narrative(STREET, "doorstep", 28, beyond_by_kind),
    told(
        STREET,
        "doorstep",
        30,
        "上门提供康复服务{disability.rehab_services_home}，惠及残疾人"
        "{disability.rehab_services_home_persons}。",
        "rehab_services_home",
    ),
    told(STREET, "doorstep", 32, COVERAGE, "rehab_served"),
    Narrative(STREET, "doorstep", 40, services),
    FigureTable(STREET, "doorstep", 90, "各社区康复服务", MONTHS, by="unit"),
    told(CENTRE, "services", 10, SERVED, "rehab_services"),
    told(CENTRE, "services", 12, HOME, "rehab_services_home"),
    of_group(
        20,
        "对截瘫患者，鼓励其树立信心，向本人和家属讲解病情、护理知识，提供服务",
        "services_paraplegia",
    ),
    of_group(
        22,
        "对视力残疾人，开展日常生活、定向行走训练和助视器、盲杖等辅助器具使用指导，提供服务",
        "services_vision",
    ),
    of_group(24, "对肢体残疾人，开展肢体功能、关节训练和定期理疗，提供服务", "services_physical"),
    of_group(
        26, "对听力、言语残疾人，指导使用助听器和学习手语，提供服务", "services_hearing_speech"
    ),
    of_group(28, "对智力残疾人，开展生活自理和社会适应训练，提供服务", "services_intellectual"),
    of_group(30, "对精神残疾人，开展服药指导，与家属保持联系，提供服务", "services_mental"),
    clauses(
        CENTRE,
        "services",
        32,
        (
            "各类服务中，心理疏导、康复知识讲解和护理指导{disability.services_nursing}",
            "services_nursing",
        ),
        ("定向行走和生活能力训练{disability.services_orientation}", "services_orientation"),
        ("功能训练和康复治疗{disability.services_function}", "services_function"),
        ("辅助器具使用指导{disability.services_of_device_use}", "services_of_device_use"),
    ),
    told(CENTRE, "services", 40, SESSIONS, "group_sessions"),
    Narrative(CENTRE, "services", 42, sessions),
    Narrative(CENTRE, "services", 44, services),
    told(CENTRE, "services", 50, SIGNED, "agreements_signed"),
    told(CENTRE, "services", 52, COVERAGE, "rehab_served"),
    FigureTable(CENTRE, "services", 90, "各月康复服务", MONTHS),
)
