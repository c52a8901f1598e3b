"""Demo disability work: files, certificates, visits, trainings, booths, insurance and help."""

import uuid
from datetime import date, timedelta

from disability.enums import Category, CertificateStatus, Level, SelfCare
from disability.models import Certificate, DisabilityFile
from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.exports import profiles
from portal.exports.definition import COLUMN, FIXED, ORDINAL, DateStyle, Definition, ProfileField
from portal.ledgers.registry import ledgers
from portal.models import User
from portal.observances import ordinal, theme_days
from portal.periods import Period
from residents.demo.facts import PURPOSES, dated
from residents.enums import (
    ActivityKind,
    ApplicationKind,
    ApplicationState,
    AssistanceKind,
    Attendee,
    Poverty,
    TrainingTopic,
    VisitMode,
    VisitPurpose,
)
from residents.id_numbers import IdKind
from residents.models import Activity, Application, Assistance, Handout, Participation, Visit

FILES, VISITS, INSURANCE, HELP = 1100, 2600, 90, 150
OURS = ["disability"]
TALK = (
    "行动不便，由家人照料；询问辅具使用情况，轮椅完好。",
    "按时服药，情绪平稳，家属反映夜间睡眠好转。",
    "了解护理补贴到账情况，已按月收到。",
    "希望参加手工培训，已登记需求。",
    "残疾人证明年到期，提醒提前换领。",
    "康复训练坚持良好，约定下月再访。",
    "家中卫生间需装扶手，登记无障碍改造需求。",
)
SPOKEN_WITH = {
    Category.HEARING: ["sign_language", "writing"],
    Category.VISION: ["reading_aloud", "large_print"],
    Category.INTELLECTUAL: ["plain", "through_family"],
}
# Each category with its share of a hundred people.
CATEGORIES = {
    Category.PHYSICAL: 46,
    Category.HEARING: 14,
    Category.VISION: 13,
    Category.MENTAL: 12,
    Category.INTELLECTUAL: 8,
    Category.SPEECH: 3,
    Category.MULTIPLE: 4,
}


def build(world: World) -> None:
    disabled = world.shared["disabled"] = _files(world)
    _visits(world, disabled)
    _insurance(world, disabled)
    _help(world, disabled)
    _activities(world, disabled)
    _profile(world)


def _profile(world: World) -> None:
    """The register of disabled people that the street's federation asks every community for."""
    certificate = "残疾人证情况"
    fields = (
        ProfileField(ORDINAL, "序号"),
        ProfileField(COLUMN, "姓名", "姓名"),
        ProfileField(COLUMN, "身份证号", "证件号码"),
        ProfileField(COLUMN, "残疾人证号", "残疾人证号", group=certificate),
        ProfileField(COLUMN, "类别", "残疾类别", group=certificate),
        ProfileField(COLUMN, "等级", "残疾等级", group=certificate),
        ProfileField(COLUMN, "发证日期", "发证日期", group=certificate),
        ProfileField(FIXED, "核对情况", text="已核对"),
    )
    by = User.objects.get(username="demo-section")
    made = profiles.create(
        ledgers["certificates"],
        Definition(
            fields,
            titles=("{单位}持证残疾人名册", "（{时段}）　填报日期：{日期}"),
            date_style=DateStyle.CHINESE,
            basis="disability.holders",
            signature=("填表人：", "负责人：", "日期："),
        ),
        unit=world.street,
        name="持证残疾人名册",
        recipient="街道残联",
        by=by,
    )
    version, year = profiles.newest(made), Period.parse(str(YEAR))
    table = profiles.table_of(version, unit=world.street, period=year, by=by)
    sent = {"recipient": made.recipient, "note": "年度报送", "key": uuid.UUID(int=YEAR)}
    profiles.use(version, table, "xlsx", by=by, send=sent)


