"""A year of general community work: visits, activities, care tags, help and applications."""

from datetime import date, timedelta

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.enums import (
    ActivityKind,
    ApplicationChannel,
    ApplicationKind,
    ApplicationState,
    AssistanceKind,
    Poverty,
    VisitMode,
    VisitPurpose,
)
from residents.models import (
    Activity,
    Application,
    Assistance,
    CareKind,
    CareTag,
    Handout,
    Participation,
    Visit,
)

# Records of the whole street in the full year; the years around it are lighter.
SHARES = {YEAR - 1: 0.15, YEAR: 1.0, YEAR + 1: 0.35}
# Visits by the checklist are the one-stop service agency's.
PURPOSES = [purpose for purpose in VisitPurpose.values if purpose != VisitPurpose.FOLK]
VISITS, ACTIVITIES, TAGS, HELP, APPLICATIONS = 3400, 180, 900, 260, 420
LAST_DAY = date(YEAR + 1, 6, 30)
TALK = (
    "老人身体尚可，子女每周回来，提醒注意用电安全。",
    "询问近期生活情况，讲解医保缴费办法，已听明白。",
    "家中有一名学龄儿童，了解入学情况，暂无困难。",
    "反映楼道灯不亮，已记下，转物业处理。",
    "独居，邻居常照看，留下社区电话以便联系。",
    "宣传垃圾分类，讲解厨余垃圾投放时间。",
    "近期找工作，告知街道招聘会时间。",
    "核对登记信息，电话已更新。",
)
EVENTS = (
    ("元宵灯谜会", ActivityKind.CULTURE, (2, 12)),
    ("消防安全知识讲座", ActivityKind.PUBLICITY, (3, 20)),
    ("春季卫生大扫除", ActivityKind.CLEANUP, (4, 11)),
    ("反诈骗宣传进小区", ActivityKind.PUBLICITY, (5, 22)),
    ("暑期儿童安全教育", ActivityKind.PUBLICITY, (7, 8)),
    ("居民代表会议", ActivityKind.MEETING, (8, 19)),
    ("中秋邻里联欢", ActivityKind.CULTURE, (9, 30)),
    ("重阳敬老文艺演出", ActivityKind.CULTURE, (10, 29)),
    ("垃圾分类志愿行动", ActivityKind.VOLUNTEERING, (11, 14)),
    ("手机使用培训班", ActivityKind.TRAINING, (6, 18)),
    ("社区工作例会", ActivityKind.MEETING, (12, 10)),
)


def add_facts(world: World) -> None:
    _visits(world)
    _activities(world)
    _tags(world)
    _help(world)
    _applications(world)


def dated(world: World, number: float):
    """A day for each of about ``number`` records a year, over the three years."""
    for year, share in SHARES.items():
        last = min(date(year, 12, 30), LAST_DAY)
        for _ in range(world.many(number * share)):
            yield world.day(date(year, 1, 2), last)


def somebody(world: World):
    """A resident who was there all the time, and the community that knows them."""
    person, unit, _ = world.random.choice(world.shared["settled"])
    return person, unit


def _visits(world: World) -> None:
    random, rows = world.random, []
    for day in dated(world, VISITS):
        person, unit = somebody(world)
        rows.append(
            Visit(
                unit=unit,
                grid=person.grid,
                occurred_on=day,
                resident=person,
                mode=random.choices(list(VisitMode), [62, 24, 10, 4])[0],
                purposes=random.sample(PURPOSES, random.choice((1, 1, 2))),
                visitor=world.staff(unit),
                content=random.choice(TALK),
                domains=["residents"],
                recorded_at=typed_at(day),
            )
        )
    load(Visit, rows)


