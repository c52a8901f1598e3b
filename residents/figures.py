"""指标 of the register and of the shared facts, over all departments' work."""

from django.db.models import Exists, OuterRef, Q

from portal.figures import (
    Amount,
    Category,
    DaysWithin,
    Distinct,
    Flow,
    Stock,
    Total,
    When,
    register,
)
from portal.roles import DOMAINS
from portal.tiles import tiles
from residents import request_figures, service_figures  # noqa: F401  declare their own
from residents.enums import (
    ActivityKind,
    ApplicationKind,
    ApplicationState,
    AssistanceKind,
    Attendee,
    ConsentKind,
    ConsentManner,
    DwellingUse,
    HouseholdKind,
    VisitMode,
    VisitPurpose,
)
from residents.models import (
    Activity,
    Application,
    Assistance,
    Building,
    CareTag,
    Consent,
    Dwelling,
    Handout,
    Membership,
    Participation,
    ResidencySpell,
    Visit,
)
from residents.population import PEOPLE

DOMAIN = Category("工作", "domains", DOMAINS, array=True)
MODE = Category("方式", "mode", dict(VisitMode.choices))
PURPOSE = Category("目的", "purposes", dict(VisitPurpose.choices), array=True)
ACTIVITY_KIND = Category("类型", "kind", dict(ActivityKind.choices))
ASSISTANCE_KIND = Category("类别", "kind", dict(AssistanceKind.choices))
APPLICATION_KIND = Category("事项", "kind", dict(ApplicationKind.choices))
DWELLING_USE = Category("用途", "use", dict(DwellingUse.choices))
ATTENDEE = Category("参加者", "attendee", dict(Attendee.choices))


def approved_by_end(period) -> Q:
    """A result counts from the day of the decision, so that a past period keeps its numbers."""
    return Q(state=ApplicationState.APPROVED, decided_on__lte=period.end)


def pending_at_end(period) -> Q:
    return Q(decided_on__isnull=True) | Q(decided_on__gt=period.end)


def nobody_lives_there(period) -> Q:
    living = Membership.objects.kept().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=period.end),
        household__dwelling=OuterRef("pk"),
        living=True,
        starts_on__lte=period.end,
    )
    return ~Q(Exists(living)) & ~Q(use=DwellingUse.BUSINESS)


