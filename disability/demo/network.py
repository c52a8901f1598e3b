"""Demo network and publicity: bodies and workers, their trainings, culture, gifts, jobs, theme days,
case stories."""

from datetime import date, timedelta
from random import Random

from disability.demo import network_people
from disability.enums.network import BodyService, WorkerRole
from disability.models import ProviderService, RehabWorker, WorkerAttendance
from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.office.enums import GroupRole, PartnerKind, SloganKind, SurveyGroup
from portal.office.models import (
    GroupMember,
    LeadingGroup,
    Partner,
    Slogan,
    Survey,
)
from residents.enums import ActivityKind, HandoutMethod, TrainingTopic
from residents.models import Activity, Handout

OURS = ["disability"]
T, S, R = TrainingTopic, BodyService, WorkerRole
LAST_DAY = date(YEAR + 1, 6, 30)
NAMES = (
    "钟瑞芳", "余建华", "姚晓琳", "潘志明", "彭丽娟", "董春梅", "田国强", "范雅琴", "汪海燕", "石永康",
    "卢静仪", "蒋文斌", "贾素云", "丁秋菊", "魏长青", "薛彩霞", "叶启明", "阎玉珍", "任晓东", "陆佩珍",
)  # fmt: skip
ROLES = (R.DOCTOR, R.COORDINATOR, R.COORDINATOR, R.COMMISSIONER, R.HELPER)
PAPERS = {
    R.DOCTOR: "执业医师证",
    R.COORDINATOR: "社区康复协调员上岗证",
    R.COMMISSIONER: "残疾人专职委员培训合格证",
    R.HELPER: "助残员上岗证",
}
SPECIALISTS = (
    ("沈维民", GroupRole.HEAD, "街道社区卫生服务中心主任", "康复医学"),
    ("韦英堃", GroupRole.MEMBER, "区康复指导站康复治疗师", "康复治疗"),
    ("郝雅文", GroupRole.MEMBER, "区特殊教育学校教师", "特殊教育"),
    ("莫晓琳", GroupRole.MEMBER, "区精神卫生中心医师", "心理卫生"),
)
BASIC = [T.SERVICE, T.ASSESSMENT, T.PLANNING, T.COMMUNICATION, T.SPEECH, T.DOORSTEP]
TRAININGS = (
    ("社区康复业务培训班", BASIC, 24, date(YEAR, 3, 18)),
    ("残疾人需求调查专题培训", [T.NEEDS_SURVEY], 4, date(YEAR, 5, 8)),
    ("养护调查数据库管理培训", [T.CARE_DATABASE], 4, date(YEAR, 6, 12)),
    ("盲人定向行走个案计划培训", [T.ORIENTATION], 8, date(YEAR, 9, 16)),
)
DOORSTEP = date(YEAR, 6, 20)


def build(world: World) -> None:
    random = Random(SEED + 60)  # noqa: S311  not a secret
    _bodies(world)
    workers = _workers(world, random)
    _trainings(world, workers, random)
    _publicity(world, random)
    network_people.build(world, random)


def dated(day: date) -> dict:
    return {"occurred_on": day, "recorded_at": typed_at(day)}


def _bodies(world) -> None:
    """The street's health centre; what each hospital of the network offers; the guidance team."""
    since = date(YEAR - 1, 3, 5)
    centre = Partner(
        unit=world.street,
        name=f"{world.street.name}社区卫生服务中心",
        kind=PartnerKind.HOSPITAL,
        contact="沈主任",
        resources="医疗、康复、健康教育和上门服务",
        domains=OURS,
        recorded_at=typed_at(since),
    )
    team = LeadingGroup(
        unit=world.street,
        name="社区康复专业指导组",
        duties="评定功能，指导训练计划，培训协调员，每月巡回一次。",
        starts_on=since,
        domains=OURS,
        recorded_at=typed_at(since),
    )
    rehabilitation = [
        Partner(
            unit=unit,
            name="清河区残疾人康复中心",
            kind=PartnerKind.SOCIETY,
            contact="蒋主任",
            resources="康复训练、辅助器具评估和家属培训",
            domains=OURS,
            recorded_at=typed_at(since),
        )
        for unit in world.communities
    ]
    bodies = load(Partner, [centre, *rehabilitation])
    load(LeadingGroup, [team])
    members = [
        GroupMember(
            unit=world.street,
            group=team,
            person=person,
            role=role,
            position=position,
            specialty=specialty,
            starts_on=since,
            recorded_at=typed_at(since),
        )
        for person, role, position, specialty in SPECIALISTS
    ]
    load(GroupMember, members)
    offers = [
        ProviderService(
            unit_id=body.unit_id,
            provider=body,
            services=[S.MEDICAL, S.TRAINING, S.EDUCATION, S.DOORSTEP]
            if body is centre
            else [S.TRAINING, S.DEVICES, S.FAMILIES],
            timetable="每周二、四下午，每月上门一次",
            staff=body.contact,
            starts_on=since,
            recorded_at=typed_at(since),
        )
        for body in bodies
    ]
    load(ProviderService, offers)