def _files(world: World) -> list:
    """Choose the people; open their files and give most of them a certificate."""
    random = world.random
    citizens = [e for e in world.shared["settled"] if e[0].id_kind == IdKind.CITIZEN]
    chosen = random.sample(citizens, min(world.many(FILES), len(citizens)))
    files, certificates = [], []
    for number, (person, unit, since) in enumerate(chosen):
        opened = max(since, person.born_on, date(2012 + number % 13, 1 + number % 12, 10))
        category = random.choices(list(CATEGORIES), CATEGORIES.values())[0]
        level = random.choices(list(Level), [14, 24, 32, 30])[0]
        components = [f"{category}{level}"]
        if category == Category.MULTIPLE:
            components = [f"4{level}", f"3{min(4, int(level) + 1)}"]
        minor = opened.year - person.born_on.year < 18
        guarded = minor or category in (Category.INTELLECTUAL, Category.MENTAL)
        files.append(
            DisabilityFile(
                unit=unit,
                resident=person,
                components=components,
                self_care=random.choice(SelfCare.values),
                cause=random.choice(("先天性", "疾病", "意外伤害", "老年退行性", "工伤")),
                guardian_name=f"{person.name[0]}玉珍" if guarded else "",
                guardian_relation="母亲" if guarded else "",
                guardian_phone=f"138{10000000 + 7919 * number:08d}"[:11] if guarded else "",
                communication=SPOKEN_WITH.get(category, []) if number % 2 else [],
                insurances=["resident_medical"] if number % 9 else ["none"],
                health_record=f"JK{unit.code[-6:]}{number:05d}" if number % 4 else "",
                opened_on=opened,
                recorded_at=typed_at(opened),
            )
        )
        if number % 12:
            certificates += _certificates(world, person, unit, category, level, opened, number)
    for certificate in certificates:
        certificate.derive()
    load(DisabilityFile, files)
    load(Certificate, certificates)
    return [(person, unit) for person, unit, _ in chosen]


def _certificates(world, person, unit, category, level, opened, number):
    """Mostly one in use; some replaced, some cancelled in the year, some run out."""
    issued = min(opened + timedelta(days=30), date(YEAR, 11, 28))
    issued = max(issued, person.born_on)
    plain = f"{person.id_number}{category}{level}"

    def make(number, issued, **fields):
        expires = date(issued.year + 10, issued.month, min(issued.day, 28))
        return Certificate(
            unit=unit,
            resident=person,
            number=number,
            category=category,
            level=level,
            occurred_on=issued,
            expires_on=expires,
            recorded_at=typed_at(issued),
            **fields,
        )

    if number % 15 == 1:
        again = world.day(date(YEAR, 2, 1), date(YEAR, 10, 30))
        if issued < again:
            old = make(plain, issued, status=CertificateStatus.REPLACED, ended_on=again)
            return [old, make(f"{plain}B1", again)]
    if number % 20 == 3:
        ended = max(world.day(date(YEAR, 3, 1), date(YEAR, 12, 1)), issued)
        return [make(plain, issued, status=CertificateStatus.CANCELLED, ended_on=ended)]
    return [make(plain, issued)]


