"""指标 of disability work (domain §7 S1), each with its 口径."""

from django.db.models import Exists, OuterRef, Q

from disability.enums import Category as DisabilityCategory
from disability.enums import Level
from disability.models import Certificate, DisabilityFile
from portal.figures import Amount, Category, Distinct, Flow, Ratio, Stock, Total, register
from portal.tiles import tiles
from residents.enums import (
    ActivityKind,
    ApplicationKind,
    ApplicationState,
    Attendee,
    VisitMode,
)
from residents.models import Activity, Application, Assistance, Handout, Participation, Visit

OURS = Q(domains__contains=["disability"])
INSURANCE = OURS & Q(kind=ApplicationKind.MEDICAL_INSURANCE)
TRAINING = Q(activity__kind=ActivityKind.TRAINING, activity__domains__contains=["disability"])


def with_file(period) -> Q:
    """Ours, about somebody whose file in the unit is in force at the period's end: a share of the
    registered can then never be more than all of them."""
    files = DisabilityFile.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=period.end),
        resident=OuterRef("resident"),
        unit=OuterRef("unit"),
        opened_on__lte=period.end,
        deleted_at__isnull=True,
    )
    return OURS & Q(Exists(files))


def insurance_approved_by_end(period) -> Q:
    return INSURANCE & Q(state=ApplicationState.APPROVED, decided_on__lte=period.end)


def insurance_pending_at_end(period) -> Q:
    return INSURANCE & (Q(decided_on__isnull=True) | Q(decided_on__gt=period.end))


CATEGORY = Category("残疾类别", "category", dict(DisabilityCategory.choices))
LEVEL = Category("残疾等级", "level", dict(Level.choices))
MODE = Category("方式", "mode", dict(VisitMode.choices))


def flow(code, label, measure, definition, keywords=(), **options):
    return Flow(f"disability.{code}", label, "disability", measure, definition, keywords, **options)


