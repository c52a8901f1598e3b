"""Demo placements: students of a summer and of a winter in some communities, and one on placement now."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import User
from residents.enums import ActivityKind, Sex
from residents.models import Activity
from volunteers.enums.placements import Grade, PlacementKind, TaskKind
from volunteers.models import Trainee, TraineeLog

PEOPLE = 30  # of the whole street in the full year
LAST_DAY = date(YEAR + 1, 6, 20)
SPANS = (
    (date(YEAR, 1, 13), date(YEAR, 2, 14), PlacementKind.SOCIAL),
    (date(YEAR, 3, 3), date(YEAR, 5, 30), PlacementKind.INTERNSHIP),
    (date(YEAR, 7, 7), date(YEAR, 8, 22), PlacementKind.SOCIAL),
    (date(YEAR, 7, 7), date(YEAR, 8, 22), PlacementKind.SOCIAL),
    (date(YEAR + 1, 1, 19), date(YEAR + 1, 2, 13), PlacementKind.SOCIAL),
    (date(YEAR + 1, 3, 2), date(YEAR + 1, 5, 29), PlacementKind.INTERNSHIP),
)
# The demo account's own placement runs on, so that one may try the page.
OWN = (date(YEAR + 1, 5, 18), date(YEAR + 1, 12, 31))
NAMES = (
    ("欧阳思远", Sex.MALE), ("何嘉怡", Sex.FEMALE), ("唐一鸣", Sex.MALE), ("龙雨桐", Sex.FEMALE),
    ("谭子墨", Sex.MALE), ("彭若溪", Sex.FEMALE), ("阿依古丽·买买提", Sex.FEMALE), ("罗锦程", Sex.MALE),
    ("曾婉清", Sex.FEMALE), ("廖俊熙", Sex.MALE), ("蒋诗涵", Sex.FEMALE), ("田浩然", Sex.MALE),
)  # fmt: skip
SCHOOLS = (
    ("江城大学", "社会工作"),
    ("江城师范学院", "汉语言文学"),
    ("省行政学院", "行政管理"),
    ("江城职业技术学院", "老年服务与管理"),
)
POSTS = ("综合服务岗", "网格协助岗", "阅览室值守岗")
TASKS = (
    (TaskKind.PHONE, "接听居民来电，记录诉求转给网格员", (60, 120)),
    (TaskKind.FILING, "整理低保和残疾人档案目录，按年度装盒", (120, 240)),
    (TaskKind.MOVING, "布置活动场地，搬运桌椅和展板", (60, 150)),
    (TaskKind.LAW, "在中心广场发放反诈和民法典宣传资料", (90, 180)),
    (TaskKind.EVENTS, "协助开展老年人智能手机课", (90, 150)),
    (TaskKind.READING_ROOM, "阅览室值守，图书上架登记", (120, 210)),
    (TaskKind.WINDOW, "引导居民取号、填表", (120, 240)),
    (TaskKind.DATA, "录入走访登记表", (90, 180)),
)
OWN_WORDS = (
    "两个月里我接听电话、整理档案、布置活动，学会了耐心听、说清楚。居民的事没有小事，"
    "一句问候、一杯热水就能拉近距离。今后我会把课堂所学和社区需要结合起来。"
)
MENTOR_WORDS = (
    "按时到岗，做事细致，团结同学，接待居民耐心、微笑服务，能独立完成档案整理和电话记录。"
)
LECTURES = (
    ("民法典与邻里关系", "江晓岚（区司法局律师）", "社区居民"),
    ("老年人防诈骗", "方明（派出所民警）", "中老年居民"),
    ("劳动者权益保护", "江晓岚（区司法局律师）", "就业人员"),
)


def build(world: World) -> None:
    random = Random(SEED + 97)  # noqa: S311  not a secret
    people = [_person(world, random, number) for number in range(world.many(PEOPLE))]
    own = _own(world)
    people = load(Trainee, [*people, own])
    logs = [log for person in people for log in _logs(world, random, person)]
    load(TraineeLog, logs)
    load(Activity, _lectures(world, random))


def _person(world, random, number) -> Trainee:
    unit = world.communities[number % 4]
    name, sex = NAMES[number % len(NAMES)]
    starts, ends, kind = SPANS[(number + number // 4) % len(SPANS)]
    school, major = SCHOOLS[random.randrange(len(SCHOOLS))]
    over = ends <= LAST_DAY - timedelta(days=10)
    grade = random.choice((Grade.EXCELLENT, Grade.GOOD, Grade.GOOD, Grade.PASSED))
    return Trainee(
        unit=unit,
        recorded_at=typed_at(starts),
        name=name,
        sex=sex,
        kind=kind,
        school=school,
        major=major,
        grade_year="大二" if kind == PlacementKind.SOCIAL else "大四",
        post=POSTS[number % len(POSTS)],
        mentors=f"{world.staff(unit)}、{'赵主任' if number % 2 else '金主任'}",
        starts_on=starts,
        ends_on=ends,
        own_words=OWN_WORDS if over else "",
        mentor_words=MENTOR_WORDS if over else "",
        office_words="同意指导老师意见。" if over else "",
        grade=grade if over else "",
        appraised_on=ends + timedelta(days=3) if over else None,
    )


def _own(world) -> Trainee:
    starts, ends = OWN
    unit = world.communities[0]
    return Trainee(
        unit=unit,
        recorded_at=typed_at(starts),
        name="苏文静",
        sex=Sex.FEMALE,
        kind=PlacementKind.TRAINEE,
        school="江城大学",
        major="社会工作",
        grade_year="2026届",
        post="综合服务岗",
        mentors=f"{world.staff(unit)}、赵主任",
        starts_on=starts,
        ends_on=ends,
        user=User.objects.filter(username="demo-trainee").first(),
    )


def _logs(world, random, person):
    """Working days with one or two tasks; the newest of a running placement wait for the mentor."""
    day, last = person.starts_on, min(person.ends_on, LAST_DAY)
    rate = 0.2 if person.kind == PlacementKind.INTERNSHIP else 0.5
    while day <= last:
        if day.weekday() < 5 and random.random() < rate:
            for task, what, (least, most) in random.sample(TASKS, 1 + random.randrange(2)):
                waits = not person.appraised_on and day > LAST_DAY - timedelta(days=12)
                yield TraineeLog(
                    unit=person.unit,
                    trainee=person,
                    occurred_on=day,
                    recorded_at=typed_at(day),
                    recorded_by=person.user,
                    by_self=bool(person.user_id),
                    task=task,
                    minutes=random.randrange(least, most + 1, 10),
                    what=what,
                    confirmed_on=None if waits else min(day + timedelta(days=2), LAST_DAY),
                    confirmed_by="" if waits else person.mentors.split("、")[0],
                )
        day += timedelta(days=1)


def _lectures(world, random):
    for number, unit in enumerate(world.communities[:: 3 if world.scale < 0.5 else 1]):
        for year, month in ((YEAR, 4), (YEAR, 9), (YEAR + 1, 3)):
            title, speaker, audience = LECTURES[(number + month) % len(LECTURES)]
            day = date(year, month, 5 + random.randrange(20))
            day -= timedelta(days=max(0, day.weekday() - 4))
            yield Activity(
                unit=unit,
                occurred_on=day,
                recorded_at=typed_at(day),
                title=title,
                kind=ActivityKind.LECTURE,
                speaker=speaker,
                audience=audience,
                place=f"{unit.name}活动室",
                organisers=f"{unit.name}居委会、区司法局",
                participants=18 + random.randrange(40),
                content="以案说法，现场答疑，发放宣传资料。",
                highlight=number % 3 == 0,
                domains=["volunteers", "residents"],
            )