def _activities(world: World) -> None:
    random, events, handouts, present = world.random, [], [], []
    for number in range(world.many(ACTIVITIES)):
        title, kind, (month, day_of_month) = EVENTS[number % len(EVENTS)]
        unit = world.communities[number // len(EVENTS) % len(world.communities)]
        day = date(YEAR, month, day_of_month) + timedelta(days=random.randrange(6))
        events.append(
            Activity(
                unit=unit,
                occurred_on=day,
                title=title,
                kind=kind,
                place=f"{unit.name}活动室",
                organisers=f"{unit.name}居委会",
                participants=random.randrange(18, 140),
                consultations=random.randrange(4, 40) if kind == ActivityKind.PUBLICITY else None,
                domains=["volunteers", "sanitation"]
                if kind in (ActivityKind.VOLUNTEERING, ActivityKind.CLEANUP)
                else ["residents"],
                recorded_at=typed_at(day),
            )
        )
    load(Activity, events)
    for event in events:
        if event.kind == ActivityKind.PUBLICITY:
            handouts.append(
                Handout(
                    unit=event.unit,
                    occurred_on=event.occurred_on,
                    material=f"{event.title}宣传单",
                    quantity=random.randrange(6, 40) * 10,
                    activity=event,
                    target="小区居民",
                    domains=event.domains,
                    recorded_at=event.recorded_at,
                )
            )
        if event.kind == ActivityKind.TRAINING:
            pool = [entry for entry in world.shared["settled"] if entry[1] == event.unit]
            for person, unit, _ in random.sample(pool, min(12, len(pool))):
                present.append(
                    Participation(
                        unit=unit,
                        occurred_on=event.occurred_on,
                        activity=event,
                        resident=person,
                        recorded_at=event.recorded_at,
                    )
                )
    load(Handout, handouts)
    load(Participation, present)


def _tags(world: World) -> None:
    kinds, random, rows = list(CareKind.objects.all()), world.random, []
    elders = [e for e in world.shared["settled"] if YEAR - e[0].born_on.year > 65]
    given = set()
    for number in range(world.many(TAGS)):
        elderly = number % 3 == 0
        person, unit, since = random.choice(elders if elderly else world.shared["settled"])
        wanted = {"lonely_elder", "living_alone_elder"} if elderly else {
            "minimum_living", "marginal", "preferential"
        }  # fmt: skip
        kind = random.choice([k for k in kinds if k.code in wanted])
        if (person.pk, kind.pk) in given:
            continue
        given.add((person.pk, kind.pk))
        starts = max(since, world.day(date(2021, 1, 4), date(YEAR, 10, 30)))
        ended = random.random() < 0.08
        rows.append(
            CareTag(
                unit=unit,
                resident=person,
                kind=kind,
                starts_on=starts,
                ends_on=starts + timedelta(days=200) if ended else None,
                recorded_at=typed_at(starts),
            )
        )
    load(CareTag, rows)


def _help(world: World) -> None:
    random, rows = world.random, []
    for day in dated(world, HELP):
        person, unit = somebody(world)
        festival = {1: "春节", 2: "春节", 5: "端午", 9: "中秋", 10: "重阳"}.get(day.month, "")
        rows.append(
            Assistance(
                unit=unit,
                occurred_on=day,
                resident=person,
                kind=random.choice([AssistanceKind.CONDOLENCE, AssistanceKind.RELIEF]),
                festival=festival,
                giver=random.choice((f"{unit.name}居委会", "春华街道办事处", "区慈善会")),
                amount=random.choice((0, 200, 300, 500, 800)),
                goods=random.choice(("大米、食用油", "棉被", "慰问品一份", "")),
                domains=["residents"],
                recorded_at=typed_at(day),
            )
        )
    load(Assistance, rows)


def _applications(world: World) -> None:
    random, rows = world.random, []
    kinds = [
        ApplicationKind.OLD_AGE_ALLOWANCE,
        ApplicationKind.TEMPORARY_RELIEF,
        ApplicationKind.MINIMUM_LIVING,
        ApplicationKind.MINIMUM_LIVING_REVIEW,
        ApplicationKind.ELDER_CARD,
        ApplicationKind.PUBLIC_HOUSING,
    ]
    for day in dated(world, APPLICATIONS):
        person, unit = somebody(world)
        state = random.choices(
            [ApplicationState.APPROVED, ApplicationState.REFUSED, ApplicationState.PENDING],
            [80, 12, 8],
        )[0]
        decided = None if state == ApplicationState.PENDING else day + timedelta(days=12)
        paid = state == ApplicationState.APPROVED and random.random() < 0.5
        rows.append(
            Application(
                unit=unit,
                occurred_on=day,
                resident=person,
                kind=random.choice(kinds),
                poverty=random.choice(Poverty.values),
                agent=world.staff(unit),
                state=state,
                decided_on=decided,
                channel=random.choice(ApplicationChannel.values),
                materials="身份证复印件、户口簿复印件、申请书",
                amount=random.choice((100, 200, 600, 1000)) if paid else None,
                domains=["residents"],
                recorded_at=typed_at(day),
            )
        )
    load(Application, rows)
