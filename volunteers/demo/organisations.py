"""Demo organisations: the street's head station, a station and teams in each community, who belongs to
them, what they learnt and were given, their rules and insurances."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load, prepared
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.office.enums import PartnerKind, Rank, RuleKind
from portal.office.models import Agreement, Partner, Rule
from volunteers.enums.help import Satisfaction
from volunteers.enums.organisations import OrgKind, OrgRole
from volunteers.enums.volunteers import AwardKind, EvaluationSource
from volunteers.models import (
    OrgMembership,
    Volunteer,
    VolunteerAward,
    VolunteerEvaluation,
    VolunteerInsurance,
    VolunteerOrg,
    VolunteerTraining,
)

SINCE = date(YEAR - 5, 3, 5)
LAST = date(YEAR + 1, 6, 20)
TEAMS = ("助老助残服务队", "环境卫生服务队", "义务巡逻服务队", "文化体育服务队", "法律服务队")
GROUPS = ("夜间巡逻小组", "上门理发小组")
HEADS = ("周明远", "韩晓芸", "江志宏", "方秀兰", "段永平", "侯玉洁")
POSTS = {
    OrgKind.HEAD: "街道党工委委员",
    OrgKind.STATION: "社区党委书记",
    OrgKind.TEAM: "队长",
    OrgKind.GROUP: "组长",
}
PURPOSE = "奉献、友爱、互助、进步；为居民提供力所能及的服务。"
RULES = (
    ("志愿者注册和管理制度", "志愿者注册、分队、退出和档案管理，坚持自愿，不得摊派。"),
    ("志愿服务记录和时长认定制度", "服务时长按实际服务时间记录，队长确认、公示后计入。"),
    ("志愿者激励和星级认定制度", "按累计时长认定星级，每年表彰优秀志愿者。"),
)
PARTNERS = (
    ("江城大学青年志愿者协会", PartnerKind.SCHOOL),
    ("清河区人民医院志愿服务队", PartnerKind.HOSPITAL),
)
COURSES = ("志愿服务基本知识", "应急救护", "与老年人沟通", "消防安全")
SAID = ("耐心细致，老人很满意。", "准时到岗，干活利索。", "讲解清楚，态度热情。")
DEEDS = "三年来每周上门照看两位独居老人，风雨无阻，带动邻居二十余人加入志愿服务。"


def build(world: World) -> None:
    random = Random(SEED + 91)  # noqa: S311  not a secret
    [head] = load(VolunteerOrg, [_org(world.street, "春华街道志愿服务总站", OrgKind.HEAD, None, 0)])
    for index, unit in enumerate(world.communities):
        people = list(Volunteer.objects.filter(unit=unit, left_on=None).order_by("serial_number"))
        station = _org(unit, f"{unit.name}志愿服务站", OrgKind.STATION, head, 0)
        load(VolunteerOrg, [station])
        teams = [
            _org(unit, f"{unit.name}{name}", OrgKind.TEAM, station, n)
            for n, name in enumerate(TEAMS[: 3 + index % 3], 1)
        ]
        load(VolunteerOrg, teams)
        groups = [
            _org(unit, f"{unit.name}{name}", OrgKind.GROUP, teams[2 - n * 2], n)
            for n, name in enumerate(GROUPS)
        ]
        load(VolunteerOrg, groups if index % 2 == 0 else groups[:1])
        _members(teams, groups[:1], people)
        _learnt(unit, people, random)
        _praised(unit, people, random)
        _insured(unit, people)
    for unit in (world.street, world.communities[0]):
        _rules(unit)


def _org(unit, name, kind, parent, n) -> VolunteerOrg:
    return VolunteerOrg(
        unit=unit,
        name=name,
        kind=kind,
        parent=parent,
        head=HEADS[(n + (kind == OrgKind.GROUP) * 4) % len(HEADS)],
        head_post=POSTS[kind],
        phone="0799-5512345" if kind == OrgKind.HEAD else f"0799-55{unit.code[-2:]}{n:02d}6",
        place=f"{unit.name}党群服务中心",
        purpose=PURPOSE if kind in (OrgKind.HEAD, OrgKind.STATION) else "",
        founded_on=SINCE,
        recorded_at=typed_at(SINCE),
    )


def _members(teams, groups, people) -> None:
    """Each volunteer in one team, the first of each team its leader; some in a group too."""
    rows = []
    for n, person in enumerate(people):
        team, place = teams[n % len(teams)], n // len(teams)
        role = OrgRole.LEADER if place == 0 else OrgRole.DEPUTY if place == 1 else OrgRole.MEMBER
        rows.append(_membership(team, person, role))
    for n, group in enumerate(groups):
        for place, person in enumerate(people[n::4][:5]):
            role = OrgRole.LEADER if place == 0 else OrgRole.MEMBER
            rows.append(_membership(group, person, role))
    load(OrgMembership, rows)


def _membership(org, person, role) -> OrgMembership:
    day = max(person.joined_on, SINCE)
    return OrgMembership(
        unit=person.unit,
        org=org,
        volunteer=person,
        role=role,
        starts_on=day,
        recorded_at=typed_at(day),
    )


def _after(person, random, first=date(YEAR, 1, 10)) -> date:
    """A day on which the person is a volunteer already."""
    begin = max(first, person.joined_on)
    return begin + timedelta(days=random.randrange(max(1, (LAST - begin).days)))


def _learnt(unit, people, random) -> None:
    rows = []
    for n, course in enumerate(COURSES):
        for day in (date(YEAR, 3 + 2 * n, 12), date(YEAR + 1, 2 + n, 20)):
            rows += [
                VolunteerTraining(
                    unit=unit,
                    volunteer=person,
                    occurred_on=day,
                    title=course,
                    organiser=f"{unit.name}志愿服务站",
                    place="党群服务中心二楼",
                    hours=2 + n % 2,
                    recorded_at=typed_at(day),
                )
                for person in people[n::3]
                if person.joined_on <= day
            ]
    load(VolunteerTraining, rows)


def _praised(unit, people, random) -> None:
    awards, said = [], []
    for n, person in enumerate(people[:6]):
        day = _after(person, random)
        model = n == 0
        awards.append(
            VolunteerAward(
                unit=unit,
                volunteer=person,
                occurred_on=day,
                kind=AwardKind.MODEL if model else AwardKind.HONOUR,
                name="最美志愿者" if model else "优秀志愿者",
                rank=Rank.DISTRICT if model else Rank.STREET,
                grantor="清河区文明办" if model else "春华街道办事处",
                deeds=DEEDS if model else "",
                may_tell=person.may_publish,
                highlight=model,
                recorded_at=typed_at(day),
            )
        )
        day = _after(person, random)
        said.append(
            VolunteerEvaluation(
                unit=unit,
                volunteer=person,
                occurred_on=day,
                source=EvaluationSource.SERVED if n % 3 else EvaluationSource.ORGANISATION,
                level=Satisfaction.VERY_SATISFIED if n % 2 else Satisfaction.SATISFIED,
                said=SAID[n % 3],
                recorded_at=typed_at(day),
            )
        )
    load(VolunteerAward, awards)
    load(VolunteerEvaluation, said)


def _insured(unit, people) -> None:
    rows = [
        VolunteerInsurance(
            unit=unit,
            volunteer=person,
            insurer="人民财产保险清河支公司",
            policy=f"ZY{year}{unit.code[-3:]}",
            starts_on=max(date(year, 1, 1), person.joined_on),
            ends_on=date(year, 12, 31),
            recorded_at=typed_at(max(date(year, 1, 1), person.joined_on)),
        )
        for year in (YEAR, YEAR + 1)
        for person in people
        if person.joined_on <= date(year, 12, 31)
    ]
    load(VolunteerInsurance, [prepared(row) for row in rows])


def _rules(unit) -> None:
    tags = ["volunteers"]
    load(
        Rule,
        [
            Rule(
                unit=unit,
                title=title,
                text=text,
                kind=RuleKind.REGIME,
                ordinal=n,
                starts_on=SINCE,
                domains=tags,
                recorded_at=typed_at(SINCE),
            )
            for n, (title, text) in enumerate(RULES, 1)
        ],
    )
    partners = load(
        Partner,
        [
            Partner(
                unit=unit,
                name=name,
                kind=kind,
                contact="办公室",
                phone="0799-5566778",
                resources="人员、场地和专业指导",
                domains=tags,
                recorded_at=typed_at(SINCE),
            )
            for name, kind in PARTNERS
        ],
    )
    load(
        Agreement,
        [
            Agreement(
                unit=unit,
                partner=partner,
                title=f"与{partner.name}的志愿服务共建协议",
                starts_on=SINCE,
                recorded_at=typed_at(SINCE),
            )
            for partner in partners
        ],
    )
