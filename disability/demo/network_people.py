"""Demo publicity that is about persons: get-togethers, gifts, posts pushed, case stories."""

from datetime import date, timedelta

from disability.models import CaseStory
from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.enums import (
    ActivityKind,
    AssistanceKind,
    ConsentKind,
    ConsentManner,
    GoodsKind,
    Hosting,
    PushMode,
    PushResult,
)
from residents.models import (
    Activity,
    Assistance,
    Consent,
    JobInfo,
    JobPush,
    Participation,
)

OURS = ["disability"]
POSTS = (("惠民超市", "理货员"), ("春华物业公司", "监控值班员"), ("清河电商客服中心", "网络客服"))
STORIES = (
    (
        "重新走出家门",
        "{alias}因下肢残疾多年不出门。助残员连续六次上门，卫生服务中心为其制订训练计划并适配轮椅，"
        "三个月后能自行到活动室参加编织小组。",
        "以前觉得给家里添麻烦，现在每周盼着去小组",
        "本人",
    ),
    (
        "母亲放下了心",
        "{alias}为重度智力残疾人，与年迈的母亲同住。助残员上门讲解养护政策，陪同参观养护机构，"
        "母子商量后入住，生活有人照料，母亲每周探望。",
        "有人照顾他，我走到哪里都放心",
        "母亲",
    ),
    (
        "第一份工资",
        "{alias}为听力残疾人，推送网络客服岗位后由社区手语志愿者陪同面试，试用期满转正，"
        "家庭收入有了保障。",
        "",
        "",
    ),
)


def build(world: World, random) -> None:
    people = {}
    for person, unit in world.shared["disabled"]:
        if person.died_on is None and YEAR - person.born_on.year >= 20:
            people.setdefault(unit.pk, []).append(person)
    _culture(world, people, random)
    _gifts(world, people, random)
    _jobs(world, people, random)
    _stories(world, people)


def dated(day: date) -> dict:
    return {"occurred_on": day, "recorded_at": typed_at(day)}


def _culture(world, people, random) -> None:
    events = []
    for place, unit in enumerate(world.communities):
        common = {"unit": unit, "kind": ActivityKind.CULTURE, "domains": OURS, "highlight": True}
        events += [
            Activity(
                **common,
                **dated(date(YEAR, 3, 7)),
                title="庆“三八”联欢会",
                place="区残疾人活动中心",
                organisers="区残联",
                hosting=Hosting.JOINED,
                participants=6 + place % 5,
                disabled_participants=5,
            ),
            Activity(
                **common,
                **dated(date(YEAR, 9, 26)),
                title="迎中秋残健同乐会",
                place=f"{unit.name}活动室",
                hosting=Hosting.OWN,
                participants=30 + 2 * place,
                disabled_participants=12,
            ),
        ]
    load(Activity, events)
    rows = [
        Participation(
            unit=event.unit,
            activity=event,
            resident=person,
            **dated(event.occurred_on),
        )
        for event in events
        for person in random.sample(
            people.get(event.unit_id, []), min(4, len(people.get(event.unit_id, [])))
        )
    ]
    load(Participation, rows)


def _gifts(world, people, random) -> None:
    rows = []
    for place, unit in enumerate(world.communities):
        if not people.get(unit.pk):
            continue
        books = random.randrange(6, 20)
        rows.append(
            Assistance(
                unit=unit,
                **dated(date(YEAR, 4, 20 + place % 8)),
                resident=random.choice(people[unit.pk]),
                kind=AssistanceKind.DONATION,
                giver="区图书馆",
                amount=0,
                goods="科普和文学图书",
                goods_kind=GoodsKind.BOOKS,
                goods_quantity=books,
                goods_measure="册",
                goods_value=books * 32,
                domains=OURS,
                highlight=place % 3 == 0,
            )
        )
    load(Assistance, rows)


def _jobs(world, people, random) -> None:
    infos = []
    for place, unit in enumerate(world.communities):
        employer, post = POSTS[place % len(POSTS)]
        infos.append(
            JobInfo(
                unit=unit,
                **dated(date(YEAR, 4, 10 + place)),
                employer=employer,
                post=post,
                wanted=2,
                pay="2600–3500 元/月",
                disabled_friendly=True,
                source="区残疾人就业服务中心",
                domains=OURS,
            )
        )
    load(JobInfo, infos)
    pushes = []
    for number, info in enumerate(infos):
        pool = people.get(info.unit_id, [])
        for turn, person in enumerate(random.sample(pool, min(3, len(pool)))):
            told = info.occurred_on + timedelta(days=1 + turn)
            hired = turn == 0 and number % 2 == 0
            pushes.append(
                JobPush(
                    unit_id=info.unit_id,
                    info=info,
                    resident=person,
                    **dated(told),
                    mode=PushMode.PHONE,
                    pusher=world.staff(info.unit),
                    result=PushResult.HIRED if hired else PushResult.UNWILLING,
                    followed_up_on=told + timedelta(days=7),
                    hired_on=told + timedelta(days=20) if hired else None,
                )
            )
    load(JobPush, pushes)


def _stories(world, people) -> None:
    """One in each of the first communities; the last of them without consent, to be asked for."""
    consents, stories = [], []
    for number, unit in enumerate(world.communities[: len(STORIES)]):
        if not people.get(unit.pk):
            continue
        person, day = people[unit.pk][0], date(YEAR, 8, 12 + number)
        title, text, quote, speaker = STORIES[number]
        alias = f"{person.name[0]}某"
        stories.append(
            CaseStory(
                unit=unit,
                resident=person,
                **dated(day),
                title=title,
                alias=alias,
                text=text.format(alias=alias),
                quote=quote,
                speaker=speaker,
                highlight=True,
            )
        )
        if number < len(STORIES) - 1:
            consents.append(
                Consent(
                    unit=unit,
                    resident=person,
                    **dated(day - timedelta(days=2)),
                    kind=ConsentKind.SEPARATE,
                    purpose="典型案例宣传（化名）",
                    scope_of_data="残疾类别、服务经过和变化，不含姓名、证件和住址",
                    manner=ConsentManner.WRITTEN,
                    evidence="同意书存于助残服务站档案柜",
                )
            )
    load(Consent, consents)
    for story, consent in zip(stories, consents, strict=False):
        story.consent = consent
    load(CaseStory, stories)
