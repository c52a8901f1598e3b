"""指标 of publicity and help: theme days, hand-outs, donations, culture, jobs, honours, channels and
the satisfaction of three groups."""

from django.db.models import Q

from disability.figures.base import OURS, flow, of_ours, ratio, stock
from portal.figures import Amount, Category, Distinct, Total, register
from portal.observances import BY_CODE, THEME_DAY_CHOICES
from portal.office.enums import ChannelKind, Rank, SurveyGroup
from portal.office.models import Channel, ChannelIssue, Honor, Slogan, Survey
from residents.enums import (
    ActivityKind,
    AssistanceKind,
    GoodsKind,
    HandoutMethod,
    Hosting,
    PushResult,
)
from residents.models import Activity, Assistance, Handout, JobInfo, JobPush, Participation

PUBLICITY = OURS & Q(kind=ActivityKind.PUBLICITY)
CULTURE = OURS & Q(kind=ActivityKind.CULTURE)
DONATED = OURS & Q(kind=AssistanceKind.DONATION)
IN_CULTURE = Q(activity__kind=ActivityKind.CULTURE, activity__domains__contains=["disability"])
BY_THEME = Category("主题日", "theme_day", dict(THEME_DAY_CHOICES))
HOSTING = Category("举办方式", "hosting", dict(Hosting.choices), unstated="未选（即本单位举办）")
GOODS = Category("物品类别", "goods_kind", dict(GoodsKind.choices))
ISSUES = of_ours("channel__domains")
KIND_OF_CHANNEL = {
    "kind": Category("渠道类型", "channel__kind", dict(ChannelKind.choices)),
}
# The theme days that disability work keeps, by the word that their figures carry.
THEME_DAYS = {
    "ear": "ear-care-day",
    "autism": "autism-day",
    "helping": "disability-day",
    "eye": "eye-care-day",
    "prevention": "prevention-day",
    "deaf": "deaf-day",
    "mind": "mental-health-day",
    "blind": "blind-day",
    "world": "intl-disability-day",
}
ASKED = {
    "disabled": (SurveyGroup.DISABLED, "残疾人"),
    "families": (SurveyGroup.FAMILIES, "残疾人家属"),
    "residents": (SurveyGroup.RESIDENTS, "居民"),
}


def satisfaction(word: str, group: SurveyGroup, who: str):
    """Answers, satisfied answers and their rate, of one group."""
    asked = OURS & Q(group=group)
    return (
        flow(
            f"surveyed_{word}",
            f"{who}有效问卷",
            "份",
            f"调查日期在期内、计入残疾人工作、对象为{who}的满意度调查的有效份数之和。",
            model=Survey,
            where=asked,
            value=Total("valid"),
        ),
        flow(
            f"satisfied_{word}",
            f"{who}满意问卷",
            "份",
            f"调查日期在期内、计入残疾人工作、对象为{who}的调查中，非常满意、满意、基本满意份数之和。",
            model=Survey,
            where=asked,
            value=Total("satisfied_total"),
        ),
        ratio(
            f"satisfaction_{word}",
            f"{who}满意率",
            f"{who}满意问卷 ÷ {who}有效问卷。",
            (f"{who}满意", "满意率", "满意度"),
            of=f"satisfied_{word}",
            among=f"surveyed_{word}",
        ),
    )


