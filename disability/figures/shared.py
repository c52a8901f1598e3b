"""指标 of the share of disability work in shared facts (domain §7 S1), each with its 口径."""

from django.db.models import Q

from disability.figures.base import OURS, flow, ratio, registered_then
from portal.figures import Amount, Category, Distinct, Total, register
from residents.enums import (
    ActivityKind,
    ApplicationKind,
    ApplicationState,
    AssistanceKind,
    Attendee,
    VisitMode,
)
from residents.models import (
    Activity,
    Application,
    Assistance,
    Consultation,
    Handout,
    Participation,
    Visit,
)

INSURANCE = OURS & Q(kind=ApplicationKind.MEDICAL_INSURANCE)
TRAINING = Q(activity__kind=ActivityKind.TRAINING, activity__domains__contains=["disability"])


def with_file(period) -> Q:
    """Ours, about somebody registered at the period's end."""
    return OURS & registered_then(period)


def insurance_approved_by_end(period) -> Q:
    return INSURANCE & Q(state=ApplicationState.APPROVED, decided_on__lte=period.end)


def insurance_pending_at_end(period) -> Q:
    return INSURANCE & (Q(decided_on__isnull=True) | Q(decided_on__gt=period.end))


MODE = Category("方式", "mode", dict(VisitMode.choices))


register(
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
    ratio(
        "visit_coverage",
        "走访覆盖率",
        "走访在册残疾人数 ÷ 期末在册残疾人。",
        ("走访覆盖", "覆盖率"),
        of="visited_registered",
        among="registered",
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
        "help_given",
        "慰问和救助残疾人",
        "人次",
        "日期在期内、计入残疾人工作的慰问、救助记录条数；捐赠另计。",
        model=Assistance,
        where=OURS & ~Q(kind=AssistanceKind.DONATION),
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
    flow(
        "health_consultations",
        "残疾人健康咨询",
        "人次",
        "咨询日期在期内、计入残疾人工作的健康咨询记录条数。",
        ("健康咨询", "义诊"),
        model=Consultation,
        where=OURS,
    ),
)