register(
    Stock(
        "residents.registered",
        "在册居民",
        "residents",
        "人",
        "期末那一天在本单位在册的居民，按在册时段的起止日期计算，去重。",
        keywords=("在册居民", "居民"),
        model=ResidencySpell,
        value=Distinct("resident"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories=PEOPLE,
    ),
    Stock(
        "residents.person_days",
        "在册人天",
        "residents",
        "人天",
        "期内每一天在册居民人数之和，按在册时段的起止日期计算；时段还没有结束的，算到今天。",
        keywords=("在册人天",),
        model=ResidencySpell,
        value=DaysWithin("starts_on", until="ends_on"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        when=When.DURING,
    ),
    Stock(
        "residents.households",
        "在册户数",
        "residents",
        "户",
        "期末那一天有成员的户，按户成员的入户、离户日期计算，去重。",
        keywords=("户",),
        model=Membership,
        value=Distinct("household"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories={
            "kind": Category("户类型", "household__kind", dict(HouseholdKind.choices)),
        },
    ),
    Stock(
        "residents.buildings",
        "楼栋数",
        "residents",
        "栋",
        "期末那一天已建成、未拆除的楼栋；没有填写日期的也算。",
        model=Building,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    Stock(
        "residents.dwellings",
        "房屋套数",
        "residents",
        "套",
        "期末那一天已启用、未停用的房屋；没有填写日期的也算。",
        model=Dwelling,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories={"use": DWELLING_USE},
    ),
    Stock(
        "residents.dwellings_occupied",
        "有人居住的房屋",
        "residents",
        "套",
        "期末那一天有人居住的房屋，按户成员的入户、离户日期计算；几户合住一套的只算一套。",
        model=Membership,
        where=Q(living=True, household__dwelling__isnull=False),
        value=Distinct("household__dwelling"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    Stock(
        "residents.dwellings_vacant",
        "无人居住的房屋",
        "residents",
        "套",
        "期末那一天在用、却没有人居住的房屋，用途登记为经营的除外。",
        model=Dwelling,
        where=nobody_lives_there,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories={"use": DWELLING_USE},
    ),
    Stock(
        "residents.dwellings_rented",
        "出租房屋",
        "residents",
        "套",
        "期末那一天在用、用途登记为出租的房屋。",
        model=Dwelling,
        where=Q(use=DwellingUse.RENTED),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    Stock(
        "residents.cared_for",
        "关爱对象",
        "residents",
        "人",
        "期末那一天仍在认定期内的关爱对象，一人几类只算一人。",
        model=CareTag,
        value=Distinct("resident"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    Flow(
        "visits.person_times",
        "走访人次",
        "residents",
        "人次",
        "走访日期在期内的走访记录条数，各种方式都算。",
        model=Visit,
        categories={"mode": MODE, "purposes": PURPOSE, "domains": DOMAIN},
    ),
    Flow(
        "visits.home",
        "入户走访",
        "residents",
        "人次",
        "走访日期在期内、方式为入户的走访记录条数。",
        model=Visit,
        where=Q(mode=VisitMode.HOME),
        categories={"purposes": PURPOSE, "domains": DOMAIN},
    ),
    Flow(
        "visits.phone",
        "电话走访",
        "residents",
        "人次",
        "走访日期在期内、方式为电话的走访记录条数。",
        model=Visit,
        where=Q(mode=VisitMode.PHONE),
        categories={"purposes": PURPOSE, "domains": DOMAIN},
    ),
    Flow(
        "visits.persons",
        "走访人数",
        "residents",
        "人",
        "期内走访到的居民，一人多次只算一人。",
        model=Visit,
        value=Distinct("resident"),
        categories={"mode": MODE, "purposes": PURPOSE, "domains": DOMAIN},
    ),
    Flow(
        "activities.times",
        "开展活动",
        "residents",
        "次",
        "开始日期在期内的活动次数；持续几天的算一次。",
        model=Activity,
        categories={"kind": ACTIVITY_KIND, "domains": DOMAIN},
    ),
    Flow(
        "activities.participants",
        "活动参加人次",
        "residents",
        "人次",
        "开始日期在期内的活动所登记的参加人次之和。",
        model=Activity,
        value=Total("participants"),
        categories={"kind": ACTIVITY_KIND, "domains": DOMAIN},
    ),
    Flow(
        "activities.consultations",
        "活动咨询人次",
        "residents",
        "人次",
        "开始日期在期内的活动所登记的现场咨询人次之和。",
        model=Activity,
        value=Total("consultations"),
        categories={"kind": ACTIVITY_KIND, "domains": DOMAIN},
    ),
    Flow(
        "activities.attendance",
        "居民参加活动",
        "residents",
        "人次",
        "日期在期内的参加活动记录条数，本人和家属都算。",
        model=Participation,
        categories={"attendee": ATTENDEE},
    ),
    Flow(
        "activities.attending_persons",
        "参加活动居民",
        "residents",
        "人",
        "期内参加活动的居民，一人多次只算一人；家属参加的算其所代表的居民。",
        model=Participation,
        value=Distinct("resident"),
        categories={"attendee": ATTENDEE},
    ),
    Flow(
        "handouts.quantity",
        "发放宣传品",
        "residents",
        "份",
        "发放日期在期内、以份计的宣传品数量之和。",
        model=Handout,
        where=Q(measure="份"),
        value=Total("quantity"),
        categories={"domains": DOMAIN},
    ),
    Flow(
        "assistance.person_times",
        "慰问救助人次",
        "residents",
        "人次",
        "日期在期内的慰问、捐赠、救助记录条数。",
        model=Assistance,
        categories={"kind": ASSISTANCE_KIND, "domains": DOMAIN},
    ),
    Flow(
        "assistance.persons",
        "慰问救助人数",
        "residents",
        "人",
        "期内受到慰问、捐赠、救助的居民，一人多次只算一人。",
        model=Assistance,
        value=Distinct("resident"),
        categories={"kind": ASSISTANCE_KIND, "domains": DOMAIN},
    ),
    Flow(
        "assistance.amount",
        "慰问救助金额",
        "residents",
        "元",
        "日期在期内的慰问、捐赠、救助所登记的金额之和；未填金额的不计。",
        model=Assistance,
        value=Amount("amount"),
        categories={"kind": ASSISTANCE_KIND, "domains": DOMAIN},
    ),
    Flow(
        "applications.received",
        "受理申请",
        "residents",
        "件",
        "申请日期在期内的申请件数。",
        model=Application,
        categories={"kind": APPLICATION_KIND, "domains": DOMAIN},
    ),
    Flow(
        "applications.approved",
        "批准申请",
        "residents",
        "件",
        "申请日期在期内、截至期末已获批准的申请件数。",
        model=Application,
        where=approved_by_end,
        categories={"kind": APPLICATION_KIND, "domains": DOMAIN},
    ),
    Flow(
        "applications.amount",
        "申请批准金额",
        "residents",
        "元",
        "申请日期在期内、截至期末已获批准的申请所登记的批准金额之和；未填金额的不计。",
        model=Application,
        where=approved_by_end,
        value=Amount("amount"),
        categories={"kind": APPLICATION_KIND, "domains": DOMAIN},
    ),
    Flow(
        "applications.pending",
        "在办申请",
        "residents",
        "件",
        "申请日期在期内、截至期末尚无结果的申请件数。",
        model=Application,
        where=pending_at_end,
        categories={"kind": APPLICATION_KIND, "domains": DOMAIN},
    ),
)

CONSENT_KIND = Category("类别", "kind", dict(ConsentKind.choices))
CONSENT_MANNER = Category("方式", "manner", dict(ConsentManner.choices))

register(
    Flow(
        "consents.given",
        "告知与同意件数",
        "residents",
        "件",
        "日期在期内的告知、同意和单独同意的件数，后来撤回的也算。",
        model=Consent,
        categories={"kind": CONSENT_KIND, "manner": CONSENT_MANNER},
    ),
    Flow(
        "consents.withdrawn",
        "撤回同意",
        "residents",
        "件",
        "撤回日期在期内的同意件数。",
        model=Consent,
        date="withdrawn_on",
        categories={"kind": CONSENT_KIND, "manner": CONSENT_MANNER},
    ),
)

tiles.add("residents.registered", "residents.households")
