"""A year of treatment and care in the demo: complications, treatments, advice, carers, appointments,
values on scales, referrals."""

from datetime import date, timedelta

from disability.enums.conditions import (
    AdviceItem,
    AppointmentState,
    ComplicationKind,
    Gravity,
    TherapyKind,
)
from disability.enums.outcomes import Scale
from disability.enums.referrals import ReferralCondition, ReferralState, TreatmentWay
from disability.models import (
    CarerTraining,
    Complication,
    DisabilityFile,
    NursingAdvice,
    OutcomeMeasure,
    Referral,
    TherapyAppointment,
    Treatment,
)
from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.office.models import Partner
from residents.demo.facts import LAST_DAY, dated
from residents.models import Resident

# Records of the whole street in the full year.
COMPLICATIONS, ADVICE, CARERS, APPOINTMENTS, MEASURED, REFERRALS = 170, 380, 130, 520, 160, 70
NURSES = ("陈雅琴护士", "林志远医师", "黄丽华护士", "梁国栋康复师")
METHODS = {
    ComplicationKind.CONSTIPATION: ("腹部按摩、调整饮食并口服缓泻剂", "三天内恢复排便"),
    ComplicationKind.PRESSURE_SORE: ("清创换药，每两小时翻身一次", "创面缩小，肉芽新鲜"),
    ComplicationKind.URINARY: ("多饮水、膀胱冲洗、按医嘱用药", "尿频尿痛消失"),
    ComplicationKind.CONTRACTURE: ("关节松动和牵伸训练", "关节活动度增加"),
    ComplicationKind.LUNG: ("拍背排痰、体位引流", "咳嗽减轻"),
    ComplicationKind.FALL: ("伤处处理，居家防跌倒改造建议", "已能下地行走"),
}
TOPICS = (
    ["diet", "excretion", "turning", "massage"],
    ["turning", "skin", "position"],
    ["joints", "moving", "safety"],
    ["diet", "medication", "habits"],
    ["excretion", "massage", "mind"],
)
RELATIONS = (("秀英", "母亲"), ("建国", "丈夫"), ("丽芳", "女儿"), ("阿姨", "护理员"))


def build(world: World) -> None:
    people = cared_for(world)
    _complications(world, people)
    _advice(world, people)
    _appointments(world, people)
    _outcomes(world, people)
    _referrals(world, people)


def cared_for(world: World) -> list[tuple]:
    """(person, unit, letter of the first component) of the living."""
    dead = set(Resident.objects.filter(died_on__isnull=False).values_list("pk", flat=True))
    kinds = dict(DisabilityFile.objects.values_list("resident", "components"))
    return [
        (person, unit, kinds[person.pk][0][0])
        for person, unit in world.shared["disabled"]
        if person.pk not in dead
    ]


def providers(world: World) -> dict:
    """A partner that heals, by the community that knows it."""
    healing = Partner.objects.kept().filter(name__regex="医院|卫生")
    return {partner.unit_id: partner for partner in healing.order_by("-pk")}


def of_kind(people, *letters) -> list:
    return [each for each in people if each[2] in letters] or people


def grown(person, day) -> bool:
    return person.born_on <= day


def _complications(world, people) -> None:
    random, found, treated = world.random, [], []
    partners, taken = providers(world), set()
    for number, day in enumerate(dated(world, COMPLICATIONS)):
        person, unit, _ = random.choice(of_kind(people, "4", "7"))
        kind = random.choices(list(METHODS), [30, 26, 18, 14, 6, 6])[0]
        if (person.pk, kind) in taken or not grown(person, day):
            continue
        taken.add((person.pk, kind))
        lasts = timedelta(days=random.randrange(10, 120))
        gone = day + lasts if random.random() < 0.75 and day + lasts <= LAST_DAY else None
        sick = Complication(
            unit=unit,
            resident=person,
            kind=kind,
            gravity=random.choices(Gravity.values, [5, 3, 1])[0],
            found_on=day,
            resolved_on=gone,
            finder=world.staff(unit),
            handling=METHODS[kind][0],
            recorded_at=typed_at(day),
        )
        found.append(sick)
        for visit in range(random.randrange(1, 4)):
            on = day + timedelta(days=3 + 7 * visit)
            if on > (gone or LAST_DAY):
                break
            treated.append(
                Treatment(
                    unit=unit,
                    resident=person,
                    complication=sick,
                    occurred_on=on,
                    provider=partners.get(unit.pk),
                    staff=NURSES[number % len(NURSES)],
                    method=METHODS[kind][0],
                    result=METHODS[kind][1] if visit else "",
                    minutes=random.choice((20, 30, 40)),
                    highlight=visit == 1 and number % 30 == 0,
                    recorded_at=typed_at(on),
                )
            )
    load(Complication, found)
    for row in treated:
        row.complication_id = row.complication.pk
    load(Treatment, treated)


