"""指标 of enforcement in the market town: actions, what they dealt with by kind and handling, re-checks.

Each kind is told in its own measure (户, 家, 块, 处, 辆); the sum over kinds only says how much there was.
"""

from django.db.models import Q

from portal.figures import Amount, Category, Total, When, register
from portal.figures.own import ByOwn
from sanitation.enums.enforcement import MEASURES, WITH_AREA, Handling, TargetKind
from sanitation.figures.base import average, own_flow, own_stock, ratio
from sanitation.models import EnforcementAction, EnforcementItem, EnforcementOperation

ORDERED = Q(handling=Handling.ORDERED)
ON_AN_ACTION = "行动日期在期内的整治出动"


def by_operation(path: str) -> dict:
    return {
        "operation": ByOwn("整治行动", path, model=EnforcementOperation, nobody="不属于整治行动")
    }


OF_ACTION = by_operation("operation")
HANDLING = {"handling": Category("处理", "handling", dict(Handling.choices))}
OF_ITEM = {
    "kind": Category("整治对象", "kind", dict(TargetKind.choices)),
    **HANDLING,
    **by_operation("action__operation"),
}
OF_KIND = HANDLING | by_operation("action__operation")


def rechecked_by_end(period) -> Q:
    return ORDERED & Q(rechecked_on__lte=period.end)


def actions(code, label, measure, definition, keywords=(), **options):
    options = {"model": EnforcementAction, "categories": OF_ACTION} | options
    return own_flow(code, label, measure, definition, keywords, **options)


def items(code, label, measure, definition, keywords=(), **options):
    options = {"model": EnforcementItem, "categories": OF_ITEM} | options
    return own_flow(code, label, measure, definition, keywords, **options)


register(
    own_stock(
        "enforcement_operations",
        "集镇整治专项行动",
        "个",
        "期内曾开展的集镇整治专项行动个数，期内开始的和以前开始、期内还没有结束的都算。",
        ("专项行动",),
        model=EnforcementOperation,
        starts="starts_on",
        ends="ends_on",
        when=When.DURING,
    ),
    actions(
        "enforcement_actions",
        "集镇整治出动次数",
        "次",
        f"{ON_AN_ACTION}次数。",
        ("集镇整治", "整治行动"),
    ),
    actions(
        "enforcement_people",
        "集镇整治出动人员",
        "人次",
        f"{ON_AN_ACTION}所登记的出动人员之和。",
        ("出动人员",),
        value=Total("people"),
    ),
    actions(
        "enforcement_vehicles",
        "集镇整治出动车辆",
        "辆次",
        f"{ON_AN_ACTION}所登记的出动车辆之和。",
        ("出动车辆",),
        value=Total("vehicles"),
    ),
    items(
        "enforcement_items",
        "整治事项数",
        "项",
        "行动日期在期内的整治事项条数。",
        ("整治事项",),
    ),
    items(
        "enforcement_quantity",
        "整治对象数量",
        "个",
        "行动日期在期内的整治事项所登记的数量之和；各类对象的计量（户、家、块、处、辆）不同，合计只表示总量。",
        value=Total("quantity"),
    ),
    items(
        "enforcement_area",
        "整治面积",
        "㎡",
        "行动日期在期内的整治事项所登记的面积之和；没有填面积的不计。",
        ("整治面积",),
        value=Amount("area"),
    ),
    items(
        "enforcement_measured",
        "填了面积的整治对象",
        "个",
        "行动日期在期内、填了面积的整治事项所登记的数量之和。",
        where=Q(area__isnull=False),
        value=Total("quantity"),
    ),
    average(
        "enforcement_average_area",
        "整治对象平均面积",
        "㎡",
        "整治面积 ÷ 填了面积的整治对象；没有填面积的两边都不算。",
        of="enforcement_area",
        among="enforcement_measured",
        categories=OF_ITEM,
    ),
    items(
        "enforcement_ordered",
        "责令整改事项",
        "项",
        "行动日期在期内、处理为责令整改的整治事项条数。",
        ("责令整改",),
        where=ORDERED,
    ),
    items(
        "enforcement_rechecked",
        "责令整改已复查",
        "项",
        "行动日期在期内、处理为责令整改、截至期末已复查的整治事项条数。",
        where=rechecked_by_end,
    ),
    ratio(
        "enforcement_recheck_rate",
        "整治复查率",
        "责令整改已复查 ÷ 责令整改事项。",
        ("复查率",),
        of="enforcement_rechecked",
        among="enforcement_ordered",
        categories=OF_ITEM,
    ),
)


def of_kind(kind: TargetKind):
    """How many of one kind, in its own measure."""
    name = "其他对象" if kind == TargetKind.OTHER else kind.label
    yield items(
        f"enforced_{kind.value}",
        f"整治{name}",
        MEASURES[kind],
        f"行动日期在期内、整治对象为{kind.label}的整治事项所登记的数量之和。",
        () if kind == TargetKind.OTHER else (name,),
        where=Q(kind=kind),
        value=Total("quantity"),
        categories=OF_KIND,
    )
    if kind not in WITH_AREA:
        return
    yield items(
        f"enforced_{kind.value}_area",
        f"整治{name}面积",
        "㎡",
        f"行动日期在期内、整治对象为{kind.label}的整治事项所登记的面积之和；没有填面积的不计。",
        (f"{name}面积",),
        where=Q(kind=kind),
        value=Amount("area"),
        categories=OF_KIND,
    )
    yield items(
        f"enforced_{kind.value}_measured",
        f"填了面积的{name}",
        MEASURES[kind],
        f"行动日期在期内、整治对象为{kind.label}、填了面积的整治事项所登记的数量之和。",
        where=Q(kind=kind, area__isnull=False),
        value=Total("quantity"),
        categories=OF_KIND,
    )
    yield average(
        f"enforced_{kind.value}_average",
        f"{name}平均面积",
        "㎡",
        f"整治{name}面积 ÷ 填了面积的{name}。",
        of=f"enforced_{kind.value}_area",
        among=f"enforced_{kind.value}_measured",
        categories=OF_KIND,
    )


register(*(figure for kind in TargetKind for figure in of_kind(kind)))
