"""指标 of the needs survey (domain §1.5.5), each with its 口径."""

from django.db.models import Q

from disability.enums.needs import RAISED, NeedClass, NeedState
from disability.figures.base import flow, ratio, registered_then
from disability.models import Need, NeedsSurvey
from portal.figures import Category, Distinct, register
from residents.enums import VisitMode

FOUND = ~Q(needs__contains=[NeedClass.NONE.value])
NEEDS = {
    "needs": Category("康复需求", "needs", dict(NeedClass.choices), array=True),
    "mode": Category("方式", "mode", dict(VisitMode.choices)),
}
KIND = {"kind": Category("需求类别", "kind", dict(RAISED))}
STATE = {**KIND, "state": Category("状态", "state", dict(NeedState.choices))}


def met_by_end(period) -> Q:
    return Q(state=NeedState.MET, met_on__lte=period.end)


def unmet_at_end(period) -> Q:
    later = Q(met_on__isnull=True) | Q(met_on__gt=period.end)
    return later & ~Q(state=NeedState.DROPPED)


register(
    flow(
        "needs_surveyed",
        "康复需求调查",
        "人",
        "调查日期在期内、做过康复需求调查的居民，一人多次只算一人。",
        ("需求调查", "调查"),
        model=NeedsSurvey,
        value=Distinct("resident"),
        categories=NEEDS,
    ),
    flow(
        "needs_surveyed_registered",
        "调查在册残疾人",
        "人",
        "期内做过康复需求调查、期末在本单位仍建档在册的残疾人，一人多次只算一人。",
        model=NeedsSurvey,
        where=registered_then,
        value=Distinct("resident"),
    ),
    ratio(
        "survey_coverage",
        "需求调查覆盖率",
        "调查在册残疾人 ÷ 期末在册残疾人。",
        ("调查覆盖率", "调查率"),
        of="needs_surveyed_registered",
        among="registered",
    ),
    flow(
        "needs_found",
        "有康复需求",
        "人",
        "期内调查中至少选了一类康复需求的居民，一人多次只算一人。",
        ("有康复需求", "有需求"),
        model=NeedsSurvey,
        where=FOUND,
        value=Distinct("resident"),
        categories=NEEDS,
    ),
    flow(
        "needs_none",
        "明确无需求",
        "人",
        "期内调查中选“无需求”的居民，一人多次只算一人。",
        ("无需求",),
        model=NeedsSurvey,
        where=~FOUND,
        value=Distinct("resident"),
    ),
    flow(
        "needs_found_registered",
        "有康复需求的在册残疾人",
        "人",
        "期内调查中至少选了一类康复需求、期末在本单位仍建档在册的残疾人，一人多次只算一人。",
        model=NeedsSurvey,
        where=lambda period: FOUND & registered_then(period),
        value=Distinct("resident"),
    ),
    ratio(
        "needs_rate",
        "康复需求筛出率",
        "有康复需求的在册残疾人 ÷ 期末在册残疾人。",
        ("筛出率",),
        of="needs_found_registered",
        among="registered",
    ),
    flow(
        "needs_raised",
        "提出康复需求",
        "项",
        "提出日期在期内的康复需求项数，一人一类一次算一项。",
        ("提出需求", "康复需求"),
        model=Need,
        categories=STATE,
    ),
    flow(
        "needs_met",
        "满足康复需求",
        "项",
        "提出日期在期内、截至期末已满足的康复需求项数。",
        ("满足",),
        model=Need,
        where=met_by_end,
        categories=KIND,
    ),
    flow(
        "needs_unmet",
        "尚未满足的需求",
        "项",
        "提出日期在期内、截至期末还没有满足的康复需求项数；不再需要的不算。",
        ("未满足",),
        model=Need,
        where=unmet_at_end,
        categories=KIND,
    ),
    ratio(
        "needs_met_rate",
        "康复需求满足率",
        "满足康复需求 ÷ 提出康复需求，都按提出日期。",
        ("满足率",),
        of="needs_met",
        among="needs_raised",
    ),
    *(
        flow(
            f"needs_of_{value}",
            f"需要{'其他服务' if value == NeedClass.OTHER else label}",
            "人",
            f"期内提出过“{label}”需求的居民，一人多次只算一人。",
            model=Need,
            where=Q(kind=value),
            value=Distinct("resident"),
        )
        for value, label in RAISED
    ),
)
