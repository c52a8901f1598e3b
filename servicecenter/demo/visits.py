"""Demo visits by the checklist, and the agency's share of learning, publicity, technology and jobs."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from residents.enums import (
    ActivityKind,
    PushMode,
    PushResult,
    TrainingTopic,
    VisitMode,
    VisitPurpose,
)
from residents.models import Activity, JobInfo, JobPush, Visit
from servicecenter.checklist_seed import SEED as CHECKLIST
from servicecenter.demo.reception import somebody, spread
from servicecenter.models import ChecklistAnswer, ChecklistItem, FolkVisit
from servicecenter.selectors.visits import household_on

VISITS, POSTS = 240, 30
OURS = ["servicecenter"]
K = ActivityKind
NEEDS = (
    "想给父亲申请高龄津贴，不会办。",
    "残疾人证快到期，行动不便，请代办换领。",
    "孩子转学材料不清楚。",
    "医保断缴，想补缴。",
    "家中漏水，想找人调解。",
)
TALK = ("全家在家，逐项了解情况。", "只有老人在家，子女电话补充。", "租住户，核对了联系方式。")
EVENTS = (
    (K.MEETING, "学习为民服务全程代办工作文件", (2, 10), 9),
    (K.MEETING, "学习领导讲话和代办制度", (8, 12), 9),
    (K.TRAINING, "窗口和代办人员业务培训", (4, 22), 11),
    (K.TECHNIQUE, "家政服务实用技术培训", (5, 16), 26),
    (K.TECHNIQUE, "蔬菜种植和电商销售技术讲座", (10, 17), 34),
    (K.PUBLICITY, "惠民政策宣讲进院落", (6, 13), 58),
    (K.PUBLICITY, "医保缴费政策设点宣传", (9, 12), 72),
)
EMPLOYERS = (
    ("清河区第二食品厂", "包装工", "3800–4800 元/月，包吃住"),
    ("万家乐超市春华店", "收银员", "3200 元/月，有社保"),
    ("安心养老服务中心", "护理员", "4500 元/月，可培训上岗"),
)


def build(world: World) -> None:
    random = Random(SEED + 81)  # noqa: S311  not a secret
    items = _checklist(world)
    _visits(world, random, items)
    _events(world, random)
    _jobs(world, random)


def _checklist(world) -> list[ChecklistItem]:
    """The street's, read in all communities."""
    day = date(YEAR, 1, 1)
    return load(
        ChecklistItem,
        [
            ChecklistItem(
                unit=world.street,
                group=group,
                ordinal=number,
                text=text,
                starts_on=day,
                recorded_at=typed_at(day),
            )
            for group, texts in CHECKLIST.items()
            for number, text in enumerate(texts, 1)
        ],
    )


def _visits(world, random, items) -> None:
    visits = []
    for unit, day in spread(world, random, VISITS):
        person = somebody(world, unit, random)
        if person is None:
            continue
        visits.append(
            Visit(
                unit=unit,
                grid=person.grid,
                occurred_on=day,
                resident=person,
                mode=VisitMode.HOME,
                purposes=[VisitPurpose.FOLK],
                visitor=world.staff(unit),
                content=random.choice(TALK),
                domains=OURS,
                recorded_at=typed_at(day),
            )
        )
    load(Visit, visits)
    found = {visit: {item for item in items if random.random() < 0.9} for visit in visits}
    folks = load(
        FolkVisit,
        [
            FolkVisit(
                unit=visit.unit,
                visit=visit,
                household=household_on(visit.resident, visit.unit, visit.occurred_on),
                need=random.choice(NEEDS) if random.random() < 0.15 else "",
                asked=len(items),
                known=len(found[visit]),
                recorded_at=visit.recorded_at,
            )
            for visit in visits
        ],
    )
    load(
        ChecklistAnswer,
        [
            ChecklistAnswer(
                unit=folk.unit,
                folk=folk,
                item=item,
                known=item in found[folk.visit],
                recorded_at=folk.recorded_at,
            )
            for folk in folks
            for item in items
        ],
    )


def _events(world, random) -> None:
    rows = []
    for place, unit in enumerate(world.communities):
        for number, (kind, title, (month, of_month), people) in enumerate(EVENTS):
            if world.scale < 0.5 and (number + place) % 3:
                continue
            day = date(YEAR, month, of_month)
            rows.append(
                Activity(
                    unit=unit,
                    occurred_on=day,
                    title=title,
                    kind=kind,
                    place=f"{unit.name}会议室" if kind != K.PUBLICITY else f"{unit.name}中心广场",
                    organisers="" if kind != K.TECHNIQUE else "区农业农村局、街道社会事务办公室",
                    participants=people + random.randrange(6),
                    topics=[TrainingTopic.LAW] if kind == K.TRAINING else [],
                    hours=4 if kind in (K.TRAINING, K.TECHNIQUE) else None,
                    highlight=kind == K.TECHNIQUE and place % 4 == 0,
                    domains=OURS,
                    recorded_at=typed_at(day),
                )
            )
    load(Activity, rows)


def _jobs(world, random) -> None:
    infos = []
    for number, (unit, day) in enumerate(spread(world, random, POSTS)):
        employer, post, pay = EMPLOYERS[number % len(EMPLOYERS)]
        infos.append(
            JobInfo(
                unit=unit,
                occurred_on=day,
                employer=employer,
                post=post,
                wanted=random.randrange(1, 9),
                pay=pay,
                valid_until=day + timedelta(days=45),
                source="企业来电",
                domains=OURS,
                recorded_at=typed_at(day),
            )
        )
    load(JobInfo, infos)
    pushes = {}
    for info in infos:
        for _ in range(2):
            person = somebody(world, info.unit, random)
            if person is None or (info, person.pk) in pushes:
                continue
            hired = random.random() < 0.3
            later = info.occurred_on + timedelta(days=8)
            pushes[info, person.pk] = JobPush(
                unit=info.unit,
                occurred_on=info.occurred_on + timedelta(days=1),
                info=info,
                resident=person,
                mode=PushMode.OFFICE,
                pusher=world.staff(info.unit),
                result=PushResult.HIRED if hired else PushResult.INTERVIEW,
                followed_up_on=later,
                hired_on=later if hired else None,
                recorded_at=typed_at(later),
            )
    load(JobPush, pushes.values())
