"""指标 of cleaners: in service, on leave, taught; and of the grids, who sweeps each and which nobody does."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce

from portal.figures import Category, Distinct, register
from portal.figures.categories import DerivedCategory
from portal.ledgers.shares import ours
from portal.models import Unit
from residents.ages import aged
from residents.enums import ActivityKind, Sex
from residents.models import Activity
from sanitation.enums.places import Employment, LeaveKind
from sanitation.figures.base import flow, own_flow, own_stock, ratio, stock
from sanitation.models import Cleaner, CleanerAttendance, CleanerLeave
from sanitation.selectors.cleaners import GRID, covered, in_service, unattended, uncovered

# (from this age, to this age, code, label): working ages, and those beyond them.
AGES = (
    (0, 44, "0-44", "44 岁及以下"),
    (45, 59, "45-59", "45—59 岁"),
    (60, 64, "60-64", "60—64 岁"),
    (65, None, "65+", "65 岁及以上"),
)
UNKNOWN = "unknown"
OLD = 65
STANDING = {
    "model": Cleaner,
    "starts": "starts_on",
    "ends": "ends_on",
    "ends_inclusive": True,
}


def _age(period) -> Case:
    groups = [
        When(aged(period.end, young, old, "born_on"), then=Value(code))
        for young, old, code, _ in AGES
    ]
    return Case(*groups, default=Value(UNKNOWN), output_field=CharField())


def _sex(period):
    return Cast(Coalesce(F("sex"), Value(Sex.UNKNOWN)), CharField())


PEOPLE = {
    "sex": DerivedCategory(
        "性别", "_sex", {str(value): label for value, label in Sex.choices}, expression=_sex
    ),
    "age": DerivedCategory(
        "年龄段",
        "_age_group",
        {code: label for _, _, code, label in AGES} | {UNKNOWN: "出生日期不详"},
        expression=_age,
    ),
    "employment": Category("用工方式", "employment", dict(Employment.choices)),
}


def _trained(period) -> Q:
    taught = CleanerAttendance.objects.kept().filter(
        cleaner=OuterRef("pk"), occurred_on__range=(period.start, period.end)
    )
    return Q(Exists(taught))


def _grids(code, label, definition, where, keywords=()):
    """Of the tree of units, as a grid without a cleaner has no record; by the community it is part of."""
    dated = {"starts": "valid_from", "ends": "valid_to", "ends_inclusive": True}
    return own_stock(
        code, label, "个", definition, keywords, model=Unit, unit="parent", where=where, **dated
    )


register(
    stock(
        "cleaners",
        "在岗保洁员",
        "人",
        "期末那一天已上岗、没有离岗的保洁员人数；离岗当天仍计入，请假的也计入。",
        keywords=("保洁员", "保洁人员", "保洁队伍"),
        value=Distinct("pk"),
        categories=PEOPLE,
        **STANDING,
    ),
    stock(
        "cleaners_old",
        f"{OLD}周岁及以上保洁员",
        "人",
        f"期末在岗的保洁员中，期末那一天已满 {OLD} 周岁的人数；没有出生日期的不计。",
        where=lambda period: aged(period.end, OLD, path="born_on"),
        **STANDING,
    ),
    flow(
        "cleaners_new",
        "新上岗保洁员",
        "人",
        "上岗日期在期内的保洁员人数。",
        model=Cleaner,
        date="starts_on",
        categories={"employment": PEOPLE["employment"]},
    ),
    flow(
        "cleaners_left",
        "离岗保洁员",
        "人",
        "离岗日期在期内的保洁员人数。",
        model=Cleaner,
        date="ends_on",
        categories={"employment": PEOPLE["employment"]},
    ),
    stock(
        "cleaners_on_leave",
        "请假保洁员",
        "人",
        "期末那一天在岗而登记了请假的保洁员人数，有人顶岗的也计入。",
        keywords=("请假",),
        model=CleanerLeave,
        value=Distinct("cleaner"),
        where=lambda period: in_service(period.end, "cleaner__"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories={"kind": Category("类别", "kind", dict(LeaveKind.choices))},
    ),
    flow(
        "cleaner_leaves",
        "保洁员请假人次",
        "人次",
        "请假开始的日期在期内的请假记录数。",
        model=CleanerLeave,
        date="starts_on",
        categories={"kind": Category("类别", "kind", dict(LeaveKind.choices))},
    ),
    _grids(
        "grids",
        "保洁网格",
        "期末那一天已启用、没有停用的网格（小组）数，按所属社区（村）计。",
        GRID,
        keywords=("责任网格",),
    ),
    _grids(
        "grids_covered",
        "有保洁员的网格",
        "期末那一天的网格中，当天有在岗保洁员负责的网格数；几位保洁员负责同一网格的算一个，请假的也算有。",
        lambda period: covered(period.end),
    ),
    _grids(
        "grids_uncovered",
        "没有保洁员的网格",
        "期末那一天的网格中，当天没有在岗保洁员负责的网格数。",
        lambda period: uncovered(period.end),
        keywords=("空白网格",),
    ),
    _grids(
        "grids_unattended",
        "当天无人保洁的网格",
        "期末那一天有保洁员负责、但负责的保洁员当天都请假而没有人顶岗的网格数。",
        lambda period: unattended(period.end),
    ),
    ratio(
        "grid_coverage",
        "保洁网格覆盖率",
        "有保洁员的网格数除以全部网格数。",
        keywords=("网格覆盖率",),
        of="grids_covered",
        among="grids",
    ),
    own_flow(
        "cleaner_trainings",
        "保洁员培训",
        "次",
        "活动日期在期内、计入环境卫生、类型为培训的活动次数。",
        keywords=("培训保洁员",),
        model=Activity,
        where=ours("sanitation") & Q(kind=ActivityKind.TRAINING),
    ),
    flow(
        "cleaner_training_times",
        "保洁员参训人次",
        "人次",
        "培训日期在期内的保洁员参训记录数，一人参加两次算两个。",
        keywords=("参训人次",),
        model=CleanerAttendance,
    ),
    stock(
        "cleaners_trained",
        "受训保洁员",
        "人",
        "期末在岗的保洁员中，期内至少参加过一次培训的人数，一人只算一次。",
        where=_trained,
        categories=PEOPLE,
        **STANDING,
    ),
    ratio(
        "cleaners_trained_rate",
        "保洁员受训率",
        "受训保洁员人数除以期末在岗保洁员人数。",
        of="cleaners_trained",
        among="cleaners",
        categories=PEOPLE,
    ),
)
