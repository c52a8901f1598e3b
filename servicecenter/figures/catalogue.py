"""Figures of the catalogue: items in force and published, what is promised below the law, what was handed out."""

from django.db.models import Case, CharField, F, Q, Value, When

from portal.figures import Category, Total, register
from portal.figures.categories import DerivedCategory
from portal.figures.values import Difference
from portal.ledgers.shares import ours
from residents.models import Handout
from servicecenter.enums.catalogue import CaseKind, Department, ItemLevel, PrintKind
from servicecenter.figures.base import flow, ratio, stock
from servicecenter.models import ItemVersion

SHEETS = Q(material__startswith=PrintKind.GUIDE.label)
CARDS = Q(material__startswith=PrintKind.CARD.label)
COUNTED = ours("servicecenter") & Q(measure__in=["份", "张"])


def kind_of_print(period):
    """By the name of what was handed out; services write these names themselves."""
    return Case(
        When(SHEETS, then=Value(PrintKind.GUIDE.value)),
        When(CARDS, then=Value(PrintKind.CARD.value)),
        default=Value(PrintKind.OTHER.value),
        output_field=CharField(),
    )


BY = {
    "department": Category("业务类别", "item__department", dict(Department.choices)),
    "kind": Category("办件类型", "kind", dict(CaseKind.choices)),
    "level": Category("办理层级", "level", dict(ItemLevel.choices)),
}
BY_PRINT = {
    "print": DerivedCategory(
        "资料种类", "print_kind", dict(PrintKind.choices), expression=kind_of_print
    )
}


def of_open_item(period) -> Q:
    return Q(item__deleted_at__isnull=True) & (
        Q(item__closed_on__isnull=True) | Q(item__closed_on__gte=period.end)
    )


def published_by_end(period) -> Q:
    return of_open_item(period) & Q(published_on__lte=period.end)


def with_legal_limit(period) -> Q:
    return of_open_item(period) & Q(legal_days__isnull=False)


def faster_than_law(period) -> Q:
    return of_open_item(period) & Q(legal_days__gt=F("promised_days"))


def version_stock(code, label, measure, definition, where, keywords=(), **options):
    options = {"categories": BY} | options
    return stock(
        code,
        label,
        measure,
        definition,
        keywords,
        model=ItemVersion,
        where=where,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        **options,
    )


register(
    version_stock(
        "items",
        "代办事项",
        "项",
        "期末那一天有施行中版本、没有停办的办事事项个数，按登记单位计。",
        of_open_item,
        ("代办事项", "服务事项", "办事事项"),
    ),
    version_stock(
        "items_published",
        "已公开事项",
        "项",
        "期末那一天有施行中版本、没有停办且公开日期不晚于期末的办事事项个数。",
        published_by_end,
        ("公开事项", "办事指南"),
    ),
    ratio(
        "items_published_rate",
        "事项公开率",
        "期末已公开事项除以代办事项。",
        ("公开率",),
        of="items_published",
        among="items",
    ),
    version_stock(
        "items_with_limit",
        "有法定时限事项",
        "项",
        "期末那一天施行中版本填有法定时限、没有停办的办事事项个数。",
        with_legal_limit,
    ),
    version_stock(
        "items_faster",
        "提速事项",
        "项",
        "期末那一天施行中版本的承诺时限短于法定时限、没有停办的办事事项个数。",
        faster_than_law,
        ("提速",),
    ),
    version_stock(
        "legal_days",
        "法定时限合计",
        "个工作日",
        "期末那一天有法定时限事项的法定时限之和。",
        with_legal_limit,
        value=Total("legal_days"),
    ),
    version_stock(
        "saved_days",
        "压缩时限合计",
        "个工作日",
        "期末那一天有法定时限事项的法定时限减去承诺时限之和。",
        with_legal_limit,
        value=Difference("legal_days", less="promised_days"),
    ),
    ratio(
        "speed_up_rate",
        "办理提速率",
        "期末压缩时限合计除以法定时限合计，没有法定时限的事项不计。",
        ("提速率",),
        of="saved_days",
        among="legal_days",
    ),
    flow(
        "handouts",
        "发放便民资料",
        "份",
        "发放日期在期内、计入为民服务、以份或张计的宣传品数量之和。",
        ("便民资料", "发放"),
        model=Handout,
        where=COUNTED,
        value=Total("quantity"),
        categories=BY_PRINT,
    ),
    flow(
        "guides_handed",
        "发放办事告知单",
        "份",
        "发放日期在期内、计入为民服务、名称以“办事告知单”开头、以份或张计的宣传品数量之和。",
        ("告知单",),
        model=Handout,
        where=COUNTED & SHEETS,
        value=Total("quantity"),
    ),
    flow(
        "cards_handed",
        "发放为民服务卡",
        "张",
        "发放日期在期内、计入为民服务、名称以“为民服务卡”开头、以份或张计的宣传品数量之和。",
        ("服务卡",),
        model=Handout,
        where=COUNTED & CARDS,
        value=Total("quantity"),
    ),
    flow(
        "others_handed",
        "发放其他便民资料",
        "份",
        "发放日期在期内、计入为民服务、以份或张计、告知单和服务卡以外的宣传品数量之和。",
        ("其他便民资料",),
        model=Handout,
        where=COUNTED & ~SHEETS & ~CARDS,
        value=Total("quantity"),
    ),
)