def _visits(world, disabled) -> None:
    random, rows = world.random, []
    often = disabled[: len(disabled) * 5 // 6]  # the rest was not visited: coverage is not 100 %
    for day in dated(world, VISITS):
        person, unit = random.choice(often)
        mode = random.choices([VisitMode.HOME, VisitMode.PHONE, VisitMode.OFFICE], [64, 30, 6])[0]
        rows.append(
            Visit(
                unit=unit,
                grid=person.grid,
                occurred_on=day,
                resident=person,
                mode=mode,
                purposes=[VisitPurpose.DISABILITY_NEEDS, random.choice(PURPOSES)],
                visitor=f"{world.staff(unit)}（残疾人专职委员）",
                content=random.choice(TALK),
                domains=OURS,
                recorded_at=typed_at(day),
            )
        )
    for row in rows:
        row.purposes = list(dict.fromkeys(row.purposes))
    load(Visit, rows)


def _insurance(world, disabled) -> None:
    random, rows = world.random, []
    for day in dated(world, INSURANCE):
        person, unit = random.choice(disabled)
        approved = random.random() < 0.85
        rows.append(
            Application(
                unit=unit,
                occurred_on=day,
                resident=person,
                kind=ApplicationKind.MEDICAL_INSURANCE,
                poverty=random.choice([Poverty.MINIMUM_LIVING, Poverty.MARGINAL, Poverty.EXTREME]),
                agent=world.staff(unit),
                state=ApplicationState.APPROVED if approved else ApplicationState.PENDING,
                decided_on=day + timedelta(days=9) if approved else None,
                domains=OURS,
                recorded_at=typed_at(day),
            )
        )
    load(Application, rows)


def _help(world, disabled) -> None:
    random, rows = world.random, []
    for number, day in enumerate(dated(world, HELP)):
        person, unit = random.choice(disabled)
        rows.append(
            Assistance(
                unit=unit,
                occurred_on=day,
                resident=person,
                kind=AssistanceKind.CONDOLENCE,
                festival={1: "春节", 2: "春节", 5: "助残日", 9: "中秋"}.get(day.month, ""),
                giver=random.choice(("区残联", "春华街道办事处", f"{unit.name}居委会")),
                amount=None if number % 17 == 0 else random.choice((200, 300, 500, 1000)),
                goods=random.choice(("米、油各一份", "棉被一床", "")),
                domains=OURS,
                highlight=number % 25 == 0,
                recorded_at=typed_at(day),
            )
        )
    load(Assistance, rows)


def _activities(world, disabled) -> None:
    """Each community: a booth before the 助残日, two trainings, and what was handed out."""
    random = world.random
    [theme_day] = [day for day in theme_days(YEAR) if day.code == "disability-day"]
    booth_day = theme_day.date - timedelta(days=3)
    events, handouts, present = [], [], []
    for index, unit in enumerate(world.communities):
        common = {"unit": unit, "domains": OURS, "highlight": True}
        booth = Activity(
            **common,
            occurred_on=booth_day,
            title=f"第{ordinal('disability-day', YEAR)}次全国助残日宣传",
            kind=ActivityKind.PUBLICITY,
            theme_day="disability-day",
            place=f"{unit.name}中心广场",
            organisers="区残联、街道卫生服务中心",
            participants=60 + 7 * index,
            consultations=20 + 5 * index,
            slogan="弘扬自强与助残精神，凝聚团结奋进力量",
            recorded_at=typed_at(booth_day),
        )
        starts = [date(YEAR, 3, 10 + index), date(YEAR, 9, 8 + index)]
        trainings = [
            Activity(
                **common,
                occurred_on=day,
                title=title,
                kind=ActivityKind.TRAINING,
                place="街道社区学校",
                organisers="区残联、区就业服务中心",
                topics=[topic],
                recorded_at=typed_at(day),
            )
            for (title, topic), day in zip(
                (
                    ("残疾人创业就业培训班", TrainingTopic.EMPLOYMENT),
                    ("家庭康复护理培训班", TrainingTopic.NURSING),
                ),
                starts,
                strict=True,
            )
        ]
        events += [booth, *trainings]
    load(Activity, events)
    for event in events:
        if event.kind == ActivityKind.PUBLICITY:
            handouts.append(
                Handout(
                    unit=event.unit,
                    occurred_on=event.occurred_on,
                    material="助残政策宣传单",
                    quantity=random.randrange(18, 52) * 10,
                    activity=event,
                    target="过往居民",
                    domains=OURS,
                    recorded_at=event.recorded_at,
                )
            )
            continue
        pool = [person for person, unit in disabled if unit == event.unit]
        for number, person in enumerate(random.sample(pool, min(8, len(pool)))):
            family = number % 4 == 3
            present.append(
                Participation(
                    unit=event.unit,
                    occurred_on=event.occurred_on,
                    activity=event,
                    resident=person,
                    attendee=Attendee.FAMILY if family else Attendee.SELF,
                    family_name=f"{person.name[0]}秀英" if family else "",
                    family_relation="母亲" if family else "",
                    recorded_at=event.recorded_at,
                )
            )
    load(Handout, handouts)
    load(Participation, present)
