"""Demo rehabilitation: providers, surveys with their needs, plans with reviews, agreements, services."""

from datetime import date, timedelta

from disability.enums.needs import RAISED, NeedClass, NeedState
from disability.enums.plans import Consenter, PlanGroup, PlanProgress, PlanState
from disability.enums.services import Effect, Every, ServiceKind, ServiceMode
from disability.models import (
    DisabilityFile,
    Need,
    NeedsSurvey,
    PlanReview,
    PlanTemplate,
    RehabAgreement,
    RehabPlan,
    RehabService,
    RehabSession,
)
from disability.services.plans import missing_templates
from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.office.enums import PartnerKind
from portal.office.models import Partner
from residents.demo.facts import dated
from residents.enums import VisitMode

SERVICES = 1500
ITEMS = {
    NeedClass.DEVICE: ("轮椅", "盲杖", "助听器", "洗澡椅"),
    NeedClass.SURGERY: ("白内障手术", "肢体矫治"),
    NeedClass.MEDICINE: ("精神科服药补助",),
    NeedClass.TRAINING: ("定向行走训练", "肢体功能训练", "言语训练"),
    NeedClass.CARE: ("居家护理", "日间照料"),
}
# The group of a plan by the first category of the file; some of 肢体 are 截瘫, some of 视力 learn to walk.
GROUPS = {
    "1": (PlanGroup.VISION, PlanGroup.ORIENTATION),
    "2": (PlanGroup.HEARING_SPEECH,),
    "3": (PlanGroup.HEARING_SPEECH,),
    "4": (PlanGroup.PHYSICAL, PlanGroup.PHYSICAL, PlanGroup.PARAPLEGIA),
    "5": (PlanGroup.INTELLECTUAL,),
    "6": (PlanGroup.MENTAL,),
}
KINDS = {
    "1": (ServiceKind.ORIENTATION, ServiceKind.DAILY_LIVING, ServiceKind.DEVICE_USE),
    "2": (ServiceKind.HEARING_SPEECH, ServiceKind.DEVICE_USE),
    "3": (ServiceKind.HEARING_SPEECH,),
    "4": (ServiceKind.FUNCTION, ServiceKind.THERAPY, ServiceKind.NURSING, ServiceKind.COUNSELLING),
    "5": (ServiceKind.DAILY_LIVING, ServiceKind.COUNSELLING),
    "6": (ServiceKind.MEDICATION, ServiceKind.COUNSELLING),
}
DONE = {
    ServiceKind.FUNCTION: "上肢关节活动和肌力训练，指导每日练习两次",
    ServiceKind.THERAPY: "红外线和低频电理疗，腰腿疼痛减轻",
    ServiceKind.NURSING: "示范翻身和皮肤护理，检查受压部位",
    ServiceKind.ORIENTATION: "盲杖两点式行走，走到楼下小卖部",
    ServiceKind.DIET: "讲解低盐低脂饮食和食物保存",
    ServiceKind.CHRONIC: "测血压，指导高血压康复运动",
    ServiceKind.RECORD: "健康档案随访，更新用药情况",
    ServiceKind.MEDICATION: "核对服药，家属代管药品",
}
BEYOND = (ServiceKind.DIET, ServiceKind.CHRONIC, ServiceKind.RECORD)
TALKS = (
    "居家康复护理知识讲座",
    "预防压疮和便秘集体指导",
    "助听器保养和手语学习",
    "八段锦集体功能训练",
)


def build(world: World) -> None:
    disabled = world.shared["disabled"]
    files = DisabilityFile.objects.filter(resident__in=[person for person, _ in disabled])
    category = {file.resident_id: file.components[0][0] for file in files}
    providers = {unit.pk: _provider(unit) for unit in world.communities}
    _surveys(world, disabled)
    plans = _plans(world, disabled, category)
    agreements = _agreements(world, disabled, providers)
    _services(world, disabled, category, providers, plans, agreements)
    _sessions(world, disabled, providers)


