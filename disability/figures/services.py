"""指标 of rehabilitation services, sessions and coverage (domain §1.5.5), each with its 口径."""

from django.db.models import Exists, F, OuterRef, Q

from disability.enums import Category as DisabilityCategory
from disability.enums import Level
from disability.enums.plans import PlanGroup
from disability.enums.services import Effect, ServiceKind, ServiceMode
from disability.figures.base import flow, ratio, stock
from disability.models import Certificate, DisabilityFile, Need, RehabService, RehabSession
from portal.figures import Category, Distinct, Total, register

CATEGORIES = {
    "kind": Category("服务项目", "kind", dict(ServiceKind.choices)),
    "mode": Category("方式", "mode", dict(ServiceMode.choices)),
    "effect": Category("效果", "effect", dict(Effect.choices)),
}
BEYOND = Q(agreement__isnull=False) & ~Q(agreement__kinds__contains=[F("kind")])
# Services told by the group of those who had them: by the file's components.
GROUPS = {
    "vision": ("视力残疾人康复服务", [DisabilityCategory.VISION]),
    "hearing_speech": (
        "听力言语残疾人康复服务",
        [DisabilityCategory.HEARING, DisabilityCategory.SPEECH],
    ),
    "physical": ("肢体残疾人康复服务", [DisabilityCategory.PHYSICAL]),
    "intellectual": ("智力残疾人康复服务", [DisabilityCategory.INTELLECTUAL]),
    "mental": ("精神残疾人康复服务", [DisabilityCategory.MENTAL]),
}


def of_categories(categories) -> Q:
    """About somebody whose file in the unit lists one of the categories."""
    codes = [f"{category}{level}" for category in categories for level in Level]
    files = DisabilityFile.objects.filter(
        resident=OuterRef("resident"),
        unit=OuterRef("unit"),
        deleted_at__isnull=True,
        components__overlap=codes,
    )
    return Q(Exists(files))


def targets(period) -> Q:
    """Of files: those of holders on the last day, and of others who ever raised a need."""
    mine = {"resident": OuterRef("resident"), "deleted_at__isnull": True}
    held = Certificate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=period.end),
        occurred_on__lte=period.end,
        **mine,
    )
    needs = Need.objects.filter(occurred_on__lte=period.end, **mine)
    return Q(Exists(held)) | Q(Exists(needs))


def served_targets(period) -> Q:
    services = RehabService.objects.filter(
        resident=OuterRef("resident"),
        occurred_on__range=(period.start, period.end),
        deleted_at__isnull=True,
    )
    return targets(period) & Q(Exists(services))


def kinds_of(*kinds) -> dict:
    return {"model": RehabService, "where": Q(kind__in=kinds)}


