"""What summaries tell of publicity and help (outlines A and B): jobs, culture, honours, theme days,
hand-outs, newsletters, donations, and the satisfaction of three groups."""

from collections import Counter

from disability.figures.publicity import THEME_DAYS
from disability.summaries.outlines import COMMUNITY, STREET
from disability.summaries.telling import clauses, counted, told
from portal.happenings import WHO, events, marked
from portal.observances import BY_CODE
from portal.office.enums import ChannelKind
from portal.office.marked import issues_of, slogans_of
from portal.office.models import ChannelIssue, Honor
from portal.summaries import Narrative, Telling, register
from portal.telling import (
    clause,
    listed,
    plain,
    quoted,
    titled,
    within,
)
from residents.enums import ActivityKind, AssistanceKind, Hosting
from residents.models import Activity, Assistance

OURS = ["disability"]
BOTH = COMMUNITY + STREET
CULTURE = (
    ("组织和参加文体活动{disability.culture_events}", "culture_events"),
    ("其中参加其他单位举办的{disability.culture_joined}", "culture_joined"),
    ("接待来访交流{disability.culture_guests}", "culture_guests"),
    ("参加{disability.culture_participants}", "culture_participants"),
    ("登记参加的残疾人{disability.culture_persons}", "culture_persons"),
)


def culture(telling: Telling):
    """Each marked event, as ours, as guests of others, or with guests; what several communities held on
    one day is told without its places."""
    rows = marked(
        Activity.objects.filter(kind=ActivityKind.CULTURE, domains__contains=OURS), telling
    )
    held = Counter((event.occurred_on, plain(event.title)) for event in rows)

    def words(event):
        title, hosts = quoted(event.title), event.organisers
        alone = held[event.occurred_on, event.title] == 1
        place = f"在{event.place}" if event.place and alone else ""
        if event.hosting == Hosting.JOINED:
            return f"组织残疾人参加{f'{hosts}举办的' if hosts else ''}{title}"
        if event.hosting == Hosting.GUESTS:
            return f"{place}接待{event.guests or '来访团队'}，开展{title}交流活动"
        return f"{place}{f'与{hosts}共同' if hosts else ''}举办{title}"

    return events(telling, rows, words)


def honors(telling: Telling):
    """What was won or granted; the winner may be a person, and is not named."""

    def words(each):
        if not each.prize:
            return f"获{each.grantor}授予{quoted(each.name)}称号"
        work = f"作品{quoted(each.work)}" if each.work else ""
        contest = f"在{quoted(each.contest)}中" if each.contest else f"在{each.grantor}的评比中"
        return f"{WHO}残疾人{work or '参赛'}{contest}获{each.prize}"

    return events(telling, marked(Honor.objects.filter(domains__contains=OURS), telling), words)


def donations(telling: Telling):
    """Who gave what; who got it is not named."""

    def words(gift):
        goods = clause(gift.goods) or gift.get_goods_kind_display() or "物品"
        return f"{gift.giver}向{WHO}残疾人捐赠{goods}"

    rows = Assistance.objects.filter(kind=AssistanceKind.DONATION, domains__contains=OURS)
    return events(telling, marked(rows, telling), words)


def other_goods(telling: Telling):
    """All goods together, where they were not books alone."""
    if counted(telling, "donated_items") > counted(telling, "donated_books"):
        yield "捐赠物品共{disability.donated_items}。"


def newsletters(telling: Telling):
    """The newsletters by name, and what they came to."""
    rows = ChannelIssue.objects.filter(
        channel__kind=ChannelKind.NEWSLETTER, channel__domains__contains=["disability"]
    )
    names = listed(
        titled(name) for name in within(rows, telling).values_list("channel__name", flat=True)
    )
    if names:
        yield f"编发社区康复简报{names}{{disability.newsletters}}，印发{{disability.issue_copies}}。"