def _provider(unit) -> Partner:
    known = Partner.objects.filter(
        unit=unit, kind=PartnerKind.HOSPITAL, domains__contains=["disability"]
    )
    return known.order_by("pk").first() or Partner.objects.create(
        unit=unit,
        name="江湾康复医院",
        kind=PartnerKind.HOSPITAL,
        contact="周建华",
        resources="康复治疗师 6 人，可上门服务。",
        domains=["disability"],
        recorded_at=typed_at(date(YEAR, 1, 6)),
    )


def _surveys(world, disabled) -> None:
    """Five of six were asked in the year; a fifth of them needs nothing."""
    random, surveys, needs = world.random, [], []
    for person, unit in disabled[: max(2, len(disabled) * 5 // 6)]:
        day = world.day(date(YEAR, 5, 6), date(YEAR, 9, 20))
        classes = [NeedClass.NONE]
        if random.random() < 0.8 or not needs:
            classes = random.sample([value for value, _ in RAISED], random.choice((1, 1, 2, 3)))
        survey = NeedsSurvey(
            unit=unit,
            grid=person.grid,
            resident=person,
            occurred_on=day,
            year=YEAR,
            mode=random.choices([VisitMode.HOME, VisitMode.PHONE], [80, 20])[0],
            surveyor=f"{world.staff(unit)}（助残员）",
            needs=classes,
            recorded_at=typed_at(day),
        )
        surveys.append(survey)
    load(NeedsSurvey, surveys)
    for survey in surveys:
        for kind in survey.needs:
            if kind != NeedClass.NONE:
                needs.append(_need(world, survey, kind))
    load(Need, needs)


def _need(world, survey, kind) -> Need:
    state = world.random.choices(
        [NeedState.MET, NeedState.ARRANGED, NeedState.OPEN, NeedState.DROPPED], [60, 18, 18, 4]
    )[0]
    later = survey.occurred_on + timedelta(days=world.random.randrange(10, 90))
    return Need(
        unit=survey.unit,
        grid=survey.grid,
        survey=survey,
        resident=survey.resident,
        occurred_on=survey.occurred_on,
        kind=kind,
        item=world.random.choice(ITEMS.get(kind, ("",))),
        state=state,
        arranged="已转江湾康复医院" if state in (NeedState.MET, NeedState.ARRANGED) else "",
        met_on=later if state == NeedState.MET else None,
        recorded_at=survey.recorded_at,
    )


def _plans(world, disabled, category) -> dict:
    """A plan for one in seven, made from the street's templates, most of them reviewed."""
    random = world.random
    library = missing_templates(world.street, by=None)
    for template in library:
        template.recorded_at = typed_at(date(YEAR - 1, 12, 20))
    load(PlanTemplate, library)
    templates = {}
    for template in PlanTemplate.objects.filter(unit=world.street).order_by("pk"):
        templates.setdefault(template.group, template)
    plans, reviews = [], []
    for number, (person, unit) in enumerate(disabled[::7] or disabled[:1]):
        made = world.day(date(YEAR, 2, 10), date(YEAR, 4, 28))
        template = templates[random.choice(GROUPS[category[person.pk]])]
        over = number % 6 == 5
        plans.append(
            RehabPlan(
                unit=unit,
                resident=person,
                group=template.group,
                template=template,
                made_on=made,
                made_by="周建华（康复医师）",
                assessment="日常生活部分需要协助，本人愿意配合训练，家属可每日陪同。",
                goals=template.goals,
                measures=template.measures,
                review_months=template.review_months,
                starts_on=made,
                ends_on=made + timedelta(days=180) if over else None,
                consented_on=made if number % 5 else None,
                consented_by=Consenter.SELF if number % 5 else "",
                state=PlanState.FINISHED if over else PlanState.ACTIVE,
                result="目标基本达到，转入日常锻炼。" if over else "",
                recorded_at=typed_at(made),
            )
        )
    load(RehabPlan, plans)
    for number, plan in enumerate(plans):
        for turn in (1, 2) if number % 4 else (1,):
            day = plan.made_on + timedelta(days=60 * turn)
            reviews.append(
                PlanReview(
                    unit=plan.unit,
                    plan=plan,
                    occurred_on=day,
                    progress=random.choices(PlanProgress.values, [60, 34, 6])[0],
                    findings="能坚持训练，动作较前协调。",
                    reviewer="周建华（康复医师）",
                    recorded_at=typed_at(day),
                )
            )
    load(PlanReview, reviews)
    return {plan.resident_id: plan for plan in plans}


def _agreements(world, disabled, providers) -> dict:
    rows = []
    for number, (person, unit) in enumerate(disabled[::3] or disabled[:1]):
        signed = world.day(date(YEAR, 1, 8), date(YEAR, 3, 20))
        rows.append(
            RehabAgreement(
                unit=unit,
                resident=person,
                provider=providers[unit.pk],
                signed_on=signed,
                starts_on=signed,
                ends_on=date(YEAR + 1, 12, 15 + number % 15),
                kinds=[ServiceKind.FUNCTION, ServiceKind.THERAPY, ServiceKind.NURSING],
                times=1 + number % 2,
                every=(Every.MONTH, Every.QUARTER)[number % 2],
                recorded_at=typed_at(signed),
            )
        )
    load(RehabAgreement, rows)
    return {row.resident_id: row for row in rows}


def _services(world, disabled, category, providers, plans, agreements) -> None:
    random, rows = world.random, []
    often = disabled[: max(2, len(disabled) * 3 // 4)]
    for number, day in enumerate(dated(world, SERVICES)):
        person, unit = random.choice(often)
        agreement = agreements.get(person.pk)
        signed = agreement is not None and agreement.starts_on <= day
        plan = plans.get(person.pk)
        kind = random.choice(KINDS[category[person.pk]])
        if signed and number % 5 == 0:
            kind = random.choice(BEYOND)
        rows.append(
            RehabService(
                unit=unit,
                grid=person.grid,
                resident=person,
                occurred_on=day,
                kind=kind,
                mode=random.choices([ServiceMode.HOME, ServiceMode.PLACE], [70, 30])[0],
                provider=providers[unit.pk] if signed else None,
                staff="周建华" if signed else world.staff(unit),
                minutes=random.choice((30, 40, 45, 60)),
                items=DONE.get(kind, ""),
                effect=random.choices(Effect.values, [20, 52, 26, 2])[0],
                agreement=agreement if signed else None,
                plan=plan if plan and plan.starts_on <= day else None,
                highlight=number % 150 == 40,
                recorded_at=typed_at(day),
            )
        )
    load(RehabService, rows)


def _sessions(world, disabled, providers) -> None:
    """Twice a year in each community, for all who come."""
    sessions, services = [], []
    for index, unit in enumerate(world.communities):
        for turn, month in enumerate((4, 10)):
            day = date(YEAR, month, 10 + index)
            sessions.append(
                RehabSession(
                    unit=unit,
                    occurred_on=day,
                    title=TALKS[(index + turn) % len(TALKS)],
                    kind=ServiceKind.FUNCTION
                    if "训练" in TALKS[(index + turn) % 4]
                    else ServiceKind.KNOWLEDGE,
                    place=f"{unit.name}活动室",
                    provider=providers[unit.pk],
                    staff="周建华",
                    minutes=60,
                    highlight=turn == 0,
                    recorded_at=typed_at(day),
                )
            )
    load(RehabSession, sessions)
    for session in sessions:
        pool = [person for person, unit in disabled if unit == session.unit]
        for person in world.random.sample(pool, min(68, len(pool))):
            services.append(
                RehabService(
                    unit=session.unit,
                    resident=person,
                    session=session,
                    occurred_on=session.occurred_on,
                    kind=session.kind,
                    mode=ServiceMode.GROUP,
                    provider=session.provider,
                    staff=session.staff,
                    minutes=session.minutes,
                    recorded_at=session.recorded_at,
                )
            )
    load(RehabService, services)