register(
    flow(
        "theme_day_activities",
        "助残主题日活动",
        "次",
        "开始日期在期内、计入残疾人工作、登记了主题日的宣传活动次数。",
        ("主题日",),
        model=Activity,
        where=PUBLICITY & ~Q(theme_day=""),
        categories={"theme_day": BY_THEME},
    ),
    *(
        flow(
            f"theme_{word}",
            f"{BY_CODE[code].name}宣传活动",
            "次",
            f"开始日期在期内、计入残疾人工作、主题日为{BY_CODE[code].name}的宣传活动次数。",
            (*BY_CODE[code].other_names, BY_CODE[code].name),
            model=Activity,
            where=PUBLICITY & Q(theme_day=code),
        )
        for word, code in THEME_DAYS.items()
    ),
    flow(
        "publicity_reach",
        "助残宣传参加人次",
        "人次",
        "开始日期在期内、计入残疾人工作的宣传活动所登记的参加人次之和，没有填写的不计。",
        ("参加",),
        model=Activity,
        where=PUBLICITY,
        value=Total("participants"),
    ),
    flow(
        "publicity_disabled",
        "参加宣传的残疾人",
        "人次",
        "开始日期在期内、计入残疾人工作的宣传活动所登记的残疾人参加人次之和，没有填写的不计。",
        model=Activity,
        where=PUBLICITY,
        value=Total("disabled_participants"),
    ),
    flow(
        "banners",
        "助残横幅标语",
        "条",
        "悬挂日期在期内、计入残疾人工作的横幅和标语的条数之和。",
        ("横幅", "标语"),
        model=Slogan,
        where=OURS,
        value=Total("quantity"),
    ),
    flow(
        "home_handouts",
        "入户发放助残资料",
        "份",
        "发放日期在期内、计入残疾人工作、以份计、方式为入户的宣传品数量之和。",
        ("入户发放", "送到家"),
        model=Handout,
        where=OURS & Q(measure="份", method=HandoutMethod.HOME),
        value=Total("quantity"),
    ),
    flow(
        "households_reached",
        "入户宣传户数",
        "户次",
        "发放日期在期内、计入残疾人工作、方式为入户的发放所登记的户数之和，没有填写的不计。",
        ("入户", "户"),
        model=Handout,
        where=OURS & Q(method=HandoutMethod.HOME),
        value=Total("households"),
    ),
    flow(
        "donations",
        "助残捐赠",
        "次",
        "日期在期内、计入残疾人工作、类别为捐赠的记录条数。",
        ("捐赠",),
        model=Assistance,
        where=DONATED,
        categories={"goods_kind": GOODS},
    ),
    flow(
        "donation_persons",
        "受赠残疾人",
        "人",
        "期内接受捐赠（计入残疾人工作）的居民，一人多次只算一人。",
        model=Assistance,
        where=DONATED,
        value=Distinct("resident"),
    ),
    flow(
        "donated_items",
        "捐赠物品",
        "件（册）",
        "日期在期内、计入残疾人工作的捐赠所登记的物品数量之和，没有填写的不计。",
        model=Assistance,
        where=DONATED,
        value=Total("goods_quantity"),
        categories={"goods_kind": GOODS},
    ),
    flow(
        "donated_books",
        "捐赠图书",
        "册",
        "日期在期内、计入残疾人工作、物品类别为图书的捐赠数量之和，没有填写的不计。",
        ("图书", "册"),
        model=Assistance,
        where=DONATED & Q(goods_kind=GoodsKind.BOOKS),
        value=Total("goods_quantity"),
    ),
    flow(
        "donation_value",
        "捐赠物品折价",
        "元",
        "日期在期内、计入残疾人工作的捐赠所登记的物品折价之和，没有填写的不计。",
        model=Assistance,
        where=DONATED,
        value=Amount("goods_value"),
    ),
    flow(
        "donations_uncounted",
        "捐赠数量缺项",
        "条",
        "日期在期内、计入残疾人工作、登记了物品却没有填写数量的捐赠记录条数。",
        model=Assistance,
        where=DONATED & Q(goods_quantity__isnull=True) & (~Q(goods="") | ~Q(goods_kind="")),
    ),
    flow(
        "culture_events",
        "助残文体活动次数",
        "次",
        "开始日期在期内、计入残疾人工作的文体联欢活动次数，自己举办、参加和接待的都算。",
        ("文体", "联欢"),
        model=Activity,
        where=CULTURE,
        categories={"hosting": HOSTING},
    ),
    flow(
        "culture_joined",
        "参加其他单位文体活动",
        "次",
        "开始日期在期内、计入残疾人工作、举办方式为参加其他单位活动的文体联欢次数。",
        model=Activity,
        where=CULTURE & Q(hosting=Hosting.JOINED),
    ),
    flow(
        "culture_guests",
        "接待来访交流",
        "次",
        "开始日期在期内、计入残疾人工作、举办方式为接待来访的文体联欢次数。",
        ("接待",),
        model=Activity,
        where=CULTURE & Q(hosting=Hosting.GUESTS),
    ),
    flow(
        "culture_participants",
        "助残文体活动参加人次",
        "人次",
        "开始日期在期内、计入残疾人工作的文体联欢活动所登记的参加人次之和，没有填写的不计。",
        model=Activity,
        where=CULTURE,
        value=Total("participants"),
    ),
    flow(
        "culture_persons",
        "参加文体活动的残疾人",
        "人",
        "期内登记参加残疾人工作文体联欢活动的居民，一人多次只算一人。",
        model=Participation,
        where=IN_CULTURE,
        value=Distinct("resident"),
    ),
    flow(
        "job_infos",
        "助残招聘岗位",
        "条",
        "收到日期在期内、计入残疾人工作的招聘信息条数，一个岗位一条。",
        ("招聘信息", "就业信息"),
        model=JobInfo,
        where=OURS,
    ),
    flow(
        "job_pushes",
        "向残疾人推送岗位",
        "人次",
        "推送日期在期内、岗位计入残疾人工作的推送条数，一人一岗一次算一次。",
        ("推送",),
        model=JobPush,
        where=of_ours("info__domains"),
        categories={"result": Category("结果", "result", dict(PushResult.choices))},
    ),
    flow(
        "job_persons",
        "推送岗位的残疾人",
        "人",
        "期内推送过岗位（计入残疾人工作）的居民，一人多次只算一人。",
        model=JobPush,
        where=of_ours("info__domains"),
        value=Distinct("resident"),
    ),
    flow(
        "job_hired",
        "推送后残疾人入职",
        "人",
        "入职日期在期内、岗位计入残疾人工作、结果为已入职的居民，一人多次只算一人。",
        ("入职", "就业"),
        model=JobPush,
        where=of_ours("info__domains") & Q(result=PushResult.HIRED),
        date="hired_on",
        value=Distinct("resident"),
    ),
    flow(
        "honors",
        "助残荣誉数",
        "项",
        "获奖日期在期内、计入残疾人工作的荣誉和奖项数。",
        ("荣誉", "奖项"),
        model=Honor,
        where=OURS,
        categories={"rank": Category("级别", "rank", dict(Rank.choices))},
    ),
    flow(
        "prizes",
        "助残比赛获奖",
        "项",
        "获奖日期在期内、计入残疾人工作、写明奖次的奖项数。",
        ("获奖",),
        model=Honor,
        where=OURS & ~Q(prize=""),
    ),
    stock(
        "channels",
        "助残宣传渠道数",
        "个",
        "期末那一天开办中、计入残疾人工作的宣传渠道个数。",
        model=Channel,
        where=OURS,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories={"kind": Category("类型", "kind", dict(ChannelKind.choices))},
    ),
    flow(
        "issues",
        "助残简报和文章数",
        "期（篇）",
        "发布日期在期内、渠道计入残疾人工作的内容期数或篇数。",
        model=ChannelIssue,
        where=ISSUES,
        categories=KIND_OF_CHANNEL,
    ),
    flow(
        "newsletters",
        "助残简报",
        "期",
        "发布日期在期内、渠道计入残疾人工作且类型为简报的期数。",
        ("简报", "期"),
        model=ChannelIssue,
        where=ISSUES & Q(channel__kind=ChannelKind.NEWSLETTER),
    ),
    flow(
        "blog_posts",
        "助残网上文章",
        "篇",
        "发布日期在期内、渠道计入残疾人工作且类型为博客、公众号、居民群、网站的篇数。",
        ("篇", "博客"),
        model=ChannelIssue,
        where=ISSUES
        & Q(
            channel__kind__in=[
                ChannelKind.BLOG,
                ChannelKind.ACCOUNT,
                ChannelKind.GROUP,
                ChannelKind.SITE,
            ]
        ),
    ),
    flow(
        "issue_copies",
        "助残简报印发",
        "份",
        "发布日期在期内、渠道计入残疾人工作的内容的印发份数之和，没有填写的不计。",
        ("印发",),
        model=ChannelIssue,
        where=ISSUES,
        value=Total("copies"),
        categories=KIND_OF_CHANNEL,
    ),
    flow(
        "issue_views",
        "助残文章阅读",
        "人次",
        "发布日期在期内、渠道计入残疾人工作的内容的阅读量之和，没有填写的不计。",
        ("阅读", "浏览"),
        model=ChannelIssue,
        where=ISSUES,
        value=Total("views"),
        categories=KIND_OF_CHANNEL,
    ),
    *(figure for word, (group, who) in ASKED.items() for figure in satisfaction(word, group, who)),
)
