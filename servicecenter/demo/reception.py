"""Demo reception: two years of consultations, reception days, offices on the spot, disputes, questions of
the echo wall."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from servicecenter.enums.reception import (
    AgreementKept,
    DisputeKind,
    EchoState,
    MediationResult,
    ReceptionChannel,
    ReceptionTopic,
)
from servicecenter.models import Echo, Mediation, OnsiteOffice, Reception, ReceptionDay

# Records of the whole street in the full year.
RECEPTIONS, DISPUTES, QUESTIONS = 620, 70, 60
LAST_DAY = date(YEAR + 1, 6, 20)
T, C, D, M = ReceptionTopic, ReceptionChannel, DisputeKind, MediationResult
ASKED = (
    (
        T.RELIEF,
        "问低保和低保边缘家庭的申请条件，要带哪些材料。",
        "告知条件和材料，发了办事告知单。",
    ),
    (T.INSURANCE, "问城乡居民医保什么时候缴费、怎样在手机上缴。", "现场指导手机缴费，已缴成功。"),
    (T.INSURANCE, "问养老资格认证怎么做，老人腿脚不便。", "登记上门认证，约定周四上午。"),
    (T.DISABLED, "问残疾人证到期怎样换领。", "告知可代办，带旧证和照片来。"),
    (T.WORK, "问附近有没有保洁、保安一类的岗位。", "推送三条招聘信息，留了电话。"),
    (T.HOUSING, "问公租房初审要多久。", "告知流程和时限，可在公开栏查询。"),
    (T.PAPERS, "问居住证明还能不能开。", "不在证明清单内，告知用居住证替代。"),
    (T.ELDERLY, "问高龄津贴从哪个月开始发。", "满八十周岁当月起，当场登记。"),
    (T.ESTATE, "反映楼道堆物和电动车充电。", "联系物业当天清理，已回电。"),
    (T.NEIGHBOURS, "反映楼上夜里声音大，想请社区出面。", "约双方周五晚上门调解。"),
    (T.EDUCATION, "问随迁子女入学要什么材料。", "对照清单逐项说明，发了告知单。"),
    (T.POLICY, "问临时救助和低保能不能同时申请。", "说明政策，建议先备齐医疗票据。"),
    (T.ADVICE, "建议小广场加装照明和长椅。", "转居民议事会讨论，答复进展。"),
    (T.FAMILY, "问生育登记怎样在网上办。", "指导在手机上登记完成。"),
)
VISITORS = ("", "", "", "刘先生", "陈女士", "3 栋住户", "外来务工人员", "商铺店主")
DISPUTED = (
    (
        D.NEIGHBOURS,
        "{a}与楼下住户",
        "卫生间漏水，天花板受损。",
        "楼上一周内修好防水，补偿粉刷费 800 元。",
    ),
    (D.NEIGHBOURS, "{a}与隔壁住户", "门口堆放杂物，进出不便。", "三天内清走，今后不再堆放。"),
    (
        D.ESTATE,
        "{a}与春华物业公司",
        "地面停车位被占，要求退费。",
        "物业划线编号，退还一个月停车费。",
    ),
    (D.FAMILY, "{a}与家人", "老人赡养费和照料分担。", "子女轮流照料，每月各出 500 元。"),
    (D.LABOUR, "{a}与装修队", "拖欠工钱两个月。", "分两次付清，月底前付第一次。"),
    (D.CONSUMER, "{a}与早餐店", "油烟直排，影响楼上。", "十五日内装好净化器，早六点前不生火。"),
    (D.CONTRACT, "{a}与租客", "提前退租，押金不退。", "扣除半月租金，其余押金退还。"),
)
ECHOED = (
    (T.ESTATE, "小广场的路灯坏了好几盏，什么时候能修？", "已更换 6 盏，今后每月检查一次。"),
    (
        T.ESTATE,
        "3 栋的垃圾桶离窗口太近，夏天味道大，能不能挪？",
        "已挪到东侧围墙边，每天清运两次。",
    ),
    (T.POLICY, "居民医保今年的缴费时间是哪几天？", "9 月 1 日至 12 月 31 日，手机和大厅都可以缴。"),
    (T.ADVICE, "能不能在活动室开一个书法班？", "已联系老师，每周三下午开课，可到大厅报名。"),
    (T.ELDERLY, "社区食堂周末开不开？", "周六开到中午，周日休息；特殊困难老人可预约送餐。"),
    (T.WORK, "街道招聘会什么时候再办？", "下一场在月底，岗位单会贴在公示栏。"),
    (T.EDUCATION, "暑期托管班还有名额吗？", "还有 6 个名额，带户口簿到大厅登记。"),
)
POSITIONS = ("社区书记", "社区副主任", "街道驻点干部")
PLACES = ("中心广场", "农贸市场门口", "东区活动室", "幸福院落")


def build(world: World) -> None:
    random = Random(SEED + 80)  # noqa: S311  not a secret
    _receptions(world, random)
    _days(world, random)
    _disputes(world, random)
    _echoes(world, random)


def spread(world, random, number):
    """(unit, day) of that many records of the full year, and a third of it in the year after."""
    for count, first, last in (
        (world.many(number), date(YEAR, 1, 4), date(YEAR, 12, 26)),
        (world.many(number / 3), date(YEAR + 1, 1, 5), LAST_DAY),
    ):
        for index in range(count):
            day = first + timedelta(days=random.randrange((last - first).days + 1))
            day -= timedelta(days=max(0, day.weekday() - 4))
            yield world.communities[index % len(world.communities)], day


def somebody(world, unit, random):
    pool = [person for person, home, _ in world.shared["settled"] if home == unit]
    return random.choice(pool) if pool else None


def _receptions(world, random) -> None:
    rows = []
    for number, (unit, day) in enumerate(spread(world, random, RECEPTIONS)):
        topic, content, answer = ASKED[random.randrange(len(ASKED))]
        known = random.random() < 0.6
        resident = somebody(world, unit, random) if known else None
        waits = random.random() < (0.3 if day > LAST_DAY - timedelta(days=10) else 0.01)
        later = day + timedelta(days=random.choice((0, 0, 0, 1, 2)))
        staff = world.staff(unit)
        rows.append(
            Reception(
                unit=unit,
                occurred_on=day,
                resident=resident,
                grid=resident.grid if resident else None,
                visitor="" if resident else random.choice(VISITORS),
                people=random.choice((1, 1, 1, 1, 2, 3)),
                channel=random.choices(list(C), [60, 22, 6, 6, 1, 5])[0],
                topics=[topic] if number % 9 else sorted({topic, T.POLICY}),
                content=content,
                first_asked=staff,
                answered_on=None if waits else later,
                answer="" if waits else answer,
                answered_by="" if waits else staff,
                recorded_at=typed_at(day),
            )
        )
    load(Reception, rows)


def _days(world, random) -> None:
    """A reception day each month and an office on the spot each quarter, in every community."""
    days, offices = [], []
    for place, unit in enumerate(world.communities):
        for month in range(18):
            day = date(YEAR + month // 12, month % 12 + 1, 15)
            if world.scale < 0.5 and (month + place) % 3:
                continue
            raised = random.randrange(2, 9)
            days.append(
                ReceptionDay(
                    unit=unit,
                    occurred_on=day,
                    cadre=world.staff(unit) if month % 3 else "梁伟文",
                    position=POSITIONS[0] if month % 3 else POSITIONS[2],
                    place=f"{unit.name}为民服务大厅",
                    visitors=raised + random.randrange(0, 8),
                    raised=raised,
                    solved=max(0, raised - random.choice((0, 0, 0, 1))),
                    content="停车、照明、医保缴费等事项，当场答复或转站所办理。",
                    highlight=month == 5,
                    recorded_at=typed_at(day),
                )
            )
        for quarter in range(5):
            day = date(YEAR + quarter // 4, quarter % 4 * 3 + 2, 20)
            raised = random.randrange(3, 10)
            offices.append(
                OnsiteOffice(
                    unit=unit,
                    occurred_on=day,
                    place=PLACES[(quarter + place) % len(PLACES)],
                    participants="民政站、残联、社区医保窗口",
                    reached=raised * random.randrange(3, 7),
                    raised=raised,
                    solved=raised - random.choice((0, 1)),
                    content="现场受理医保缴费、高龄津贴、残疾人证换领等事项。",
                    highlight=quarter == 2,
                    recorded_at=typed_at(day),
                )
            )
    load(ReceptionDay, days)
    load(OnsiteOffice, offices)


def _disputes(world, random) -> None:
    rows = []
    for number, (unit, day) in enumerate(spread(world, random, DISPUTES)):
        kind, parties, cause, agreed = DISPUTED[number % len(DISPUTED)]
        person = somebody(world, unit, random)
        recent = day > LAST_DAY - timedelta(days=20)
        result = M.RUNNING if recent else random.choices(list(M)[1:], [86, 9, 5])[0]
        ended = None if recent else day + timedelta(days=random.randrange(2, 15))
        done = result == M.SUCCEEDED
        asked = done and ended < LAST_DAY - timedelta(days=40)
        rows.append(
            Mediation(
                unit=unit,
                occurred_on=day,
                kind=kind,
                parties=parties.format(a=person.name if person else "一住户"),
                resident=person,
                cause=cause,
                mediators=world.staff(unit),
                place=f"{unit.name}调解室",
                result=result,
                ended_on=ended,
                agreement=agreed if done else "",
                signed_on=ended if done else None,
                kept=random.choices(list(AgreementKept), [90, 7, 3])[0] if asked else "",
                followed_up_on=ended + timedelta(days=30) if asked else None,
                follow_up="双方已和好，按协议执行。" if asked else "",
                highlight=done and number % 12 == 0,
                recorded_at=typed_at(day),
            )
        )
    load(Mediation, rows)


def _echoes(world, random) -> None:
    rows = []
    for number, (unit, day) in enumerate(spread(world, random, QUESTIONS)):
        topic, question, reply = ECHOED[number % len(ECHOED)]
        waits = day > LAST_DAY - timedelta(days=12)
        replied = None if waits else day + timedelta(days=random.randrange(1, 6))
        agrees = random.random() < 0.8
        state = EchoState.WAITING if waits else EchoState.PASSED if agrees else EchoState.HELD
        public = agrees and not waits
        rows.append(
            Echo(
                unit=unit,
                occurred_on=day,
                topic=topic,
                resident=somebody(world, unit, random) if number % 2 else None,
                asker="" if number % 3 or number % 2 else "一位住户",
                question=question,
                may_publish=agrees,
                reply="" if waits else reply,
                replied_on=replied,
                replied_by="" if waits else world.staff(unit),
                state=state,
                moderated_by="" if waits else world.staff(unit),
                held_for="" if state != EchoState.HELD else "提问人不同意公开",
                published_on=replied + timedelta(days=1) if public else None,
                recorded_at=typed_at(day),
            )
        )
    load(Echo, rows)
