"""指标 of subsidies: who draws them, what they come to a month, and what was paid."""

from dataclasses import dataclass, field

from django.db.models import Max, Q

from disability.enums.subsidies import PaymentState
from disability.figures.base import flow, ratio, stock
from disability.models import Payment, Subsidy, SubsidyKind
from disability.models.subsidies import CARE, LIVING, NURSING, standard_on
from portal.figures import Amount, AmountOn, Category, Count, Distinct, register
from portal.figures.values import Rows


@dataclass(frozen=True)
class SubsidyKinds(Category):
    """By kind of subsidy; offices add kinds, so the choices are read when they are asked for."""

    label: str = "补贴种类"
    path: str = "kind__code"
    choices: dict = field(default_factory=dict)

    def labels(self, units):
        return dict(SubsidyKind.objects.values_list("code", "name"))


@dataclass(frozen=True)
class HighestOn(AmountOn):
    """The highest of the amounts, where mostly all are the same."""

    rows = Rows.HIGHEST

    def aggregate(self, period, among=None):
        return Max(self.of_row(period), filter=among)


DRAWN = {"subsidy": SubsidyKinds()}
PAYMENTS = {"subsidy": SubsidyKinds(path="subsidy__kind__code")}
MONTHLY = AmountOn("standard", expression=lambda period: standard_on(period.end))
STANDARD = HighestOn("standard", expression=lambda period: standard_on(period.end))
PAID = Q(state=PaymentState.PAID)
OF_CARE = Q(kind__code=CARE)
PAID_CARE = PAID & Q(subsidy__kind__code=CARE)


def drawn(code, label, measure, definition, keywords=(), **options):
    """A stock of the subsidies that are drawn on the period's last day."""
    return stock(
        code,
        label,
        measure,
        definition,
        keywords,
        model=Subsidy,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        **options,
    )


def paid(code, label, measure, definition, keywords=(), **options):
    """A flow of payments by the day on which they were paid."""
    options.setdefault("where", PAID)
    return flow(
        code, label, measure, definition, keywords, model=Payment, date="paid_on", **options
    )


def reviewed_within(period) -> Q:
    return Q(reviewed_on__range=(period.start, period.end))


register(
    drawn(
        "subsidy_persons",
        "享受残疾人补贴",
        "人",
        "期末那一天在享受补贴的残疾人，享受几种的只算一人；计发末月当月仍计。",
        ("享受补贴", "补贴"),
        value=Distinct("resident"),
        categories=DRAWN,
    ),
    drawn(
        "living_allowance_persons",
        "享受困难残疾人生活补贴",
        "人",
        "期末那一天在享受困难残疾人生活补贴的人，去重。",
        ("生活补贴",),
        where=Q(kind__code=LIVING),
        value=Distinct("resident"),
    ),
    drawn(
        "nursing_allowance_persons",
        "享受重度残疾人护理补贴",
        "人",
        "期末那一天在享受重度残疾人护理补贴的人，去重。",
        ("护理补贴",),
        where=Q(kind__code=NURSING),
        value=Distinct("resident"),
    ),
    drawn(
        "subsidy_monthly",
        "残疾人补贴月标准合计",
        "元",
        "期末那一天在享受的每笔补贴，按当日执行的每月标准相加；没有登记标准的不计。",
        ("每月合计", "月标准"),
        value=MONTHLY,
        categories=DRAWN,
    ),
    paid(
        "subsidy_paid",
        "发放残疾人补贴",
        "元",
        "发放日期在期内、状态为已发的补贴实发金额之和；银行退回未重发的不计，补发的按发放日期计。",
        ("发放补贴", "补贴", "发放"),
        value=Amount("amount"),
        categories=PAYMENTS,
    ),
    paid(
        "subsidy_paid_persons",
        "实际领到残疾人补贴",
        "人",
        "发放日期在期内、状态为已发的补贴所涉及的人，去重。",
        value=Distinct("resident"),
        categories=PAYMENTS,
    ),
    flow(
        "subsidy_returned",
        "残疾人补贴银行退回",
        "笔",
        "退回日期在期内、至今未重新发放的补贴笔数。",
        model=Payment,
        date="returned_on",
        where=Q(state=PaymentState.RETURNED),
        value=Count(),
    ),
    drawn(
        "care_subsidy_persons",
        "享受养护补贴",
        "人",
        "期末那一天在享受养护补贴的人，去重。",
        ("养护补贴", "养护"),
        where=OF_CARE,
        value=Distinct("resident"),
    ),
    drawn(
        "care_subsidy_monthly",
        "养护补贴月标准合计",
        "元",
        "期末那一天在享受的每笔养护补贴，按当日执行的每月标准相加。",
        ("养护补贴", "每月"),
        where=OF_CARE,
        value=MONTHLY,
    ),
    drawn(
        "care_subsidy_standard",
        "养护补贴每人每月标准",
        "元",
        "期末那一天在享受养护补贴的人所执行的每月标准；有几种标准的取最高一种。",
        where=OF_CARE,
        value=STANDARD,
    ),
    paid(
        "care_subsidy_paid",
        "发放养护补贴",
        "元",
        "发放日期在期内、状态为已发的养护补贴实发金额之和；银行退回未重发的不计。",
        ("养护补贴", "发放"),
        where=PAID_CARE,
        value=Amount("amount"),
    ),
    paid(
        "care_subsidy_paid_persons",
        "实际领到养护补贴",
        "人",
        "发放日期在期内、状态为已发的养护补贴所涉及的人，去重。",
        where=PAID_CARE,
        value=Distinct("resident"),
    ),
    paid(
        "care_subsidy_payments",
        "养护补贴发放人月",
        "人月",
        "发放日期在期内、状态为已发的养护补贴条数，一人一月一条。",
        where=PAID_CARE,
        value=Count(),
    ),
    drawn(
        "subsidy_reviewed",
        "已复核补贴对象",
        "人",
        "期末在享受补贴、最近复核日期在期内的人，去重。",
        where=reviewed_within,
        value=Distinct("resident"),
    ),
    ratio(
        "subsidy_review_rate",
        "补贴复核率",
        "已复核补贴对象 ÷ 享受残疾人补贴。",
        ("复核率",),
        of="subsidy_reviewed",
        among="subsidy_persons",
    ),
)
