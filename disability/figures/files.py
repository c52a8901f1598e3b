"""指标 of files and certificates, each with its 口径."""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from disability.enums import ADULT, NEEDS_GUARDIAN, CertificateStatus, Level
from disability.enums import Category as DisabilityCategory
from disability.figures.base import flow, ratio, stock
from disability.models import Certificate, CertificateFreeze, DisabilityFile
from disability.selectors.places import GridOfResident
from disability.selectors.poverty import POVERTY_CATEGORY
from portal.figures import Category, Distinct, Stock, register
from portal.figures.categories import DerivedCategory
from residents.models import ResidencySpell

CATEGORY = Category("残疾类别", "category", dict(DisabilityCategory.choices))
LEVEL = Category("残疾等级", "level", dict(Level.choices))
GRID = GridOfResident()


def _state(period):
    """How a certificate in force on the period's last day stands: frozen, run out or valid."""
    frozen = CertificateFreeze.objects.kept().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=period.end),
        certificate=OuterRef("pk"),
        starts_on__lte=period.end,
    )
    return Case(
        When(Exists(frozen), then=Value("frozen")),
        When(expires_on__lt=period.end, then=Value("run_out")),
        default=Value("valid"),
    )


STATES = {"valid": "有效", "run_out": "到期未换", "frozen": "冻结"}
STATE = DerivedCategory("证件状态", "_state", STATES, expression=_state)
HELD = {"category": CATEGORY, "level": LEVEL, "status": STATE, "grid": GRID}
WARD = Q(
    components__overlap=[f"{kind}{level}" for kind in sorted(NEEDS_GUARDIAN) for level in Level]
)


def minor(period) -> Q:
    return Q(resident__born_on__gt=years_before(period.end, ADULT))


def ward_without_guardian(period) -> Q:
    return (WARD | minor(period)) & Q(guardian_name="")


def runs_out(period) -> Q:
    """Those that run out within twelve months of the period's end, or already have."""
    return Q(expires_on__lte=years_before(period.end, -1))


def years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def _here(period, model, starts, ends):
    """Rows of the model in force at the period's end, of the resident in the same unit."""
    return Exists(
        model.objects.kept().filter(
            Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": period.end}),
            resident=OuterRef("resident"),
            unit=OuterRef("unit"),
            **{f"{starts}__lte": period.end},
        )
    )


def has_file(period) -> Q:
    return Q(_here(period, DisabilityFile, "opened_on", "closed_on"))


def is_known(period) -> Q:
    return has_file(period) | Q(_here(period, Certificate, "counts_from", "ended_on"))


def residents_who(code, label, definition, where, keywords=()) -> Stock:
    """Residents on the register on the last day."""
    return stock(
        code,
        label,
        "人",
        definition,
        keywords,
        model=ResidencySpell,
        where=where,
        value=Distinct("resident"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    )


def filed(code, label, definition, where, keywords=(), **more) -> Stock:
    """Persons with a file in force on the last day."""
    return stock(
        code,
        label,
        "人",
        definition,
        keywords,
        model=DisabilityFile,
        where=where,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
        **more,
    )


register(
    stock(
        "registered",
        "在册残疾人",
        "人",
        "期末那一天已建档、未销档的残疾人，去重。",
        keywords=("在册残疾人", "建档残疾人"),
        model=DisabilityFile,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
        categories={"poverty": POVERTY_CATEGORY, "grid": GRID},
    ),
    stock(
        "holders",
        "持证残疾人",
        "人",
        "期末那一天持有残疾人证的人：发证（迁入的为迁入）日期不晚于期末，且期末尚未注销、迁出或被换发；"
        "到期未换和冻结的仍计在内，去重。",
        version=2,
        keywords=("持证", "残疾人证"),
        model=Certificate,
        value=Distinct("resident"),
        starts="counts_from",
        ends="ended_on",
        categories=HELD,
    ),
    stock(
        "severe_holders",
        "持证重度残疾人",
        "人",
        "持证残疾人中残疾等级为一级、二级的，去重。",
        version=2,
        keywords=("重度",),
        model=Certificate,
        where=Q(level__in=["1", "2"]),
        value=Distinct("resident"),
        starts="counts_from",
        ends="ended_on",
        categories=HELD,
    ),
    filed(
        "minors",
        "未成年残疾人",
        "期末那一天已建档、未销档的残疾人中不满18周岁的，去重。",
        minor,
        ("未成年残疾人", "残疾儿童"),
    ),
    filed(
        "guardian_missing",
        "缺少监护人的残疾人",
        "期末那一天已建档、未销档的未成年人和智力、精神残疾人中，档案没有写监护人的，去重。",
        ward_without_guardian,
    ),
    filed(
        "health_record_linked",
        "记入家庭健康档案的残疾人",
        "期末那一天已建档、未销档的残疾人中，档案写有家庭健康档案号的，去重。",
        ~Q(health_record=""),
        ("健康档案",),
    ),
    ratio(
        "health_record_rate",
        "家庭健康档案记入率",
        "记入家庭健康档案的残疾人 ÷ 期末在册残疾人。",
        ("健康档案记入率",),
        of="health_record_linked",
        among="registered",
    ),
    residents_who(
        "known",
        "已知残疾人",
        "期末那一天在册的居民中，在本单位有残疾人档案或持有残疾人证的，去重。",
        is_known,
        ("残疾人总数",),
    ),
    residents_who(
        "known_with_file",
        "已建档的已知残疾人",
        "期末那一天在册的居民中，在本单位已建残疾人档案、未销档的，去重。",
        has_file,
    ),
    ratio(
        "files_rate",
        "残疾人建档率",
        "已建档的已知残疾人 ÷ 已知残疾人（有档案或持证的在册居民）。",
        ("建档率",),
        of="known_with_file",
        among="known",
    ),
    stock(
        "expiring",
        "12个月内到期的残疾人证",
        "本",
        "期末在用的残疾人证中，有效期至期末以后12个月内为止的和已经到期未换的本数。",
        ("到期",),
        model=Certificate,
        where=runs_out,
        starts="counts_from",
        ends="ended_on",
        categories=HELD,
    ),
    flow(
        "certificates_issued",
        "发放残疾人证",
        "本",
        "发证日期在期内的残疾人证本数，新办、换领、补办、变更的都算，迁入的不算。",
        ("发证", "发放残疾人证"),
        model=Certificate,
        where=Q(moved_in_on__isnull=True),
        categories={"category": CATEGORY, "level": LEVEL},
    ),
    flow(
        "certificates_cancelled",
        "注销残疾人证",
        "本",
        "失效日期在期内、状态为注销的残疾人证本数。",
        ("注销",),
        model=Certificate,
        where=Q(status=CertificateStatus.CANCELLED),
        date="ended_on",
        categories={"category": CATEGORY, "level": LEVEL},
    ),
    flow(
        "certificates_moved_out",
        "迁出残疾人证",
        "本",
        "失效日期在期内、状态为迁出的残疾人证本数。",
        ("迁出",),
        model=Certificate,
        where=Q(status=CertificateStatus.MOVED),
        date="ended_on",
    ),
    flow(
        "certificates_moved_in",
        "迁入残疾人证",
        "本",
        "迁入日期在期内的残疾人证本数。",
        ("迁入",),
        model=Certificate,
        date="moved_in_on",
    ),
)