def _workers(world, random) -> list[RehabWorker]:
    workers = []
    for place, unit in enumerate(world.communities):
        for number, role in enumerate(ROLES):
            started = date(YEAR - 1 - number % 2, 1 + random.randrange(9), 6)
            certified = started - timedelta(days=random.randrange(40, 300))
            workers.append(
                RehabWorker(
                    unit=unit,
                    person=NAMES[(place * len(ROLES) + number) % len(NAMES)],
                    role=role,
                    certificate=PAPERS[role],
                    certified_on=certified,
                    certified_until=certified.replace(year=certified.year + 5, day=1),
                    starts_on=started,
                    recorded_at=typed_at(started),
                )
            )
    return load(RehabWorker, workers)


def _trainings(world, workers, random) -> None:
    """The street teaches; doctors and most of the coordinators come."""
    events = [
        Activity(
            unit=world.street,
            **dated(day),
            title=title,
            kind=ActivityKind.TRAINING,
            place="区康复中心培训室",
            organisers="区康复中心",
            topics=topics,
            hours=hours,
            domains=OURS,
            highlight=number == 0,
        )
        for number, (title, topics, hours, day) in enumerate(TRAININGS)
    ]
    load(Activity, events)
    rows = [
        WorkerAttendance(
            unit_id=worker.unit_id,
            worker=worker,
            activity=event,
            hours=event.hours,
            result="考核合格" if event.highlight else "",
            **dated(event.occurred_on),
        )
        for event in events
        for worker in workers
        if worker.role in (R.DOCTOR, R.COORDINATOR) and random.random() < 0.55
    ]
    load(WorkerAttendance, rows)


def _publicity(world, random) -> None:
    """Booths on two more theme days, banners, leaflets to homes, the residents' opinion."""
    booths, banners, homes, surveys = [], [], [], []
    days = (("ear-care-day", "爱耳护耳知识宣传", date(YEAR, 3, 3)),
            ("eye-care-day", "爱眼护眼知识宣传", date(YEAR, 6, 6)),
            ("mental-health-day", "心理健康知识宣传", date(YEAR, 10, 10)))  # fmt: skip
    for place, unit in enumerate(world.communities):
        code, title, day = days[place % len(days)]
        people = random.randrange(40, 120)
        booths.append(
            Activity(
                unit=unit,
                **dated(day),
                title=title,
                kind=ActivityKind.PUBLICITY,
                theme_day=code,
                place=f"{unit.name}中心广场",
                organisers="街道社区卫生服务中心",
                participants=people,
                disabled_participants=people // 5,
                consultations=people // 4,
                domains=OURS,
            )
        )
        banners.append(
            Slogan(
                unit=unit,
                **dated(date(YEAR, 5, 12)),
                text="弘扬自强与助残精神，凝聚团结奋进力量",
                kind=SloganKind.BANNER,
                place=f"{unit.name}北门",
                quantity=1 + place % 3,
                domains=OURS,
            )
        )
        visited = random.randrange(20, 60)
        homes.append(
            Handout(
                unit=unit,
                **dated(DOORSTEP),
                material="社区康复政策问答",
                quantity=visited,
                households=visited,
                method=HandoutMethod.HOME,
                target="残疾人家庭",
                domains=OURS,
            )
        )
        surveys.append(_survey(unit, random))
    for model, rows in ((Activity, booths), (Slogan, banners), (Handout, homes), (Survey, surveys)):
        load(model, rows)


def _survey(unit, random) -> Survey:
    valid, unsatisfied, fairly = (
        80 - random.randrange(6),
        random.randrange(3),
        random.randrange(3, 9),
    )
    survey = Survey(
        unit=unit,
        **dated(date(YEAR, 12, 8)),
        title=f"{YEAR}年残疾人工作满意度调查",
        group=SurveyGroup.RESIDENTS,
        asked=80,
        valid=valid,
        very_satisfied=valid - unsatisfied - fairly - 20,
        satisfied=20,
        fairly_satisfied=fairly,
        unsatisfied=unsatisfied,
        domains=OURS,
    )
    survey.derive()
    return survey
