"""What is wrong, undone or missing in the register and in the shared facts of residents' work."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import Family, kept
from portal.text import clean_text, parse_phone
from residents.enums import ApplicationState, Relation, Residency, SpellEnd
from residents.id_numbers import IdFault
from residents.models import (
    Activity,
    Application,
    Assistance,
    CareTag,
    DuplicatePair,
    Household,
    Membership,
    ResidencySpell,
    Resident,
    Visit,
)

OURS = Q(domains__contains=["residents"])
CROWD, SHARED_PHONE = 20, 5
DESCENDANTS = (Relation.SON, Relation.DAUGHTER, Relation.GRANDCHILD)
ANCESTORS = (Relation.FATHER, Relation.MOTHER, Relation.GRANDPARENT)
YOUNGEST_PARENT = 12  # years between a head and a child of theirs
ELDER, GROWN, OLDEST = 60, 18, 120
ODD_NAME = r"[0-9０-９?？!！*＊#□■（）()【】/\\某]|^.$"
TOO_LONG = 30  # days


def today():
    return timezone.localdate()


def born_before(years: int):
    """The latest birthday of somebody who is at least so old today."""
    day = today()
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year - years)


def open_today(prefix="") -> Q:
    day = today()
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def members(**which):
    return Membership.objects.kept().filter(open_today(), **which)


def registered(units):
    """Residents who belong to a unit today."""
    spells = ResidencySpell.objects.kept().filter(open_today(), resident=OuterRef("pk"))
    return kept(Resident, units).filter(Exists(spells))


# --- households -----------------------------------------------------------------------------------
def no_head(units):
    of = members(household=OuterRef("pk"))
    return kept(Household, units).filter(Exists(of), ~Exists(of.filter(relation=Relation.HEAD)))


def _homes_with(units, relation: Q, more_than: int):
    homes = members().filter(relation, household__unit__in=units).values("household")
    many = homes.annotate(n=Count("pk")).filter(n__gt=more_than).order_by()
    return kept(Household, units).filter(pk__in=many.values("household"))


def two_heads(units):
    return _homes_with(units, Q(relation=Relation.HEAD), 1)


def crowded(units):
    return _homes_with(units, Q(), CROWD)


def empty(units):
    return kept(Household, units).filter(~Exists(members(household=OuterRef("pk"))))


def impossible_age(units):
    """A child (about) as old as the head, a parent younger."""
    head = members(household=OuterRef("household"), relation=Relation.HEAD)
    child = head.filter(
        resident__born_on__gt=OuterRef("resident__born_on") - timedelta(days=365 * YOUNGEST_PARENT)
    )
    parent = head.filter(resident__born_on__lte=OuterRef("resident__born_on"))
    return members(unit__in=units).filter(
        Q(Exists(child), relation__in=DESCENDANTS) | Q(Exists(parent), relation__in=ANCESTORS)
    )


def other_address(units):
    return (
        members(unit__in=units, living=True)
        .exclude(resident__address="")
        .exclude(resident__address=F("household__address"))
    )


def children_alone(units):
    grown = members(household=OuterRef("household"), resident__born_on__lte=born_before(GROWN))
    return members(unit__in=units, resident__born_on__gt=born_before(GROWN)).filter(~Exists(grown))


# --- people ---------------------------------------------------------------------------------------
def shared_phone(units):
    numbers = kept(Resident, units).filter(phone_hash__isnull=False).values("phone_hash")
    many = numbers.annotate(n=Count("pk")).filter(n__gt=SHARED_PHONE).order_by()
    return kept(Resident, units).filter(phone_hash__in=many.values("phone_hash"))


def living_apart_without_address(units):
    apart = (Residency.AWAY, Residency.LODGING)
    return (
        registered(units)
        .filter(residency__in=apart)
        .filter(Q(address="") | Q(residency=Residency.LODGING, registered_address=""))
    )


def no_household(units):
    return registered(units).filter(~Exists(members(resident=OuterRef("pk"))))


def no_spell(units):
    spells = ResidencySpell.objects.kept().filter(resident=OuterRef("pk"))
    return kept(Resident, units).filter(~Exists(spells), died_on__isnull=True)


def too_old(units):
    return registered(units).filter(born_on__lt=born_before(OLDEST), died_on__isnull=True)


# --- the dead -------------------------------------------------------------------------------------
def of_the_dead(model, units, still: Q):
    return kept(model, units).filter(still, resident__died_on__isnull=False)


def goes_on() -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=F("resident__died_on"))


def visits_of_the_dead(units):
    return of_the_dead(Visit, units, Q(occurred_on__gt=F("resident__died_on")) & OURS)


# --- what was done --------------------------------------------------------------------------------
def long_pending(units):
    before = today() - timedelta(days=TOO_LONG)
    pending = Q(state=ApplicationState.PENDING, occurred_on__lt=before)
    return kept(Application, units).filter(OURS, pending)


def too_young(units):
    elders = ("lonely_elder", "living_alone_elder", "left_behind_elder")
    tags = kept(CareTag, units).filter(open_today(), kind__code__in=elders)
    return tags.filter(resident__born_on__gt=born_before(ELDER))


def future(model):
    return lambda units: kept(model, units).filter(OURS, occurred_on__gt=today())


def waiting_pairs(units):
    return DuplicatePair.objects.waiting().filter(unit__in=units)


def faulty(fault):
    return lambda units: kept(Resident, units).filter(id_faults__contains=[fault])


rule = Family("residents").rule
HIGH, MIDDLE = Severity.HIGH, Severity.MIDDLE

register(
    rule("no_head", "户内有人但没有户主", "户数按户主统计，会漏户。", "households", no_head, HIGH),
    rule("two_heads", "一户有两个户主", "一户会被数成两户。", "households", two_heads, HIGH),
    rule("empty_household", "空户（没有成员）", "户数虚增；人已迁走的请删除该户。", "households", empty, MIDDLE),
    rule("crowded", f"一户超过 {CROWD} 人", "多半是几户登成了一户，或应为集体户。", "households", crowded, MIDDLE),
    rule(
        "household_no_grid", "户没有网格", "按网格走访和统计时会漏掉。", "households",
        lambda units: kept(Household, units).filter(grid__isnull=True), field="grid",
    ),
    rule(
        "impossible_age", "与户主关系和年龄矛盾", "子女比户主大、父母比户主小，关系或出生日期有误。",
        "memberships", impossible_age, HIGH,
    ),
    rule(
        "other_address", "现居住地址与所住户的地址不同", "人户分离的数字会不准。",
        "memberships", other_address,
    ),
    rule(
        "children_alone", "户内只有未成年人", "监护人没有登记，或属于困境儿童，应尽快走访。",
        "memberships", children_alone, MIDDLE,
    ),
    rule("id_check", "证件号码不合规则", "号码有误，与上级系统对不上。", "residents", faulty(IdFault.CHECK), HIGH),
    rule("id_sex", "性别与证件号码不一致", "分性别的数字会错。", "residents", faulty(IdFault.SEX), HIGH),
    rule("id_birth", "出生日期与证件号码不一致", "分年龄的数字会错。", "residents", faulty(IdFault.BIRTH), HIGH),
    rule(
        "no_id", "没有证件号码", "与上级系统对不上，也难以发现重复。", "residents",
        lambda units: registered(units).filter(id_hash__isnull=True),
    ),
    rule(
        "no_birth", "没有出生日期", "分年龄的数字会漏。", "residents",
        lambda units: kept(Resident, units).filter(born_on__isnull=True), MIDDLE, field="born_on",
    ),
    rule(
        "odd_name", "姓名中有数字、括号等符号或只有一个字", "打印和导出的名册会错。", "residents",
        lambda units: kept(Resident, units).filter(name__regex=ODD_NAME), MIDDLE,
    ),
    rule(
        "no_phone", "成年人没有联系电话", "有事联系不上。", "residents",
        lambda units: registered(units).filter(
            phone_hash__isnull=True, born_on__lte=born_before(GROWN)
        ),
        field="phone", parse=parse_phone,
    ),
    rule(
        "shared_phone", f"同一电话超过 {SHARED_PHONE} 人使用", "多半填的是物业或社区的电话。",
        "residents", shared_phone,
    ),
    rule(
        "no_address", "没有现居住地址", "走访找不到人。", "residents",
        lambda units: registered(units).filter(address=""), field="address", parse=clean_text,
    ),
    rule(
        "apart_no_address", "人户分离没有填全两处地址", "人在户不在的要有户籍地址，户在人不在的要有现居住地址。",
        "residents", living_apart_without_address, MIDDLE,
    ),
    rule(
        "no_grid", "在册居民没有网格", "按网格统计时会漏掉。", "residents",
        lambda units: registered(units).filter(grid__isnull=True), field="grid",
    ),
    rule("no_household", "在册居民不属于任何一户", "人数和户数对不上。", "residents", no_household, MIDDLE),
    rule("no_spell", "没有在册时段", "不计入任何时候的人口。", "residents", no_spell, HIGH),
    rule("too_old", f"在册且超过 {OLDEST} 岁", "多半已去世未登记，或出生日期有误。", "residents", too_old, MIDDLE),
    rule(
        "unclear_end", "离册原因为“其他”", "迁出和死亡的数字会漏。", "residency-spells",
        lambda units: kept(ResidencySpell, units).filter(ended_by=SpellEnd.OTHER),
        field="ended_by",
    ),
    rule(
        "dead_tag", "去世后关爱认定没有终止", "可能仍在领取待遇。", "care-tags",
        lambda units: of_the_dead(CareTag, units, goes_on()), HIGH, field="ends_on",
    ),
    rule(
        "dead_member", "去世后仍是户成员", "户内人数会多。", "memberships",
        lambda units: of_the_dead(Membership, units, goes_on()), HIGH,
    ),
    rule("dead_visit", "走访日期在去世之后", "走访的日期或对象有误。", "visits", visits_of_the_dead, HIGH),
    rule(
        "young_elder", f"老年人认定但不满 {ELDER} 岁", "认定类别或出生日期有误。", "care-tags",
        too_young, MIDDLE,
    ),
    rule(
        "duplicates", "疑似重复待核对", "同一个人会被数成两人。", "residents", waiting_pairs, MIDDLE,
        page="duplicate-list",
    ),
    rule(
        "visit_purpose", "走访没有目的", "按目的统计时会漏掉。", "visits",
        lambda units: kept(Visit, units).filter(OURS, purposes=[]),
    ),
    rule(
        "visit_content", "走访没有情况记录", "只有次数，没有内容。", "visits",
        lambda units: kept(Visit, units).filter(OURS, content=""),
        field="content", parse=lambda text: clean_text(text, multiline=True),
    ),
    rule("visit_future", "走访日期在今天之后", "日期有误。", "visits", future(Visit), HIGH, field="occurred_on"),
    rule(
        "assistance_amount", "慰问救助没有金额", "金额合计会少；没有慰问金的填 0。", "assistance",
        lambda units: kept(Assistance, units).filter(OURS, amount__isnull=True), field="amount",
    ),
    rule(
        "activity_participants", "活动没有参加人次", "参加人次的合计会少。", "activities",
        lambda units: kept(Activity, units).filter(OURS, participants__isnull=True),
        field="participants",
    ),
    rule("long_pending", f"申请办理中超过 {TOO_LONG} 天", "居民在等结果。", "applications", long_pending, MIDDLE),
)  # fmt: skip