register(
    flow(
        "rehab_services",
        "康复服务人次",
        "人次",
        "服务日期在期内的康复服务记录条数，集体服务每人算一次。",
        ("康复服务", "服务"),
        model=RehabService,
        categories=CATEGORIES,
    ),
    flow(
        "rehab_service_persons",
        "康复服务人数",
        "人",
        "期内得到康复服务的居民，一人多次只算一人。",
        ("康复服务",),
        model=RehabService,
        value=Distinct("resident"),
        categories=CATEGORIES,
    ),
    flow(
        "rehab_minutes",
        "康复服务时长",
        "分钟",
        "服务日期在期内的康复服务所登记的分钟数之和，没有填的不计。",
        model=RehabService,
        value=Total("minutes"),
        categories=CATEGORIES,
    ),
    flow(
        "rehab_services_home",
        "上门康复服务",
        "人次",
        "服务日期在期内、方式为入户的康复服务记录条数。",
        ("上门",),
        model=RehabService,
        where=Q(mode=ServiceMode.HOME),
    ),
    flow(
        "rehab_services_home_persons",
        "上门康复服务人数",
        "人",
        "期内得到入户康复服务的居民，一人多次只算一人。",
        model=RehabService,
        where=Q(mode=ServiceMode.HOME),
        value=Distinct("resident"),
    ),
    flow(
        "group_sessions",
        "集体康复服务",
        "场",
        "日期在期内的集体服务场数。",
        ("集体服务",),
        model=RehabSession,
        categories={"kind": CATEGORIES["kind"]},
    ),
    flow(
        "group_session_services",
        "集体康复服务人次",
        "人次",
        "服务日期在期内、属于某次集体服务的康复服务记录条数。",
        model=RehabService,
        where=Q(session__isnull=False),
    ),
    flow(
        "agreement_services",
        "签约康复服务",
        "人次",
        "服务日期在期内、按签约提供的康复服务记录条数，约定以外的项目也算。",
        ("签约服务",),
        model=RehabService,
        where=Q(agreement__isnull=False),
        categories=CATEGORIES,
    ),
    flow(
        "rehab_beyond_agreement",
        "约定以外的服务",
        "人次",
        "服务日期在期内、签约机构提供而项目不在约定之列的康复服务记录条数。",
        ("约定以外", "约定外"),
        model=RehabService,
        where=BEYOND,
        categories=CATEGORIES,
    ),
    stock(
        "rehab_targets",
        "康复服务对象",
        "人",
        "期末在册残疾人中持证的，以及无证而提出过康复需求的，去重。",
        ("康复对象",),
        model=DisabilityFile,
        where=targets,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
    ),
    stock(
        "rehab_served",
        "得到服务的康复对象",
        "人",
        "期末的康复服务对象中，期内得到过康复服务的，去重。",
        model=DisabilityFile,
        where=served_targets,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
    ),
    ratio(
        "rehab_coverage",
        "康复服务覆盖率",
        "得到服务的康复对象 ÷ 康复服务对象。",
        ("服务覆盖率",),
        of="rehab_served",
        among="rehab_targets",
    ),
    flow(
        "services_paraplegia",
        "截瘫康复服务",
        "人次",
        "服务日期在期内、按截瘫类康复方案提供的康复服务记录条数。",
        ("截瘫",),
        model=RehabService,
        where=Q(plan__group=PlanGroup.PARAPLEGIA),
        categories=CATEGORIES,
    ),
    *(
        flow(
            f"services_{name}",
            label,
            "人次",
            f"服务日期在期内、服务对象的残疾人档案中有"
            f"{'或'.join(category.label for category in categories)}残疾的康复服务记录条数。",
            model=RehabService,
            where=of_categories(categories),
            categories=CATEGORIES,
        )
        for name, (label, categories) in GROUPS.items()
    ),
    flow(
        "services_nursing",
        "心理疏导和护理指导",
        "人次",
        "服务日期在期内、项目为心理疏导、康复知识讲解或护理指导的康复服务记录条数。",
        ("心理疏导", "护理指导"),
        **kinds_of(ServiceKind.COUNSELLING, ServiceKind.KNOWLEDGE, ServiceKind.NURSING),
    ),
    flow(
        "services_orientation",
        "定向行走和生活训练",
        "人次",
        "服务日期在期内、项目为定向行走训练或生活能力训练的康复服务记录条数。",
        ("定向行走", "生活训练"),
        **kinds_of(ServiceKind.ORIENTATION, ServiceKind.DAILY_LIVING),
    ),
    flow(
        "services_function",
        "功能训练和康复治疗",
        "人次",
        "服务日期在期内、项目为功能训练或康复治疗的康复服务记录条数。",
        ("功能训练", "理疗"),
        **kinds_of(ServiceKind.FUNCTION, ServiceKind.THERAPY),
    ),
    *(
        flow(
            f"services_of_{kind}",
            f"{'其他康复' if kind is ServiceKind.OTHER else kind.label}服务人次",
            "人次",
            f"服务日期在期内、项目为“{kind.label}”的康复服务记录条数。",
            (kind.label,) if kind is not ServiceKind.OTHER else (),
            **kinds_of(kind),
        )
        for kind in ServiceKind
    ),
)
