"""A year of posts and pushes, diaries, health consultations and problem items, and some photos."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from portal.attachments.services import attach, checked
from portal.bulk import load
from portal.demo.world import World, typed_at
from residents.demo.facts import dated, somebody
from residents.enums import (
    ConsultationTopic,
    ProblemKind,
    ProblemSource,
    ProblemState,
    PushMode,
    PushResult,
)
from residents.models import Consultation, Diary, DiaryContact, JobInfo, JobPush, Problem, Visit

# Records of the whole street in the full year.
POSTS, DIARIES, CONSULTATIONS, PROBLEMS, PHOTOS = 60, 240, 180, 260, 12
EMPLOYERS = (
    ("清河区惠民家政服务有限公司", "家政服务员", "4000–5500 元/月", "18–55 岁，能吃苦"),
    ("春华物业管理有限公司", "保洁员", "2800 元/月，包午餐", "60 岁以下，可接受轻度残疾"),
    ("好邻居连锁超市", "理货员", "3200–3800 元/月", "初中以上，两班倒"),
    ("鑫达电子厂", "流水线操作工", "4500–6000 元/月，包住", "18–45 岁，视力良好"),
    ("阳光助残工坊", "手工编织", "计件，月均 2000 元", "持残疾人证者优先，可居家"),
    ("清河区第三幼儿园", "生活老师", "3000 元/月", "女，45 岁以下，有健康证"),
)
HEARD = (
    ("3 栋住户反映楼道灯坏了半个月，老人晚上不敢下楼。", "当场联系物业，答应两天内换灯。"),
    ("几位老人想在小广场加两张长椅。", "记下意见，提请居民议事会讨论。"),
    ("菜市场门口电动车乱停，买菜推车过不去。", "请城管一起劝离，画了停车线。"),
    ("低保户老陈说药费报销不会办，跑了两趟。", "帮他备齐材料，约好周三一起去窗口。"),
    ("楼上漏水，两家争执不下。", "约两家和物业上门查看，初步定了维修办法。"),
    ("独居的梁婆婆说最近睡不好，子女在外地。", "约了社区医生上门，登记为每周电话问候。"),
)
TROUBLES = (
    ("楼道灯不亮", ProblemKind.FACILITIES, "已更换声控灯 6 盏，住户确认。"),
    ("楼上漏水影响下层", ProblemKind.HOUSING, "维修卫生间防水，双方签调解书。"),
    ("医保报销不会办理", ProblemKind.POLICY, "代办员陪同办理，款项已到账。"),
    ("小区垃圾桶满溢", ProblemKind.ENVIRONMENT, "增加一次清运，桶点已冲洗。"),
    ("老人无人照料", ProblemKind.LIVELIHOOD, "纳入独居老人关爱，安排志愿者每周探访。"),
    ("电动车楼道充电", ProblemKind.SAFETY, "拆除飞线，引导到集中充电棚。"),
    ("邻里噪声纠纷", ProblemKind.DISPUTE, "上门调解两次，约定夜间不唱歌。"),
    ("失业在家想找工作", ProblemKind.WORK, "推送岗位三个，已到超市上班。"),
)
ADVICE = (
    "按时服药，每周测两次",
    "清淡饮食，少盐少油",
    "到社区卫生服务中心复查",
    "适当锻炼，注意保暖",
)


def add_services(world: World) -> None:
    _jobs(world)
    diaries = _diaries(world)
    _consultations(world)
    _problems(world, diaries)
    _photos(world)


def _jobs(world: World) -> None:
    random, infos = world.random, []
    for number, day in enumerate(dated(world, POSTS)):
        employer, post, pay, requirements = EMPLOYERS[number % len(EMPLOYERS)]
        infos.append(
            JobInfo(
                unit=world.communities[number % len(world.communities)],
                occurred_on=day,
                employer=employer,
                post=post,
                wanted=random.randrange(1, 12),
                pay=pay,
                requirements=requirements,
                disabled_friendly="残疾" in requirements,
                valid_until=day + timedelta(days=60),
                source="街道人社服务窗口",
                domains=["residents"],
                recorded_at=typed_at(day),
            )
        )
    load(JobInfo, infos)
    load(JobPush, [push for info in infos for push in _pushes(world, info)])


def _pushes(world: World, info):
    random = world.random
    pool = [person for person, unit, _ in world.shared["settled"] if unit == info.unit]
    adults = [person for person in pool if 18 <= info.occurred_on.year - person.born_on.year < 60]
    for person in random.sample(adults, min(random.randrange(3, 9), len(adults))):
        result = random.choices(PushResult.values, [1, 2, 2, 3, 2])[0]
        later = info.occurred_on + timedelta(days=9)
        yield JobPush(
            unit=info.unit,
            occurred_on=info.occurred_on + timedelta(days=2),
            info=info,
            resident=person,
            mode=random.choice(PushMode.values),
            pusher=world.staff(info.unit),
            result=result,
            followed_up_on=None if result == PushResult.WAITING else later,
            hired_on=later if result == PushResult.HIRED else None,
            recorded_at=typed_at(later),
        )


def _diaries(world: World) -> list[Diary]:
    rows, contacts = [], []
    for number, day in enumerate(dated(world, DIARIES)):
        person, unit = somebody(world)
        heard, done = HEARD[number % len(HEARD)]
        diary = Diary(
            unit=unit,
            occurred_on=day,
            author=world.staff(unit),
            place=f"{unit.name}小广场" if number % 2 else "入户途中",
            heard=heard,
            done=done,
            domains=["residents"],
            recorded_at=typed_at(day),
        )
        rows.append(diary)
        contacts.append((diary, person))
    load(Diary, rows)
    load(
        DiaryContact,
        [
            DiaryContact(
                unit=diary.unit,
                occurred_on=diary.occurred_on,
                diary=diary,
                resident=person,
                recorded_at=diary.recorded_at,
            )
            for diary, person in contacts
        ],
    )
    return rows


def _consultations(world: World) -> None:
    random, rows = world.random, []
    for day in dated(world, CONSULTATIONS):
        person, unit = somebody(world)
        rows.append(
            Consultation(
                unit=unit,
                occurred_on=day,
                resident=person,
                topic=random.choice(ConsultationTopic.values),
                consultant="社区卫生服务站黄医生",
                measured=f"血压 {random.randrange(118, 168)}/{random.randrange(72, 98)}",
                advice=random.choice(ADVICE),
                referral="社区卫生服务中心" if random.random() < 0.15 else "",
                domains=["residents"],
                recorded_at=typed_at(day),
            )
        )
    load(Consultation, rows)


def _problems(world: World, diaries: list[Diary]) -> None:
    random, rows = world.random, []
    for number, day in enumerate(dated(world, PROBLEMS)):
        person, unit = somebody(world)
        title, kind, result = TROUBLES[number % len(TROUBLES)]
        diary = diaries[number // 4 % len(diaries)] if number % 4 == 0 else None
        if diary is not None:
            unit, day = diary.unit, diary.occurred_on
        state = random.choices(ProblemState.values, [4, 8, 6, 78, 4])[0]
        settled = state in (ProblemState.SOLVED, ProblemState.UNSOLVABLE)
        closed = day + timedelta(days=random.randrange(2, 24)) if settled else None
        rows.append(
            Problem(
                unit=unit,
                occurred_on=day,
                title=title,
                kind=kind,
                source=ProblemSource.DIARY if diary else random.choice(
                    [ProblemSource.VISIT, ProblemSource.WALK_IN, ProblemSource.PHONE]
                ),
                diary=diary,
                resident=None if diary else person,
                raiser="" if diary else person.name,
                owner="" if state == ProblemState.OPEN else world.staff(unit),
                due_on=day + timedelta(days=15),
                state=state,
                handed_to="春华街道办事处" if state == ProblemState.HANDED_UP else "",
                closed_on=closed,
                result=(result if state == ProblemState.SOLVED else "产权不清，暂无条件解决，已说明。")
                if settled
                else "",
                replied_on=closed,
                domains=["residents"],
                recorded_at=typed_at(day),
            )
        )  # fmt: skip
    load(Problem, rows)


def _photos(world: World) -> None:
    """Drawn scenes for the newest visits: nothing is photographed."""
    visits = Visit.objects.filter(mode="home").select_related("unit").order_by("-occurred_on", "pk")
    for number, visit in enumerate(visits[: min(PHOTOS, world.many(PHOTOS * 4))]):
        content = checked(_scene(number), "photo")
        attach(visit, [content], purpose="photo", caption="入户走访现场", by=None)


def _scene(number: int) -> bytes:
    image = Image.new("RGB", (1200, 900), (214 - number * 3, 226, 236))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, 1200, 900), fill=(170, 160, 140))
    for window in range(4):
        left = 120 + window * 260 + number * 4
        draw.rectangle(
            (left, 180, left + 170, 400), fill=(120, 150, 180), outline=(90, 90, 90), width=8
        )
    draw.rectangle((520, 420, 680, 740), fill=(140, 90, 60), outline=(90, 60, 40), width=8)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88)
    return target.getvalue()