def theme_days(telling: Telling):
    """How many activities each theme day had."""
    kept = [
        f"{BY_CODE[code].name}{{disability.theme_{word}}}"
        for word, code in THEME_DAYS.items()
        if counted(telling, f"theme_{word}")
    ]
    if kept:
        yield f"围绕主题日开展宣传：{'、'.join(kept)}。"


register(
    # --- jobs, culture, honours, donations -------------------------------------------------------
    *told(
        COMMUNITY,
        "training",
        50,
        "提供适合残疾人的招聘信息{disability.job_infos}，推送岗位{disability.job_pushes}，涉及残疾人"
        "{disability.job_persons}。",
        "job_infos",
        "job_pushes",
    ),
    *told(COMMUNITY, "training", 55, "推送后已入职{disability.job_hired}。", "job_hired"),
    clauses(
        COMMUNITY,
        "culture",
        10,
        *CULTURE,
    ),
    Narrative(COMMUNITY, "culture", 20, culture),
    *told(COMMUNITY, "culture", 30, "获荣誉和奖项{disability.honors}。", "honors"),
    Narrative(COMMUNITY, "culture", 32, honors),
    clauses(
        COMMUNITY,
        "donations",
        10,
        ("接受社会捐赠{disability.donations}", "donations"),
        ("受赠残疾人{disability.donation_persons}", "donation_persons"),
        ("其中图书{disability.donated_books}", "donated_books"),
        ("物品折价{disability.donation_value}", "donation_value"),
    ),
    Narrative(COMMUNITY, "donations", 21, other_goods),
    Narrative(COMMUNITY, "donations", 20, donations),
    clauses(STREET, "sunshine", 795, *CULTURE),
    Narrative(STREET, "sunshine", 800, culture),
    *told(STREET, "sunshine", 810, "获荣誉和奖项{disability.honors}。", "honors"),
    Narrative(STREET, "sunshine", 812, honors),
    # --- publicity -------------------------------------------------------------------------------
    clauses(
        STREET,
        "publicity",
        10,
        ("开展宣传活动{disability.activities}", "activities"),
        ("参加群众{disability.publicity_reach}", "publicity_reach"),
        ("其中残疾人{disability.publicity_disabled}", "publicity_disabled"),
        ("接受现场咨询{disability.consultations}", "consultations"),
        ("发放宣传资料{disability.handouts}", "handouts"),
        ("悬挂横幅标语{disability.banners}", "banners"),
    ),
    *(Narrative(outline, "publicity", 19, theme_days) for outline in BOTH),
    *told(
        BOTH,
        "publicity",
        15,
        "把政策和康复知识送到家，入户发放{disability.home_handouts}，走到"
        "{disability.households_reached}。",
        "households_reached",
    ),
    *(Narrative(outline, "publicity", 18, newsletters) for outline in BOTH),
    *(Narrative(outline, "publicity", 30, issues_of("disability")) for outline in BOTH),
    *(Narrative(outline, "publicity", 32, slogans_of("disability")) for outline in BOTH),
    *told(
        BOTH,
        "publicity",
        18,
        "通过博客、公众号等发布残疾人工作信息{disability.blog_posts}，阅读"
        "{disability.issue_views}。",
        "blog_posts",
    ),
    # --- satisfaction ----------------------------------------------------------------------------
    *told(
        STREET,
        "satisfaction",
        10,
        "对残疾人的满意度调查收回有效问卷{disability.surveyed_disabled}，满意率"
        "{disability.satisfaction_disabled}。",
        "surveyed_disabled",
    ),
    *told(
        STREET,
        "satisfaction",
        20,
        "对残疾人家属的满意度调查收回有效问卷{disability.surveyed_families}，满意率"
        "{disability.satisfaction_families}。",
        "surveyed_families",
    ),
    *told(
        STREET,
        "satisfaction",
        30,
        "对居民的满意度调查收回有效问卷{disability.surveyed_residents}，满意率"
        "{disability.satisfaction_residents}。",
        "surveyed_residents",
    ),
)
