"""Partners and agreements, channels and issues, honours, surveys."""

from datetime import date

from portal.demo.world import YEAR
from portal.office.demo.stage import DISABILITY, OFFICE, SERVICE, VOLUNTEERS, Stage
from portal.office.enums import ChannelKind, PartnerKind, Rank, SurveyGroup
from portal.office.models import Agreement, Channel, ChannelIssue, Honor, Partner, Survey

PARTNERS = (
    ("区人民医院", PartnerKind.HOSPITAL, "每季度义诊一次，派康复医师上门", DISABILITY),
    ("春华小学", PartnerKind.SCHOOL, "提供礼堂，学生参加志愿服务", VOLUNTEERS),
    ("惠民超市", PartnerKind.COMPANY, "为困难家庭提供平价商品", OFFICE),
)
CHANNELS = (
    ("社区康复简报", ChannelKind.NEWSLETTER, DISABILITY),
    ("社区公众号", ChannelKind.ACCOUNT, OFFICE),
)
TITLES = ("便民服务有新招", "助残日活动侧记", "邻里互助故事", "志愿者风采", "垃圾分类小知识")
HONORS = (
    ("先进基层党组织", "社区党委", "", Rank.STREET, "街道党工委", OFFICE),
    ("残疾人工作先进单位", "社区残协", "", Rank.DISTRICT, "区残疾人联合会", DISABILITY),
    ("朗诵比赛", "阳光之家学员", "一等奖", Rank.CITY, "市精神病防治中心", DISABILITY),
    ("优秀志愿服务队", "红马甲服务队", "", Rank.DISTRICT, "区文明办", VOLUNTEERS),
)
ASKED = (
    (SurveyGroup.DISABLED, 60, DISABILITY),
    (SurveyGroup.FAMILIES, 50, DISABILITY),
    (SurveyGroup.RESIDENTS, 120, OFFICE),
    (SurveyGroup.APPLICANTS, 90, SERVICE),
)


def add_publicity(stage: Stage) -> None:
    partners = [row for unit in stage.communities for row in _partners(stage, unit)]
    stage.store(Partner, partners)
    stage.store(Agreement, [r for row in partners for r in _agreements(stage, row)])
    channels = [row for unit in stage.units for row in _channels(stage, unit)]
    stage.store(Channel, channels)
    stage.store(ChannelIssue, [r for row in channels for r in _issues(stage, row)])
    stage.store(Honor, [r for u in stage.communities for r in _honors(stage, u)])
    stage.store(Survey, [r for u in stage.communities for r in _surveys(stage, u)])


def _partners(stage, unit):
    for number, (name, kind, resources, domains) in enumerate(PARTNERS):
        yield stage.row(
            Partner,
            unit,
            date(YEAR - 1, 3, 5),
            name=name,
            kind=kind,
            contact=f"{stage.people(unit)[number + 2][:1]}主任",
            phone=f"020-8811{unit.code[-3:]}{number}",
            resources=resources,
            domains=domains,
        )


def _agreements(stage, partner):
    starts = date(YEAR - 1, 3, 5)
    yield stage.row(
        Agreement,
        partner.unit,
        starts,
        partner=partner,
        title=f"与{partner.name}共建协议",
        content=partner.resources,
        signed_by=stage.people(partner.unit)[1],
        starts_on=starts,
        ends_on=date(YEAR + 1, 12, 20) if partner.kind != PartnerKind.COMPANY else None,
    )


def _channels(stage, unit):
    for name, kind, domains in CHANNELS:
        yield stage.row(
            Channel,
            unit,
            date(YEAR - 1, 1, 20),
            name=f"{unit.name}{name.removeprefix('社区')}" if kind == ChannelKind.ACCOUNT else name,
            kind=kind,
            editor=stage.people(unit)[3],
            starts_on=date(YEAR - 1, 1, 20),
            domains=domains,
        )


def _issues(stage, channel):
    printed = channel.kind == ChannelKind.NEWSLETTER
    for number, day in enumerate(sorted(stage.dated(6)), start=1):
        yield stage.row(
            ChannelIssue,
            channel.unit,
            day,
            channel=channel,
            title=TITLES[number % len(TITLES)],
            number=f"第{number}期" if printed else "",
            copies=stage.random.randrange(5, 20) * 10 if printed else None,
            views=None if printed else stage.random.randrange(80, 900),
        )


def _honors(stage, unit):
    chosen = stage.units.index(unit)
    for name, recipient, prize, rank, grantor, domains in HONORS[chosen % 2 :: 2]:
        yield stage.row(
            Honor,
            unit,
            stage.day(YEAR),
            name=name,
            recipient=recipient,
            prize=prize,
            contest="全市康复者文艺汇演" if prize else "",
            rank=rank,
            grantor=grantor,
            proof="证书存综合办公室",
            domains=domains,
        )


def _surveys(stage, unit):
    for group, asked, domains in ASKED:
        valid = asked - stage.random.randrange(1, 6)
        unsatisfied = stage.random.randrange(0, 3)
        satisfied = stage.random.randrange(10, 25)
        fairly = stage.random.randrange(2, 8)
        survey = stage.row(
            Survey,
            unit,
            date(YEAR, 12, 5),
            title=f"{YEAR}年满意度调查",
            group=group,
            asked=asked,
            valid=valid,
            very_satisfied=valid - satisfied - fairly - unsatisfied,
            satisfied=satisfied,
            fairly_satisfied=fairly,
            unsatisfied=unsatisfied,
            domains=domains,
        )
        survey.derive()
        yield survey