def _advice(world, people) -> None:
    random, advice, carers, partners = world.random, [], [], providers(world)
    for number, day in enumerate(dated(world, ADVICE)):
        person, unit, _ = random.choice(of_kind(people, "4", "5", "6", "7"))
        if not grown(person, day):
            continue
        advice.append(
            NursingAdvice(
                unit=unit,
                resident=person,
                occurred_on=day,
                items=TOPICS[number % len(TOPICS)],
                advised=random.choice((["self"], ["family"], ["self", "family"], ["carer"])),
                provider=partners.get(unit.pk),
                adviser=NURSES[number % len(NURSES)],
                note=f"重点讲了{AdviceItem(TOPICS[number % len(TOPICS)][0]).label}。",
                recorded_at=typed_at(day),
            )
        )
    for number, day in enumerate(dated(world, CARERS)):
        person, unit, _ = random.choice(of_kind(people, "4", "5", "6", "7"))
        if not grown(person, day):
            continue
        given, relation = RELATIONS[number % len(RELATIONS)]
        carers.append(
            CarerTraining(
                unit=unit,
                resident=person,
                occurred_on=day,
                carer=f"{person.name[0]}{given}",
                relation=relation,
                topics=TOPICS[number % len(TOPICS)],
                trainer=NURSES[number % len(NURSES)],
                minutes=random.choice((30, 45, 60)),
                mastered=number % 4 != 0,
                recorded_at=typed_at(day),
            )
        )
    load(NursingAdvice, advice)
    load(CarerTraining, carers)


def _appointments(world, people) -> None:
    random, rows, taken = world.random, [], set()
    for day in dated(world, APPOINTMENTS):
        person, unit, letter = random.choice(people)
        at = random.choice(("08:30", "09:30", "10:30", "14:30", "15:30"))
        if not grown(person, day) or (person.pk, day, at) in taken:
            continue
        taken.add((person.pk, day, at))
        state = random.choices(list(AppointmentState)[1:], [84, 11, 5])[0]
        fitting = {"1": TherapyKind.ORIENTATION, "2": TherapyKind.HEARING, "3": TherapyKind.SPEECH}
        usual = random.choice((TherapyKind.PHYSICAL, TherapyKind.OCCUPATIONAL))
        rows.append(
            TherapyAppointment(
                unit=unit,
                resident=person,
                kind=fitting.get(letter, usual),
                planned_on=day,
                planned_at=at,
                therapist=random.choice(NURSES),
                state=state,
                note=""
                if state == AppointmentState.KEPT
                else random.choice(("身体不适", "家人没空陪同", "天气不好", "记错了日子")),
                recorded_at=typed_at(day),
            )
        )
    load(TherapyAppointment, rows)


# What people with these scores get better by, from the first value to the last.
COURSES = (
    (Scale.BARTHEL, (35, 50, 60)),
    (Scale.BARTHEL, (55, 55, 65)),
    (Scale.BERG, (28, 34, 41)),
    (Scale.VAS, (7, 5, 3)),
    (Scale.CONFIDENCE, (2, 3, 4)),
    (Scale.CONFIDENCE, (3, 3, 3)),
    (Scale.ADL, (36, 38, 39)),
)


def _outcomes(world, people) -> None:
    random, rows = world.random, []
    chosen = random.sample(people, min(world.many(MEASURED), len(people)))
    for number, (person, unit, _) in enumerate(chosen):
        scale, values = COURSES[number % len(COURSES)]
        first = world.day(date(YEAR, 1, 6), date(YEAR, 4, 30))
        if not grown(person, first):
            continue
        for again, value in enumerate(values[: 1 + number % 3 or 3]):
            day = first + timedelta(days=80 * again)
            rows.append(
                OutcomeMeasure(
                    unit=unit,
                    resident=person,
                    occurred_on=day,
                    scale=scale,
                    value=value,
                    assessor=NURSES[number % len(NURSES)],
                    recorded_at=typed_at(day),
                )
            )
    load(OutcomeMeasure, rows)


def _referrals(world, people) -> None:
    """Some far, some just told; a few refused."""
    random, rows, partners = world.random, [], providers(world)
    for number, day in enumerate(dated(world, REFERRALS)):
        blind = number % 2 == 0
        person, unit, _ = random.choice(of_kind(people, *("1" if blind else "4235")))
        if not grown(person, day):
            continue
        rows.append(
            Referral(
                unit=unit,
                resident=person,
                occurred_on=day,
                condition=ReferralCondition.CATARACT
                if blind
                else random.choice((ReferralCondition.LIMB, ReferralCondition.HEARING)),
                informed_by=world.staff(unit),
                highlight=number % 20 == 0,
                recorded_at=typed_at(day),
                **_stage(number % 6, day, partners.get(unit.pk)),
            )
        )
    load(Referral, rows)


def _stage(number: int, day: date, provider) -> dict:
    week = timedelta(days=7)
    if number == 0 or day > LAST_DAY - 5 * week:
        return {}
    sent = {
        "state": ReferralState.REFERRED,
        "referred_on": day + week,
        "provider": provider,
        "destination": "" if provider else "区人民医院",
    }
    if number == 1:
        return sent
    if number == 2:
        return {
            "state": ReferralState.DECLINED,
            "closed_on": day + 2 * week,
            "outcome": "本人担心手术，暂不考虑",
        }
    done = {"accepted_on": day + 2 * week, "treated_on": day + 4 * week}
    return (
        sent
        | done
        | {
            "state": ReferralState.TREATED,
            "way": TreatmentWay.SURGERY if number < 5 else TreatmentWay.TRAINING,
            "outcome": "恢复良好",
        }
    )