register(
    Stock(
        "disability.registered",
        "在册残疾人",
        "disability",
        "人",
        "期末那一天已建档、未销档的残疾人，去重。",
        keywords=("在册残疾人", "建档残疾人"),
        model=DisabilityFile,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
    ),
    Stock(
        "disability.holders",
        "持证残疾人",
        "disability",
        "人",
        "期末那一天持有残疾人证的人：发证日期不晚于期末，且期末尚未注销、迁出或被换发；"
        "到期未换和冻结的仍计在内，去重。",
        keywords=("持证", "残疾人证"),
        model=Certificate,
        value=Distinct("resident"),
        starts="occurred_on",
        ends="ended_on",
        categories={"category": CATEGORY, "level": LEVEL},
    ),
    Stock(
        "disability.severe_holders",
        "持证重度残疾人",
        "disability",
        "人",
        "持证残疾人中残疾等级为一级、二级的，去重。",
        keywords=("重度",),
        model=Certificate,
        where=Q(level__in=["1", "2"]),
        value=Distinct("resident"),
        starts="occurred_on",
        ends="ended_on",
        categories={"category": CATEGORY, "level": LEVEL},
    ),
    flow(
        "visits",
        "残疾人走访人次",
        "人次",
        "走访日期在期内、计入残疾人工作的走访记录条数，各种方式都算。",
        ("走访", "联系服务", "合计", "共"),
        model=Visit,
        where=OURS,
        categories={"mode": MODE},
    ),
    flow(
        "visits_home",
        "残疾人入户走访",
        "人次",
        "走访日期在期内、计入残疾人工作、方式为入户的走访记录条数。",
        ("入户",),
        model=Visit,
        where=OURS & Q(mode=VisitMode.HOME),
    ),
    flow(
        "visits_phone",
        "残疾人电话询访",
        "人次",
        "走访日期在期内、计入残疾人工作、方式为电话的走访记录条数。",
        ("电话",),
        model=Visit,
        where=OURS & Q(mode=VisitMode.PHONE),
    ),
    flow(
        "visits_other",
        "残疾人来访和网上联系",
        "人次",
        "走访日期在期内、计入残疾人工作、方式为来访或网上的走访记录条数。",
        ("来访", "网上"),
        model=Visit,
        where=OURS & Q(mode__in=[VisitMode.OFFICE, VisitMode.ONLINE]),
    ),
    flow(
        "visited_persons",
        "走访残疾人数",
        "人",
        "期内走访到的居民（计入残疾人工作），一人多次只算一人。",
        ("走访到", "涉及"),
        model=Visit,
        where=OURS,
        value=Distinct("resident"),
    ),
    flow(
        "visited_registered",
        "走访在册残疾人数",
        "人",
        "期内走访到的、期末在本单位仍建档在册的残疾人，一人多次只算一人。",
        model=Visit,
        where=with_file,
        value=Distinct("resident"),
    ),
    Ratio(
        "disability.visit_coverage",
        "走访覆盖率",
        "disability",
        "%",
        "走访在册残疾人数 ÷ 期末在册残疾人。",
        keywords=("走访覆盖", "覆盖率"),
        numerator="disability.visited_registered",
        denominator="disability.registered",
    ),
    flow(
        "insurance",
        "医保资助申请",
        "人",
        "申请日期在期内、为残疾人办理的医保资助参保申请人，去重。",
        ("医保", "医疗保险"),
        model=Application,
        where=INSURANCE,
        value=Distinct("resident"),
    ),
    flow(
        "insurance_approved",
        "医保资助获批",
        "人",
        "申请日期在期内、截至期末已获批准的医保资助参保申请人，去重。",
        ("获批", "批准"),
        model=Application,
        where=insurance_approved_by_end,
        value=Distinct("resident"),
    ),
    flow(
        "insurance_pending",
        "医保资助在办",
        "人",
        "申请日期在期内、截至期末尚无结果的医保资助参保申请人，去重。",
        ("在办", "办理中"),
        model=Application,
        where=insurance_pending_at_end,
        value=Distinct("resident"),
    ),
    flow(
        "assistance",
        "慰问残疾人",
        "人次",
        "日期在期内、计入残疾人工作的慰问、捐赠、救助记录条数。",
        ("慰问", "看望"),
        model=Assistance,
        where=OURS,
    ),
    flow(
        "assistance_amount",
        "慰问残疾人金额",
        "元",
        "日期在期内、计入残疾人工作的慰问、捐赠、救助金额之和；未填金额的不计。",
        ("慰问", "金额", "慰问金"),
        model=Assistance,
        where=OURS,
        value=Amount("amount"),
    ),
    flow(
        "assistance_without_amount",
        "慰问金额缺项",
        "条",
        "日期在期内、计入残疾人工作、没有填写金额的慰问、捐赠、救助记录条数。",
        model=Assistance,
        where=OURS & Q(amount__isnull=True),
    ),
    flow(
        "trainings",
        "残疾人培训",
        "次",
        "开始日期在期内、计入残疾人工作的培训次数。",
        ("培训",),
        model=Activity,
        where=OURS & Q(kind=ActivityKind.TRAINING),
    ),
    flow(
        "trainees",
        "参训残疾人",
        "人",
        "期内由本人参加残疾人工作培训的居民，一人多次只算一人。",
        ("参训", "参加培训", "培训"),
        model=Participation,
        where=TRAINING & Q(attendee=Attendee.SELF),
        value=Distinct("resident"),
    ),
    flow(
        "family_trainees",
        "参训残疾人家属",
        "人",
        "期内由家属参加残疾人工作培训的人次所对应的居民，去重。",
        ("家属", "家长"),
        model=Participation,
        where=TRAINING & Q(attendee=Attendee.FAMILY),
        value=Distinct("resident"),
    ),
    flow(
        "training_person_times",
        "残疾人培训人次",
        "人次",
        "日期在期内的残疾人工作培训参加记录条数，本人和家属都算。",
        ("培训",),
        model=Participation,
        where=TRAINING,
    ),
    flow(
        "activities",
        "助残宣传活动",
        "次",
        "开始日期在期内、计入残疾人工作的宣传活动次数。",
        ("宣传活动", "宣传"),
        model=Activity,
        where=OURS & Q(kind=ActivityKind.PUBLICITY),
    ),
    flow(
        "consultations",
        "助残咨询人次",
        "人次",
        "开始日期在期内、计入残疾人工作的活动所登记的现场咨询人次之和。",
        ("咨询",),
        model=Activity,
        where=OURS,
        value=Total("consultations"),
    ),
    flow(
        "handouts",
        "发放助残宣传资料",
        "份",
        "发放日期在期内、计入残疾人工作、以份计的宣传品数量之和。",
        ("发放", "宣传资料", "宣传单"),
        model=Handout,
        where=OURS & Q(measure="份"),
        value=Total("quantity"),
    ),
)

tiles.add(
    "disability.registered", "disability.holders", "disability.visits", "disability.visit_coverage"
)
