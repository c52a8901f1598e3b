"""Figures: posters and how many homes have them on the wall, the waste fee, 三分一处."""

from django.db.models import Exists, OuterRef, Q

from portal.figures import Amount, Distinct, Total, register
from portal.figures.categories import GridCategory
from sanitation.figures.base import flow, ratio, stock
from sanitation.models import FeeCollection, MaterialDelivery, PasteCheck, SortingState

BY_GRID = {"grid": GridCategory(label="网格（小组）")}
SHEETS = Q(measure__in=["份", "张"])
HANDLED = ~Q(processor="")
WHOLE = Q(grid__isnull=True)


def checks(code, label, measure, definition, keywords=(), **options):
    options = {"model": PasteCheck, "categories": BY_GRID} | options
    return flow(code, label, measure, definition, keywords, **options)


def fees(code, label, measure, definition, keywords=(), **options):
    options = {"model": FeeCollection, "categories": BY_GRID} | options
    return flow(code, label, measure, definition, keywords, **options)


def states(code, label, measure, definition, keywords=(), **options):
    """A stock of what is in place on the period's last day."""
    return stock(
        code,
        label,
        measure,
        definition,
        keywords,
        model=SortingState,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        **options,
    )


def communities(code, label, words, where, keywords=()):
    definition = f"期末那一天{words}的社区（村），全社区或其中有小组落实的都算，去重。"
    return states(code, label, "个", definition, keywords, where=where, value=Distinct("community"))


def told_once(period) -> Q:
    """Households of a group lie within its community's own number, where there is one."""
    whole = SortingState.objects.in_force(period.end).filter(
        community=OuterRef("community"), grid__isnull=True, households__isnull=False
    )
    return WHOLE | ~Q(Exists(whole))


register(
    flow(
        "delivered",
        "宣传画报发送数量",
        "份",
        "发送日期在期内、以份或张计的宣传品数量之和。",
        ("发送宣传画报", "发送画报", "宣传画报", "画报"),
        model=MaterialDelivery,
        where=SHEETS,
        value=Total("quantity"),
    ),
    flow(
        "deliveries",
        "宣传画报发送次数",
        "次",
        "发送日期在期内的发送记录条数，一个社区（村）一次算一条。",
        model=MaterialDelivery,
    ),
    checks(
        "paste_checks",
        "画报粘贴抽查次数",
        "次",
        "抽查日期在期内的粘贴抽查记录条数。",
        ("粘贴抽查",),
    ),
    checks(
        "paste_sampled",
        "画报粘贴抽查户次",
        "户次",
        "抽查日期在期内的粘贴抽查所登记的抽查户数之和，一户抽查几次算几次。",
        ("抽查",),
        value=Total("sampled"),
    ),
    checks(
        "paste_pasted",
        "抽查已粘贴户次",
        "户次",
        "抽查日期在期内的粘贴抽查所登记的已粘贴户数之和。",
        ("已粘贴",),
        value=Total("pasted"),
    ),
    ratio(
        "paste_rate",
        "画报粘贴率",
        "抽查已粘贴户次 ÷ 画报粘贴抽查户次。",
        ("粘贴率",),
        of="paste_pasted",
        among="paste_sampled",
    ),
    fees(
        "fee_due",
        "垃圾费应缴户数",
        "户",
        "收费日期在期内的收缴记录所登记的应缴户数之和；全社区一条或各小组各一条，按年收的一户只计一次，"
        "按季、按月收的每次都计。",
        ("应缴",),
        value=Total("due"),
    ),
    fees(
        "fee_paid",
        "垃圾费已缴户数",
        "户",
        "收费日期在期内的收缴记录所登记的已缴户数之和，口径与应缴户数相同。",
        ("已缴",),
        value=Total("paid"),
    ),
    ratio(
        "fee_rate",
        "垃圾费收费率",
        "垃圾费已缴户数 ÷ 垃圾费应缴户数。",
        ("收费率",),
        of="fee_paid",
        among="fee_due",
    ),
    fees(
        "fee_amount",
        "垃圾费收费金额",
        "元",
        "收费日期在期内的收缴记录所登记的收费金额之和。",
        ("收取垃圾费", "垃圾费"),
        value=Amount("amount"),
    ),
    flow(
        "fee_communities",
        "收取垃圾费的社区",
        "个",
        "收费日期在期内有垃圾费收缴记录的社区（村），去重。",
        model=FeeCollection,
        value=Distinct("community"),
    ),
    communities(
        "sorting_reduces", "落实分户减量的社区", "已落实分户减量", Q(reduces=True), ("分户减量",)
    ),
    communities(
        "sorting_sorts", "落实分组分类的社区", "已落实分组分类", Q(sorts=True), ("分组分类",)
    ),
    communities(
        "sorting_collects", "落实分村收集的社区", "已落实分村收集", Q(collects=True), ("分村收集",)
    ),
    communities(
        "sorting_processed", "落实合作社处理的社区", "已有合作社处理", HANDLED, ("合作社处理",)
    ),
    states(
        "sorting_full",
        "三分一处全部落实的社区",
        "个",
        "期末那一天整个社区（村）的分户减量、分组分类、分村收集、合作社处理四项都已落实的，去重。",
        ("三分一处",),
        where=Q(reduces=True, sorts=True, collects=True) & HANDLED & WHOLE,
        value=Distinct("community"),
    ),
    states(
        "sorting_households",
        "参加三分一处的户数",
        "户",
        "期末那一天登记的参加户数之和；整个社区（村）填了户数的，不再加各小组的。",
        ("参加分类",),
        where=told_once,
        value=Total("households"),
    ),
)
